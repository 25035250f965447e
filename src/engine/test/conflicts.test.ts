import { beforeAll, beforeEach, expect, test } from 'vitest';
import { nodeHost } from '../cli/host.ts';
import { type EngineCore, openEngine } from '../session/engine.ts';
import { memoryStore } from '../stores/memory.ts';
import { memoryHost } from '../warehouse/memory-host.ts';
import { engineOver, type TestEngine } from './engine.ts';

/** What becomes of changes that others commit against: two engines on one warehouse, one of which is interrupted. */

const host = nodeHost({ data: undefined, version: '0.0.0' });
let executor: EngineCore['services']['executor'];
let one: TestEngine;
let two: TestEngine;
/** What the other engine does once, when the first is about to commit. */
let interruption: string | undefined;

beforeAll(async () => {
  ({ executor } = (await openEngine(host)).services);
  await executor();
}, 120_000);

beforeEach(async () => {
  const store = memoryStore();
  const owner = memoryHost();
  const engineOn = async (warehouse: typeof owner) => {
    const core = await openEngine({ ...host, store, warehouse });
    return { ...core, services: { ...core.services, executor } };
  };
  two = engineOver(await engineOn(owner.sibling()));
  one = engineOver(interrupted(await engineOn(owner)));
  interruption = undefined;
  await one.rows('CREATE TABLE t (id INT, n INT); INSERT INTO t VALUES (1, 10), (2, 20)');
});

function interrupted(core: EngineCore): EngineCore {
  const { warehouse } = core.services;
  const begin = () => {
    const transaction = warehouse.begin();
    const commit = transaction.commit.bind(transaction);
    transaction.commit = async (signal) => {
      const sql = interruption;
      interruption = undefined;
      if (sql) await two.rows(sql);
      return commit(signal);
    };
    return transaction;
  };
  return { ...core, services: { ...core.services, warehouse: { ...warehouse, begin } } };
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
