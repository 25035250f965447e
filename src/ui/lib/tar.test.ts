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
