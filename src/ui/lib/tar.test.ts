import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTar, type TarEntry, tarParts } from './tar.ts';

const NOON = new Date('2026-01-02T12:00:00Z');

const archiveOf = (files: readonly (readonly [path: string, text: string])[]) =>
  new Blob([
    ...tarParts(
      files.map(([path, text]) => ({ path, content: new Blob([text]) })),
      NOON,
    ),
  ]);

async function read(archive: Blob): Promise<readonly (readonly [path: string, text: string])[]> {
  const found: TarEntry[] = [];
  for await (const entry of readTar(archive)) found.push(entry);
  return Promise.all(found.map(async ({ path, content }) => [path, await content.text()] as const));
}

const path = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 150 }).filter((text) => !text.includes('\0'));

test('what was put into an archive is read from it, whatever the names', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(path, fc.string({ maxLength: 1500 }))), async (files) => {
      expect(await read(archiveOf(files))).toEqual(files);
    }),
    { numRuns: 50 },
  );
});

test('tar itself opens the archive', () => {
  const folder = mkdtempSync(join(tmpdir(), 'boathouse-tar-'));
  const long = `${'deep/'.repeat(40)}长名.csv`;
  return archiveOf([
    ['a.txt', 'one'],
    [long, 'two'],
    ['empty', ''],
  ])
    .bytes()
    .then((bytes) => {
      writeFileSync(join(folder, 'x.tar'), bytes);
      execFileSync('tar', ['-xf', 'x.tar'], { cwd: folder });
      expect(['a.txt', long, 'empty'].map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([
        'one',
        'two',
        '',
      ]);
    })
    .finally(() => rmSync(folder, { recursive: true }));
});

test('an archive that has lost its end says so wherever it was cut', async () => {
  const whole = archiveOf([['a', 'x'.repeat(700)]]);
  for (const size of [600, 1024, 1600, 2100, 2500, whole.size - 1024 - 1]) {
    await expect(read(whole.slice(0, size))).rejects.toMatchObject({ kind: 'CutShort' });
  }
});

test('what is no archive is told from one', async () => {
  await expect(read(new Blob(['{"format": 1}']))).rejects.toMatchObject({ kind: 'NoArchive' });
  await expect(read(new Blob(['x'.repeat(5000)]))).rejects.toMatchObject({ kind: 'NoArchive' });
});

/** A header whose checksum is right, as it stands before a file that says it has a size. */
function headed(size: string, kind = '0'): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(512);
  const put = (text: string, at: number) => block.set(new TextEncoder().encode(text), at);
  put('a', 0);
  put(size, 124);
  put(' '.repeat(8), 148);
  put(kind, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(sum.toString(8).padStart(6, '0'), 148);
  return block;
}

const END = new Uint8Array(1024);

test.each(['', 'none', '-1000'])('an archive with a file of size %o is none', async (size) => {
  await expect(read(new Blob([headed('0'), END]))).resolves.toEqual([['a', '']]);
  await expect(read(new Blob([headed(size), END]))).rejects.toMatchObject({ kind: 'NoArchive' });
});

test.each(['-1024', '0.5', '1e999', 'x'])('an archive whose records say a size of %s is none', async (size) => {
  const withRecord = (value: string) => {
    const record = ` size=${value}\n`;
    const text = `${String(record.length + 2).padStart(2, '0')}${record}`;
    return new Blob([headed(text.length.toString(8), 'x'), text.padEnd(512, '\0'), headed('0'), END]);
  };
  await expect(read(withRecord('0000'))).resolves.toEqual([['a', '']]);
  await expect(read(withRecord(size))).rejects.toMatchObject({ kind: 'NoArchive' });
});
