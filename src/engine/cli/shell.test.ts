import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';

/** As `npm run prepare` bundles it. */
const SHELL = resolve(import.meta.dirname, '../../../dist/shell/cli.mjs');
const folder = mkdtempSync(join(tmpdir(), 'boathouse-shell-'));
const warehouse = join(folder, 'warehouse');

afterAll(() => rmSync(folder, { recursive: true }));

async function run(args: readonly string[], input = ''): Promise<{ readonly code: number; readonly out: string }> {
  const child = spawn(process.execPath, [SHELL, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(input);
  const ended = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)));
  const [out, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out: out + errors };
}

async function answers(...lines: readonly string[]): Promise<readonly unknown[]> {
  const input = lines.map((line) => `${line}\n`).join('');
  const { out } = await run(['--json', '--data', warehouse], input);
  return out
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

const ask = (sql: string) => JSON.stringify({ sql });
const done = { done: true };
const ok = { ok: true, columns: [], rows: [], affected: 0 };

const XZ = '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAENSx4egoAAAAA1Qyz6FIXFb4AAR0FuC2Arx+2830BAAAAAARZWg==';
const BZIP2 = 'QlpoOTFBWSZTWU1ReGEAAAFZgAAQAAQEABAAABAgACGGgZoMU3F3JFOFCQTVF4YQ';
const ZSTD = 'KLUv/QRYOQAAMyx6c3RkCiMPgXI=';

describe.skipIf(!existsSync(SHELL))('the bundled shell (wants npm run prepare)', () => {
  test('a line in is a line out for each statement, and one that says that it is done', async () => {
    const script =
      "CREATE TABLE t (a INT, b BOOLEAN, c VARCHAR); INSERT INTO t VALUES (1, true, 'x'), (NULL, NULL, '')";
    expect(
      await answers(
        ask(script),
        ask('SELECT * FROM t'),
        ask('SELECT 1; SELECT nope; SELECT 2'),
        'SELECT 1',
        '{"sql":1}',
      ),
    ).toEqual([
      ok,
      {
        ok: true,
        columns: [{ name: 'number of rows inserted', type: 'BIGINT UNSIGNED' }],
        rows: [['2']],
        affected: 2,
      },
      done,
      {
        ok: true,
        columns: [
          { name: 'a', type: 'INT' },
          { name: 'b', type: 'BOOLEAN' },
          { name: 'c', type: 'VARCHAR' },
        ],
        rows: [
          ['1', true, 'x'],
          [null, null, ''],
        ],
        affected: 0,
      },
      done,
      { ok: true, columns: [{ name: '1', type: 'TINYINT UNSIGNED' }], rows: [['1']], affected: 0 },
      {
        ok: false,
        error: {
          code: 1065,
          name: 'SemanticError',
          message: "column nope doesn't exist",
          span: { start: 17, end: 21 },
        },
      },
      done,
      {
        ok: false,
        error: { code: 1006, name: 'BadArguments', message: expect.stringMatching(/^a line must be JSON/) },
      },
      done,
      {
        ok: false,
        error: { code: 1006, name: 'BadArguments', message: 'a line must be a JSON object with a text `sql`' },
      },
      done,
    ]);
  });

  test('what stands in the folder is there the next time, and files of each compression are read', async () => {
    writeFileSync(join(folder, '1.csv.gz'), gzipSync('2,true,gzip\n'));
    for (const [name, bytes] of Object.entries({ '2.csv.xz': XZ, '3.csv.bz2': BZIP2, '4.csv.zst': ZSTD }))
      writeFileSync(join(folder, name), Buffer.from(bytes, 'base64'));
    const read = `SELECT $2 FROM 'fs://${folder}/' (FILE_FORMAT => 'csv', PATTERN => '[2-4].*') ORDER BY 1`;
    const copy = `COPY INTO t FROM 'fs://${folder}/1.csv.gz' FILE_FORMAT = (TYPE = CSV)`;
    const rows = (...values: readonly string[]) => expect.objectContaining({ rows: values.map((value) => [value]) });
    expect(await answers(ask(`${copy}; SELECT c FROM t ORDER BY a`), ask(read))).toEqual([
      expect.objectContaining({ ok: true, affected: 1 }),
      expect.objectContaining({ rows: [['x'], ['gzip'], ['']] }),
      done,
      rows('bz', 'xz', 'zstd'),
      done,
    ]);
  });

  test('a script prints tables up to its first error, which is its exit code', async () => {
    writeFileSync(join(folder, 'script.sql'), "SELECT 1 AS one, 'x' AS two; SELECT nope; SELECT 3");
    const { code, out } = await run([join(folder, 'script.sql')]);
    expect(code).toBe(1);
    expect(out.replace(/\d+\.\d+ s/, 'T s')).toBe(
      `one  two
───  ───
  1  x
1 rows, T s

error 1065 SemanticError: column nope doesn't exist
 --> SQL:1:37
  |
1 | SELECT 1 AS one, 'x' AS two; SELECT nope; SELECT 3
  |                                     ^^^^
`,
    );
    expect(await run(['--nope'])).toEqual({
      code: 2,
      out: expect.stringMatching(/^unknown argument --nope\nusage: npm/),
    });
  });
});
