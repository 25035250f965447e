import glueUrl from 'parquet-wasm/esm/parquet_wasm.js?url';
import parquetWasm from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';
import { beforeAll, expect, test } from 'vitest';
import { initParquet } from '../formats/parquet/wasm.ts';
import { deltaField, parseSchema, printSchema } from '../table/delta-schema.ts';
import { encoderPool } from '../table/encoder-pool.ts';
import type { OpenEncoderThread } from '../table/encoder-wire.ts';
import { rowsEncoderHere } from '../table/rows-encoder.ts';
import { batchOf } from '../types/build/batch.ts';
import { plain } from '../types/type.ts';
import { openEncoder } from './open-encoder.ts';

const absolute = (url: string) => new URL(url, location.href).href;
const host = { glueUrl: absolute(glueUrl), loadWasm: () => fetch(absolute(parquetWasm)) };
const { signal } = new AbortController();
const COLUMNS = [{ name: 'id', type: plain('Int64'), nullable: false }];
const form = { fields: parseSchema(printSchema(COLUMNS.map((column) => deltaField(column, undefined)))) };
const batch = batchOf(
  COLUMNS,
  Array.from({ length: 200_000 }, (_, row) => [BigInt(row)]),
);

beforeAll(() => initParquet(host));

test('a worker encodes what this thread would', async () => {
  const pool = encoderPool({ open: openEncoder, count: 1, glueUrl: host.glueUrl });
  const parts = await Promise.all([pool.encode([batch], form, signal), pool.encode([batch], form, signal)]);
  expect(parts).toEqual(Array(2).fill(await rowsEncoderHere.encode([batch], form, signal)));
  pool.end();
});

test('a worker that fails fails its part, and another takes the next one', async () => {
  let opened = 0;
  let isBroken = false;
  const open: OpenEncoderThread = (listener) => {
    const thread = openEncoder(listener);
    opened++;
    return {
      ...thread,
      post: (call, transfer) => {
        // No message that a worker knows: it throws where nobody catches it.
        if (isBroken) thread.post(undefined as never, []);
        thread.post(call, transfer);
      },
    };
  };
  const pool = encoderPool({ open, count: 1, glueUrl: host.glueUrl });
  await pool.encode([batch], form, signal);
  isBroken = true;
  await expect(pool.encode([batch], form, signal)).rejects.toMatchObject({ code: 1001 });
  isBroken = false;
  expect((await pool.encode([batch], form, signal)).rows).toBe(200_000);
  expect(opened).toBe(2);
  pool.end();
});
