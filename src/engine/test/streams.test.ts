import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { yieldToMessages } from '../base/async.ts';
import { engineOver, type TestEngine, twoEngines } from './engine.ts';
import { tries } from './long.ts';

/** Streams under everything that happens at the same time, and against a model of what they mean. */

const setUp = `CREATE TABLE source (id INT, v INT); CREATE STREAM pending ON TABLE source APPEND_ONLY = FALSE;
  CREATE TABLE sink (id INT, v INT, action STRING)`;
const consume = 'INSERT INTO sink SELECT id, v, change$action FROM pending';

beforeAll(async () => {
  await (await twoEngines())[0].rows('SELECT 1');
}, 120_000);

test('of two transactions that consume the same rows the second fails, and has written nothing', async () => {
  const [one, two] = await twoEngines();
  await one.rows(`${setUp}; INSERT INTO source VALUES (1, 1)`);
  await one.rows(`BEGIN; ${consume}`);
  await two.rows(`BEGIN; ${consume}`);
  await two.rows('COMMIT');
  await expect(one.rows('COMMIT')).rejects.toMatchObject({ kind: 'StreamVersionMismatched', code: 2734 });
  expect(await one.rows('SELECT * FROM sink')).toEqual([['1', '1', 'INSERT']]);
  await one.rows(consume);
  expect(await one.rows('SELECT count(*) FROM sink')).toEqual([['1']]);
});

test('two sessions of one engine never consume a row twice', async () => {
  const [one] = await twoEngines();
  const two = engineOver(one.core);
  await one.rows(`${setUp}; INSERT INTO source VALUES (1, 1), (2, 2)`);
  const results = (await Promise.all([one.run(consume), two.run(consume)])).flat();
  const failures = results.flatMap((result) => (result.ok ? [] : result.error.code));
  expect(failures.filter((code) => code !== 2734)).toEqual([]);
  expect(await one.rows('SELECT id FROM sink ORDER BY id')).toEqual([['1'], ['2']]);
});

test('rows that are appended while a statement consumes stay pending', async () => {
  const [one, two] = await twoEngines();
  await one.rows(`${setUp}; INSERT INTO source VALUES (1, 1)`);
  await one.rows(`BEGIN; ${consume}`);
  await two.rows('INSERT INTO source VALUES (2, 2)');
  await one.rows(`${consume}; COMMIT`);
  expect(await one.rows('SELECT DISTINCT id FROM sink')).toEqual([['1']]);
  expect(await two.rows('SELECT id FROM pending')).toEqual([['2']]);
});

test('what a transaction consumed of its own writes is read neither again nor in the place of what others wrote', async () => {
  const [one, two] = await twoEngines();
  await one.rows(`${setUp}; BEGIN; INSERT INTO source VALUES (1, 1); ${consume}; INSERT INTO source VALUES (2, 2)`);
  await two.rows('INSERT INTO source VALUES (3, 3)');
  await one.rows('COMMIT');
  expect(await two.rows('SELECT id FROM pending ORDER BY id')).toEqual([['2'], ['3']]);
  expect(await two.rows('SELECT id FROM source AT (STREAM => pending)')).toEqual([['1']]);
  await two.rows('DELETE FROM source WHERE id = 1');
  expect(await two.rows('SELECT id, change$action FROM pending ORDER BY id')).toEqual([
    ['1', 'DELETE'],
    ['2', 'INSERT'],
    ['3', 'INSERT'],
  ]);
});

test('a limit counts the rows that come out, not those that are read to find them', async () => {
  const [one] = await twoEngines();
  await one.rows(`CREATE TABLE source (id INT); INSERT INTO source SELECT number FROM numbers(10);
    CREATE STREAM additions ON TABLE source APPEND_ONLY = TRUE; CREATE STREAM changes ON TABLE source APPEND_ONLY = FALSE;
    INSERT INTO source VALUES (100), (101), (102), (103); OPTIMIZE TABLE source COMPACT`);
  expect(await one.rows('SELECT id FROM additions LIMIT 3')).toEqual([['100'], ['101'], ['102']]);
  expect(await one.rows('SELECT id FROM changes LIMIT 3')).toEqual([['100'], ['101'], ['102']]);
  await one.rows('DELETE FROM source WHERE id = 8');
  expect(await one.rows('SELECT id, change$action FROM changes LIMIT 1')).toEqual([['8', 'DELETE']]);
});

const BATCHES = tries(50, 500);

test(`of ${BATCHES} batches that are appended while two consumers drain them no row is lost or comes twice`, async () => {
  const [one, two] = await twoEngines();
  await one.rows(setUp);
  let isProducing = true;
  const produce = async () => {
    for (let batch = 0; batch < BATCHES; batch++) {
      await one.rows(`INSERT INTO source SELECT ${batch} * 10 + number, ${batch} FROM numbers(3)`);
    }
    isProducing = false;
  };
  const drain = async (engine: TestEngine) => {
    while (isProducing) {
      // Statements come by messages: a loop without one would keep what waits for a message from ever going on.
      await yieldToMessages();
      const results = await engine.run(consume);
      expect(results.flatMap((result) => (result.ok || result.error.code === 2734 ? [] : result.error))).toEqual([]);
    }
  };
  await Promise.all([produce(), drain(engineOver(one.core)), drain(two)]);
  await two.rows(consume);
  const wanted = [[String(BATCHES * 3), String(BATCHES * 3)]];
  expect(await one.rows("SELECT count(*), count(DISTINCT id) FROM sink WHERE action = 'INSERT'")).toEqual(wanted);
  expect(await one.rows('SELECT count(*) FROM sink')).toEqual([[String(BATCHES * 3)]]);
  expect(await one.rows('SELECT count(*) FROM pending')).toEqual([['0']]);
}, 600_000);

type Table = ReadonlyMap<number, number>;

/** What the model knows: the rows at the offset and now. */
interface Model {
  readonly before: Table;
  readonly now: Table;
  readonly next: number;
}

interface Step {
  readonly sql: (model: Model) => string;
  readonly next: (model: Model) => Model;
}

const mapped = (now: Table, change: (id: number, v: number) => number | undefined): Table =>
  new Map(
    [...now].flatMap(([id, v]): [number, number][] => {
      const changed = change(id, v);
      return changed === undefined ? [] : [[id, changed]];
    }),
  );

const insertStep = fc.integer({ min: 1, max: 4 }).map(
  (count): Step => ({
    sql: ({ next }) => `INSERT INTO source SELECT ${next} + number, 0 FROM numbers(${count})`,
    next: (model) => ({
      ...model,
      now: new Map([...model.now, ...Array.from({ length: count }, (_, at): [number, number] => [model.next + at, 0])]),
      next: model.next + count,
    }),
  }),
);

const updateStep = fc.tuple(fc.nat(3), fc.nat(2)).map(
  ([rest, value]): Step => ({
    sql: () => `UPDATE source SET v = ${value} WHERE id % 4 = ${rest}`,
    next: (model) => ({ ...model, now: mapped(model.now, (id, v) => (id % 4 === rest ? value : v)) }),
  }),
);

const deleteStep = fc.nat(4).map(
  (rest): Step => ({
    sql: () => `DELETE FROM source WHERE id % 5 = ${rest}`,
    next: (model) => ({ ...model, now: mapped(model.now, (id, v) => (id % 5 === rest ? undefined : v)) }),
  }),
);

const plainSteps: readonly Step[] = [
  { sql: () => 'TRUNCATE TABLE source', next: (model) => ({ ...model, now: new Map() }) },
  { sql: () => 'OPTIMIZE TABLE source COMPACT', next: (model) => model },
  { sql: () => consume, next: (model) => ({ ...model, before: model.now }) },
];

const steps = fc.array(fc.oneof(insertStep, insertStep, updateStep, deleteStep, fc.constantFrom(...plainSteps)), {
  minLength: 2,
  maxLength: 9,
});

function expectedChanges({ before, now }: Model): string[] {
  const changes: string[] = [];
  for (const [id, v] of now) {
    const old = before.get(id);
    if (old === undefined) changes.push(`${id} ${v} INSERT false`);
    else if (old !== v) changes.push(`${id} ${old} DELETE true`, `${id} ${v} INSERT true`);
  }
  for (const [id, v] of before) if (!now.has(id)) changes.push(`${id} ${v} DELETE false`);
  return changes.sort();
}

test('a stream is the net difference between its offset and now, whatever happened in between', async () => {
  const [engine] = await twoEngines();
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      await engine.rows(`DROP STREAM IF EXISTS additions; ${setUp.replaceAll('CREATE ', 'CREATE OR REPLACE ')}`);
      await engine.rows('CREATE STREAM additions ON TABLE source');
      let model: Model = { before: new Map(), now: new Map(), next: 0 };
      for (const step of list) {
        await engine.rows(step.sql(model));
        model = step.next(model);
      }
      const rows = await engine.rows('SELECT id, v, change$action, change$is_update FROM pending');
      expect(rows.map((row) => row.join(' ')).sort()).toEqual(expectedChanges(model));
      const added = await engine.rows('SELECT id, v FROM additions');
      const kept = [...model.now].map(([id, v]) => `${id} ${v}`);
      expect(added.map((row) => row.join(' ')).sort()).toEqual(kept.sort());
    }),
    { numRuns: tries(25, 200), seed: 7 },
  );
}, 120_000);
