import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { deltaField, parseSchema, printSchema } from '../table/delta-schema.ts';
import { encoderPool } from '../table/encoder-pool.ts';
import { rowsEncoderHere } from '../table/rows-encoder.ts';
import { initParquetInNode, parquetHostInNode } from '../test/parquet.ts';
import { batchOf } from '../types/build/batch.ts';
import { plain } from '../types/type.ts';
import { encoderThreads } from './encoder-threads.ts';

/** As `npm run prepare` bundles it. */
const SCRIPT = resolve(import.meta.dirname, '../../../dist/shell/encoder.mjs');
const { glueUrl } = parquetHostInNode;
const { signal } = new AbortController();
const COLUMNS = [{ name: 'id', type: plain('Int64'), nullable: false }];
const form = { fields: parseSchema(printSchema(COLUMNS.map((column) => deltaField(column, undefined)))) };
const batch = batchOf(
  COLUMNS,
  Array.from({ length: 200_000 }, (_, row) => [BigInt(row)]),
);

beforeAll(initParquetInNode);

function threads(script: string) {
  const found = encoderThreads(script);
  if (!found) throw new Error('there is no encoder');
  return found;
}

test.skipIf(!existsSync(SCRIPT))(
  'threads of the bundled shell encode as this one does (wants npm run prepare)',
  async () => {
    const pool = encoderPool({ ...threads(SCRIPT), glueUrl });
    const parts = await Promise.all([1, 2, 3].map(() => pool.encode([batch], form, signal)));
    expect(parts).toEqual(Array(3).fill(await rowsEncoderHere.encode([batch], form, signal)));
    pool.end();
  },
);

const FAILING = `import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ kind }) => {
  if (kind === 'Encode') throw new Error('out of memory');
  parentPort.postMessage({ kind: 'Ready' });
});`;

test('a thread that dies of its work is told of', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'boathouse-encoder-'));
  try {
    writeFileSync(join(folder, 'failing.mjs'), FAILING);
    const pool = encoderPool({ ...threads(join(folder, 'failing.mjs')), glueUrl });
    const failed = pool.encode([batch], form, signal);
    await expect(failed).rejects.toMatchObject({ code: 1001, cause: { message: 'out of memory' } });
    pool.end();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
