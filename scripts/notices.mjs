import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes THIRD-PARTY-NOTICES.md: the licences of every package that the console or the shell ships. `--check` compares. */

const TARGET = 'THIRD-PARTY-NOTICES.md';
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));

const shipped = Object.entries(packages)
  .filter(
    ([path, { dev, optional, devOptional }]) => path.startsWith('node_modules/') && !dev && !optional && !devOptional,
  )
  .map(([path, { version }]) => ({ path, version, name: path.slice(path.lastIndexOf('node_modules/') + 13) }))
  .filter(({ path, name }) => existsSync(join(path, 'package.json')) && !name.startsWith('@types/'))
  .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1));

function section({ path, name, version }) {
  const { license, homepage } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const texts = readdirSync(path, { withFileTypes: true })
    .filter(({ name: file }) => /^(licen[cs]e|notice|copying)/i.test(file))
    .flatMap((file) =>
      file.isDirectory() ? readdirSync(join(path, file.name)).map((one) => join(file.name, one)) : file.name,
    )
    .sort()
    .map((file) => readFileSync(join(path, file), 'utf8').trim().replaceAll('\r\n', '\n'));
  const body = texts.map((text) => `\`\`\`text\n${text}\n\`\`\``).join('\n\n');
  return `## ${name} ${version}\n\nLicence: ${license ?? 'see below'}${homepage ? ` · ${homepage}` : ''}\n\n${body}\n`;
}

const head = `# Third-party notices\n\nBoathouse ships these packages. This file is made by \`npm run notices\`.\n`;
const text = `${head}\n${shipped.map(section).join('\n')}`;

if (process.argv.includes('--check')) {
  if (!existsSync(TARGET) || readFileSync(TARGET, 'utf8') !== text) {
    console.error(`${TARGET} is not up to date: run npm run notices.`);
    process.exitCode = 1;
  }
} else writeFileSync(TARGET, text);
