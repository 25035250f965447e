import { type Data, type RecordBatch, RecordBatchReader, Vector } from 'apache-arrow';
import { beforeAll, expect, test } from 'vitest';
import { NO_PROGRESS } from '../base/progress.ts';
import { locationOf } from '../sql/parse-location.ts';
import { runWith, type TestEngine, testEngine } from '../test/engine.ts';
import { pathsIn } from '../test/warehouse.ts';
import { statementContext } from './statement-context.ts';
import { writeArrow } from './write-arrow.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await testEngine();
}, 120_000);

const LIVE = new AbortController().signal;

/** Runs a query as a page does, and writes its kept rows. */
async function written(sql: string, to: string, onRows = () => {}, signal = LIVE): Promise<readonly string[]> {
  const { core, session } = engine;
  let writer: ReturnType<typeof core.results.open> | undefined;
  await runWith(engine, sql, {
    columns: (_, columns) => {
      writer = core.results.open('r', columns);
    },
    batch: async (_, batch) => writer?.append(batch, LIVE),
  });
  const told: string[] = [];
  const progress = {
    ...NO_PROGRESS,
    phase: (phase: string) => void told.push(phase),
    expect: ({ rows }: { readonly rows?: number }) => void told.push(`of ${rows}`),
  };
  const add = () => onRows();
  const onChange = ({ kind, name }: { readonly kind: string; readonly name: string }) =>
    void told.push(`${kind} ${name}`);
  const ctx = statementContext({ services: core.services, session, signal, progress: { ...progress, add }, onChange });
  await writeArrow(core.results.read('r'), locationOf(to, { start: 0, end: to.length }), ctx);
  return told;
}

async function fileAt(path: string): Promise<RecordBatchReader> {
  const { store } = engine.core.services.warehouse;
  const found = (await pathsIn(store)).find((one) => one.endsWith(path));
  return RecordBatchReader.from(await store.read(found ?? path, LIVE)).open();
}

const vectorOf = (column: Data) => new Vector([column]);
const rowsOf = (batches: readonly RecordBatch[]) => batches.reduce((sum, { numRows }) => sum + numRows, 0);
const show = (value: unknown) => String(value);

const shape = ({ schema }: RecordBatchReader) =>
  schema.fields.map(({ name, type, nullable }) => `${name} ${type} ${nullable ? 'NULL' : 'NOT NULL'}`);

test('a result is an Arrow file of many batches, its columns by their names', async () => {
  await engine.rows('CREATE OR REPLACE STAGE s');
  const sql = `SELECT number AS n, 'é' || number AS "a b", if(number % 2 = 0, NULL, number) AS n, [number] AS l,
    (number, 'x') AS p, {'k': number} AS m, parse_json('{"a":1}') AS v FROM numbers(70000)`;
  expect(await written(sql, '@s/day 1/all.arrow')).toEqual(['writing', 'of 70000', 'StageFiles s']);
  const file = await fileAt('day 1/all.arrow');
  expect(shape(file)).toEqual([
    'n Uint64 NOT NULL',
    'a b Utf8 NOT NULL',
    'n Uint64 NULL',
    'l List<Uint64> NOT NULL',
    'p Struct<{1:Uint64, 2:Utf8}> NOT NULL',
    'm Map<{key:Utf8, value:Uint64}> NOT NULL',
    'v Utf8 NOT NULL',
  ]);
  const batches = [...file];
  expect(rowsOf(batches)).toBe(70_000);
  const last = batches.at(-1);
  const row = batches.length > 1 && last?.data.children.map((column) => show(vectorOf(column).get(last.numRows - 1)));
  expect(row).toEqual(['69999', 'é69999', '69999', '[69999]', '{"1": 69999, "2": "x"}', '{"k": 69999}', '{"a":1}']);
});

test('a result without rows is a file of its columns', async () => {
  await written('SELECT 1::INT AS a, NULL::DECIMAL(76, 2) AS b WHERE FALSE', '@~/none.arrow');
  const file = await fileAt('none.arrow');
  expect([...shape(file), rowsOf([...file])]).toEqual(['a Int32 NOT NULL', 'b Utf8 NULL', 0]);
});

test('what is there is not replaced, and what is cancelled leaves nothing', async () => {
  const staged = async () =>
    (await pathsIn(engine.core.services.warehouse.store)).filter((path) => /^stages/.test(path));
  await written('SELECT 1 AS a', '@~/once.arrow');
  const before = await staged();
  await expect(written('SELECT 2 AS a', '@~/once.arrow')).rejects.toMatchObject({ message: 'file already exists' });
  const [batch] = await fileAt('once.arrow');
  expect(batch?.getChildAt(0)?.get(0)).toBe(1);
  const cancel = new AbortController();
  const cancelled = written('SELECT 1 AS a', '@~/never.arrow', () => cancel.abort(), cancel.signal);
  await expect(cancelled).rejects.toThrow(/abort/);
  await expect(written('SELECT 1 AS a', '@nowhere/a.arrow')).rejects.toMatchObject({ kind: 'UnknownStage' });
  expect(await staged()).toEqual(before);
});
