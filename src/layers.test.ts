import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ENGINE = resolve(import.meta.dirname, 'engine');
const UI = resolve(import.meta.dirname, 'ui');

/** Who may import whom, besides its own folder. The only place that says it. */
const ABOVE_STATEMENTS: { readonly [folder: string]: readonly string[] } = {
  base: [],
  types: ['base'],
  stores: ['base'],
  schedule: ['base'],
  sql: ['base', 'types'],
  kernels: ['base', 'types'],
  formats: ['base', 'types', 'stores'],
  duck: ['base', 'types', 'kernels'],
  functions: ['base', 'types', 'kernels'],
  table: ['base', 'types', 'stores', 'formats'],
  warehouse: ['base', 'types', 'stores', 'formats', 'table'],
  stages: ['base', 'types', 'stores', 'formats', 'warehouse'],
  scan: ['base', 'types', 'stores', 'formats', 'duck', 'table', 'stages'],
  system: ['base', 'types', 'schedule', 'functions', 'stores', 'formats', 'warehouse', 'table', 'stages'],
  bind: ['base', 'types', 'sql', 'functions', 'warehouse', 'stages', 'system'],
  lower: ['base', 'types', 'functions', 'bind'],
  execute: ['base', 'types', 'functions', 'kernels', 'formats', 'duck', 'scan', 'stages', 'bind', 'lower'],
};
const EVERYTHING_ABOVE = Object.keys(ABOVE_STATEMENTS);
const ENGINE_LAYERS: { readonly [folder: string]: readonly string[] } = {
  ...ABOVE_STATEMENTS,
  statements: EVERYTHING_ABOVE,
  complete: [...EVERYTHING_ABOVE, 'statements'],
  session: [...EVERYTHING_ABOVE, 'statements'],
  tasks: ['base', 'types', 'schedule', 'warehouse', 'statements', 'session'],
  remote: ['base', 'types', 'schedule', 'session'],
  rpc: [...EVERYTHING_ABOVE, 'statements', 'complete', 'session', 'tasks', 'remote'],
  cli: [...EVERYTHING_ABOVE, 'statements', 'session', 'tasks', 'remote', 'rpc'],
};

const UI_LAYERS: readonly string[] = ['lib', 'components', 'data', 'features', 'app'];

interface Import {
  readonly file: string;
  readonly target: string;
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** Imports between files of ours; every form that names a module. */
function importsUnder(folder: string): Import[] {
  return filesUnder(folder).flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const specifiers = [...text.matchAll(/(?:\bfrom|\bimport|\bimport\(|new URL\()\s*'(\.[^']+)'/g)].map(
      (match) => match[1] ?? '',
    );
    return specifiers.map((specifier) => ({ file, target: resolve(dirname(file), specifier.replace(/\?.*$/, '')) }));
  });
}

const layerOf = (root: string, path: string) => relative(root, path).split('/')[0] ?? '';

test('engine folders import only the folders above them', () => {
  const wrong = importsUnder(ENGINE).flatMap(({ file, target }) => {
    const from = layerOf(ENGINE, file);
    const to = layerOf(ENGINE, target);
    if (from === 'test' || from === to) return [];
    const allowed =
      from === 'index.ts'
        ? ['base', 'types', 'complete', 'rpc']
        : from === 'cli.ts'
          ? Object.keys(ENGINE_LAYERS)
          : ENGINE_LAYERS[from];
    return allowed?.includes(to) ? [] : [`${relative(ENGINE, file)} imports ${relative(ENGINE, target)}`];
  });
  expect(wrong).toEqual([]);
});

test('every engine folder stands in the table', () => {
  const folders = readdirSync(ENGINE, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const unknown = folders.map(({ name }) => name).filter((name) => name !== 'test' && !(name in ENGINE_LAYERS));
  expect(unknown).toEqual([]);
});

test('only the shell imports the directory store', () => {
  const wrong = importsUnder(ENGINE).filter(
    ({ file, target }) =>
      target.endsWith('stores/directory.ts') && !/\/cli(\/|\.ts$)/.test(file) && !file.includes('/test/'),
  );
  expect(wrong).toEqual([]);
});

test('the console reaches the engine through its one door, and its folders import only those below', () => {
  const wrong = importsUnder(UI).flatMap(({ file, target }) => {
    const from = layerOf(UI, file);
    if (!target.startsWith(UI)) {
      const isDoor = target === join(ENGINE, 'index.ts');
      return isDoor ? [] : [`${relative(UI, file)} imports ${relative(ENGINE, target)}`];
    }
    const to = layerOf(UI, target);
    if (from === 'main.tsx' || from === to) return [];
    return UI_LAYERS.indexOf(to) <= UI_LAYERS.indexOf(from) && UI_LAYERS.includes(to)
      ? []
      : [`${relative(UI, file)} imports ${relative(UI, target)}`];
  });
  expect(wrong).toEqual([]);
});

test('features never import each other', () => {
  const feature = (path: string) => relative(join(UI, 'features'), path).split('/')[0];
  const wrong = importsUnder(UI).filter(
    ({ file, target }) =>
      layerOf(UI, file) === 'features' && layerOf(UI, target) === 'features' && feature(file) !== feature(target),
  );
  expect(wrong).toEqual([]);
});

/** Which files and folders of a folder are plug-ins; the rest is what they share. */
const PLUG_INS: { readonly [folder: string]: (name: string) => boolean } = {
  stores: (name) => !['store.ts', 'contract.ts', 'common', 'index.ts'].includes(name),
  statements: (name) => name.startsWith('run-') || name === 'copy',
};

test('plug-ins never import a sibling plug-in', () => {
  const wrong = Object.entries(PLUG_INS).flatMap(([folder, isPlugIn]) =>
    importsUnder(join(ENGINE, folder)).filter(({ file, target }) => {
      const [own, within] = [file, target].map((path) => layerOf(join(ENGINE, folder), path));
      if (own === undefined || within === undefined || within === '..') return false;
      return own !== within && isPlugIn(own) && isPlugIn(within);
    }),
  );
  expect(wrong.map(({ file, target }) => `${relative(ENGINE, file)} imports ${relative(ENGINE, target)}`)).toEqual([]);
});
