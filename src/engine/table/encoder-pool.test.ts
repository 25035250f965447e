import { createHash } from 'node:crypto';
import { Dictionary, Field, Int32, Int64, type RecordBatch, Utf8, vectorFromArray } from 'apache-arrow';
import { beforeAll, expect, test, vi } from 'vitest';
import { parquetFormat } from '../formats/parquet/format.ts';
import { bytesSource, initParquetInNode, parquetHostInNode } from '../test/parquet.ts';
import { arrowSchema } from '../types/arrow.ts';
import { arrowBatch, batchOf } from '../types/build/batch.ts';
import { ownBatch } from '../types/own.ts';
import { plain } from '../types/type.ts';
import { type EncodedRows, joinRows } from './data-file.ts';
import { deltaField, parseSchema, printSchema } from './delta-schema.ts';
import { encoderPool } from './encoder-pool.ts';
import type { EncoderCall, EncoderListener, EncoderReply, EncoderThread, OpenEncoderThread } from './encoder-wire.ts';
import { rowsEncoderHere } from './rows-encoder.ts';
import { serveEncoder } from './serve-encoder.ts';

beforeAll(initParquetInNode);

const { signal } = new AbortController();
const { glueUrl } = parquetHostInNode;
const COLUMNS = [
  { name: 'id', type: plain('Int64'), nullable: false },
  { name: 'text', type: plain('String'), nullable: true },
];
const fields = parseSchema(printSchema(COLUMNS.map((column) => deltaField(column, undefined))));
const form = { fields };

const ROWS = 40_000;

/** More than a megabyte. */
function large(first: number): RecordBatch {
  const rows = Array.from({ length: ROWS }, (_, row) => [BigInt(first + row), `a text of some length, ${first + row}`]);
  return batchOf(COLUMNS, rows);
}

/** A part, with a hash in the place of its bytes, which are many to compare. */
function digest({ bytes, ...facts }: EncodedRows) {
  return { ...facts, hash: createHash('sha1').update(bytes).digest('hex') };
}

interface Kept {
  readonly listener: EncoderListener;
  ended: boolean;
  /** Parts that it was given. */
  given: number;
}

/** Threads whose messages are cloned and moved as between real ones; `answers` false makes them silent after the start. */
function threads(answers = true) {
  const opened: Kept[] = [];
  const open: OpenEncoderThread = (listener): EncoderThread => {
    const kept: Kept = { listener, ended: false, given: 0 };
    opened.push(kept);
    const handle = serveEncoder((reply, transfer) => {
      const cloned: EncoderReply = structuredClone(reply, { transfer });
      if (answers || reply.kind === 'Ready') setTimeout(() => listener.reply(cloned));
    });
    return {
      post: (call, transfer) => {
        const cloned: EncoderCall = structuredClone(call, { transfer: [...transfer] });
        if (call.kind === 'Encode') kept.given++;
        setTimeout(() => handle(cloned));
      },
      end: () => {
        kept.ended = true;
      },
    };
  };
  return { open, opened };
}

async function columnOf(bytes: Uint8Array, name: string): Promise<unknown[]> {
  const request = {
    format: { type: 'PARQUET', options: {} },
    columns: [name],
    predicates: [],
    limit: undefined,
  } as const;
  const values: unknown[] = [];
  for await (const { batch } of parquetFormat.read(bytesSource('t.parquet', bytes), request, signal)) {
    values.push(...(batch.getChildAt(0)?.toArray() ?? []));
  }
  return values;
}

test('parts encoded in threads make the file that one thread would make', async () => {
  const { open, opened } = threads();
  const pool = encoderPool({ open, count: 2, glueUrl });
  const batches = [large(0), large(ROWS), large(2 * ROWS)];
  const encodeAll = () => Promise.all(batches.map((batch) => pool.encode([batch], form, signal)));
  const parts = await encodeAll();
  const file = joinRows(parts, fields);
  // One thread does until it is warm and three parts wait for it.
  expect(opened.length).toBe(1);
  const again = (await Promise.all([encodeAll(), encodeAll()])).flat();
  expect(again.map(digest)).toEqual([...parts, ...parts].map(digest));
  expect(opened.length).toBe(2);
  expect(file.stats).toBe(joinRows([await rowsEncoderHere.encode(batches, form, signal)], fields).stats);
  expect(await columnOf(file.bytes, 'id')).toEqual(Array.from({ length: 3 * ROWS }, (_, row) => BigInt(row)));
});

test('batches whose dictionaries differ keep their values', async () => {
  const texts = (words: readonly string[]) => {
    const type = new Dictionary(new Utf8(), new Int32());
    const data = vectorFromArray(
      Array.from({ length: ROWS }, (_, row) => words[row % 2] ?? ''),
      type,
    ).data[0];
    const ids = large(0).data.children[0];
    if (!data || !ids) throw new Error('a column is missing');
    const [id] = arrowSchema(COLUMNS).fields;
    return arrowBatch([id ?? new Field('id', new Int64()), new Field('text', type, true)], [ids, data], ROWS);
  };
  const pool = encoderPool({ open: threads().open, count: 1, glueUrl });
  const batches = [texts(['a', 'b']), texts(['y', 'z']), large(0)];
  const part = await pool.encode(batches, form, signal);
  const here = await rowsEncoderHere.encode(batches, form, signal);
  expect(await columnOf(part.bytes, 'text')).toEqual(await columnOf(here.bytes, 'text'));
  expect(part.statistics).toEqual(here.statistics);
});

test("rows that are nobody else's go to a thread with their memory, once it has started", async () => {
  const pool = encoderPool({ open: threads().open, count: 1, glueUrl });
  const texts = Array.from({ length: ROWS }, (_, row) => [
    BigInt(row),
    row % 3 === 0 ? null : `text ${row} `.repeat(3),
  ]);
  const own = () => [ownBatch(batchOf(COLUMNS, texts)), ownBatch(large(7))];
  const sizesOf = (batches: readonly RecordBatch[]) => batches.map(({ data }) => data.children[0]?.values.length);
  const [first, second] = [own(), own()];
  const parts = [await pool.encode(first, form, signal), await pool.encode(second, form, signal)];
  expect([sizesOf(first), sizesOf(second)]).toEqual([
    [ROWS, ROWS],
    [0, 0],
  ]);
  const here = digest(await rowsEncoderHere.encode(own(), form, signal));
  expect(parts.map(digest)).toEqual([here, here]);
});

test('parts that are expected find a thread that has started, and no more than one', async () => {
  const { open, opened } = threads();
  let ready = 0;
  const tellReady: OpenEncoderThread = ({ reply, died }) => {
    const told = (message: EncoderReply) => {
      reply(message);
      ready += Number(message.kind === 'Ready');
    };
    return open({ reply: told, died });
  };
  const pool = encoderPool({ open: tellReady, count: 2, glueUrl });
  pool.expect();
  pool.expect();
  await vi.waitFor(() => expect(ready).toBe(1), 60_000);
  const rows = ownBatch(large(0));
  await pool.encode([rows], form, signal);
  expect([opened.length, rows.data.children[0]?.values.length]).toEqual([1, 0]);
  pool.end();
});

test('small parts start no thread', async () => {
  const { open, opened } = threads();
  const part = await encoderPool({ open, count: 2, glueUrl }).encode([batchOf(COLUMNS, [[1n, 'a']])], form, signal);
  expect([part.rows, opened.length]).toEqual([1, 0]);
});

test('a thread that dies fails its part, and another takes the next one', async () => {
  const silent = threads(false);
  const lively = threads();
  let calls = 0;
  const pool = encoderPool({ open: (to) => (calls++ === 0 ? silent : lively).open(to), count: 1, glueUrl });
  const failing = pool.encode([large(0)], form, signal);
  const given = vi.waitFor(() => expect(silent.opened[0]?.given).toBe(1), 60_000);
  void given.then(() => silent.opened[0]?.listener.died('out of memory'));
  await expect(failing).rejects.toMatchObject({ code: 1001, cause: 'out of memory' });
  expect((await pool.encode([large(0)], form, signal)).rows).toBe(ROWS);
});

test('where threads cannot start, parts are encoded here', async () => {
  const dead: OpenEncoderThread = (listener) => {
    setTimeout(() => listener.died('refused by the policy'));
    return { post: () => {}, end: () => {} };
  };
  const pool = encoderPool({ open: dead, count: 1, glueUrl });
  expect((await pool.encode([large(0)], form, signal)).rows).toBe(ROWS);
});

test('a cancel ends the wait at once, and the end of the engine all waits', async () => {
  const { open, opened } = threads(false);
  const pool = encoderPool({ open, count: 1, glueUrl });
  const controller = new AbortController();
  const cancelled = pool.encode([large(0)], form, controller.signal);
  const waiting = pool.encode([large(0)], form, signal);
  setTimeout(() => controller.abort(), 20);
  await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
  setTimeout(() => pool.end(), 100);
  await expect(waiting).rejects.toMatchObject({ kind: 'AbortedQuery' });
  expect(opened.map(({ ended }) => ended)).toEqual([true]);
});

test('threads without work end, and start again with the next part', async () => {
  const { open, opened } = threads();
  const pool = encoderPool({ open, count: 2, glueUrl, restAfter: 20 });
  await pool.encode([large(0)], form, signal);
  await expect.poll(() => opened.map(({ ended }) => ended)).toEqual([true]);
  expect((await pool.encode([large(0)], form, signal)).rows).toBe(ROWS);
  expect(opened.length).toBe(2);
  pool.end();
});
