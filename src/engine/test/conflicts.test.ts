import { beforeAll, beforeEach, expect, test } from 'vitest';
import { beforeCommit, engineOver, type TestEngine, twoEngines } from './engine.ts';

/** What becomes of changes that others commit against: two engines on one warehouse, one of which is interrupted. */

let one: TestEngine;
let two: TestEngine;
/** What the other engine does once, when the first is about to commit. */
let interruption: string | undefined;

beforeAll(async () => {
  await (await twoEngines())[0].rows('SELECT 1');
}, 120_000);

beforeEach(async () => {
  const engines = await twoEngines();
  one = engineOver(beforeCommit(engines[0].core, interrupt));
  two = engines[1];
  interruption = undefined;
  await one.rows('CREATE TABLE t (id INT, n INT); INSERT INTO t VALUES (1, 10), (2, 20)');
});

async function interrupt(): Promise<void> {
  const sql = interruption;
  interruption = undefined;
  if (sql) await two.rows(sql);
}

const table = () => one.rows('SELECT id, n FROM t ORDER BY id, n');
const upsert = `MERGE INTO t USING (SELECT 5 AS id, 1 AS n) AS s ON t.id = s.id
  WHEN MATCHED THEN UPDATE SET n = t.n + s.n WHEN NOT MATCHED THEN INSERT *`;

test.each([
  ['REPLACE', 'REPLACE INTO t ON (id) VALUES (5, 1)', [['5', '1']]],
  ['MERGE', upsert, [['5', '51']]],
])('%s finds the key that another has inserted meanwhile', async (_, sql, rows) => {
  interruption = 'INSERT INTO t VALUES (5, 50)';
  await one.rows(sql);
  expect(await table()).toEqual([['1', '10'], ['2', '20'], ...rows]);
});

test('of two updates of a row none is lost', async () => {
  interruption = 'UPDATE t SET n = n + 1 WHERE id = 1';
  expect(await one.rows('UPDATE t SET n = n + 100')).toEqual([['2']]);
  expect(await table()).toEqual([
    ['1', '111'],
    ['2', '120'],
  ]);
  interruption = 'UPDATE t SET id = 7 WHERE id = 1';
  expect(await one.rows('DELETE FROM t WHERE id < 5')).toEqual([['1']]);
  expect(await table()).toEqual([['7', '111']]);
});

test('a transaction with MERGE and REPLACE stands beside rows with other keys', async () => {
  await one.rows(`BEGIN; REPLACE INTO t ON (id) VALUES (4, 40); ${upsert}`);
  interruption = 'INSERT INTO t VALUES (100, 0), (NULL, 0); INSERT INTO t VALUES (-3, 0)';
  await two.rows('INSERT INTO t VALUES (6, 0)');
  await one.rows('COMMIT');
  expect((await table()).map(([id]) => id).sort()).toEqual(['-3', '1', '100', '2', '4', '5', '6', null]);
});

test.each(['REPLACE INTO t ON (id) VALUES (5, 1)', upsert])('a transaction never adds a key twice: %s', async (sql) => {
  await one.rows(`BEGIN; ${sql}`);
  interruption = 'INSERT INTO t VALUES (5, 50)';
  await expect(one.rows('COMMIT')).rejects.toMatchObject({ code: 4001 });
  expect(await table()).toEqual([
    ['1', '10'],
    ['2', '20'],
    ['5', '50'],
  ]);
});

test('writers at the same time never get the same number', async () => {
  await one.rows('CREATE TABLE numbered (id INT AUTOINCREMENT, who INT)');
  const insert = (engine: TestEngine, who: number) => async () => {
    for (let time = 0; time < 5; time++) await engine.rows(`INSERT INTO numbered (who) VALUES (${who}), (${who})`);
  };
  interruption = 'INSERT INTO numbered (who) VALUES (0)';
  await one.rows('BEGIN; INSERT INTO numbered (who) VALUES (1); COMMIT');
  await Promise.all([insert(one, 1)(), insert(two, 2)()]);
  const ids = (await two.rows('SELECT id FROM numbered ORDER BY id')).map(([id]) => Number(id));
  expect(ids).toEqual(Array.from({ length: 22 }, (_, id) => id));
});
