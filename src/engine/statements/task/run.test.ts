import { beforeAll, expect, test } from 'vitest';
import type { EngineCore } from '../../session/engine.ts';
import { beforeCommit, engineOver, type TestEngine, twoEngines } from '../../test/engine.ts';

const RUNS = 'SELECT state, exception_text FROM system.task_history ORDER BY state';

beforeAll(async () => {
  await (await twoEngines())[0].rows('SELECT 1');
}, 120_000);

test('EXECUTE TASK runs the task although another run of it comes first', async () => {
  const [first, second] = await twoEngines();
  await first.rows('CREATE TABLE a (n INT); CREATE TASK t AS INSERT INTO a VALUES (1)');
  let interruption: string | undefined = 'EXECUTE TASK t';
  const core = beforeCommit(first.core, async () => {
    const sql = interruption;
    interruption = undefined;
    if (sql) await second.rows(sql);
  });
  await engineOver(core).rows('EXECUTE TASK t');
  expect(await first.rows('SELECT count() FROM a')).toEqual([['2']]);
  expect(await first.rows(RUNS)).toEqual([
    ['SUCCEEDED', null],
    ['SUCCEEDED', null],
  ]);
});

test('EXECUTE TASK says so when other runs come first each time', async () => {
  const [first, second] = await twoEngines();
  await first.rows('CREATE TABLE a (n INT); CREATE TASK t AS INSERT INTO a VALUES (1)');
  const core = beforeCommit(first.core, async () => {
    await second.rows('EXECUTE TASK t');
  });
  await expect(engineOver(core).rows('EXECUTE TASK t')).rejects.toMatchObject({ kind: 'UnresolvableConflict' });
  expect(await first.rows('SELECT count() FROM a')).toEqual([['5']]);
});

/** The engine whose caller does not hear that the n-th of its commits was made. */
function deafTo(core: EngineCore, lost: number): TestEngine {
  let commits = 0;
  const { warehouse } = core.services;
  const begin = () => {
    const transaction = warehouse.begin();
    const commit = transaction.commit.bind(transaction);
    transaction.commit = async (signal) => {
      const result = await commit(signal);
      if (++commits === lost) throw new Error('the answer is lost');
      return result;
    };
    return transaction;
  };
  return engineOver({ ...core, services: { ...core.services, warehouse: { ...warehouse, begin } } });
}

test('a run whose success is committed has succeeded, although the answer was lost', async () => {
  const [first] = await twoEngines();
  await first.rows(`CREATE TABLE a (n INT); CREATE TASK t AS INSERT INTO a VALUES (1);
    CREATE TASK next AFTER 't' AS INSERT INTO a VALUES (2); ALTER TASK next RESUME`);
  await deafTo(first.core, 2).rows('EXECUTE TASK t');
  expect(await first.rows('SELECT n FROM a ORDER BY n')).toEqual([['1'], ['2']]);
  expect(await first.rows(RUNS)).toEqual([
    ['SUCCEEDED', null],
    ['SUCCEEDED', null],
  ]);
  const kept = `SELECT query_text, log_type_name, exception_text FROM system_history.query_history
    WHERE query_text LIKE 'INSERT INTO a%' AND log_type <> 1 ORDER BY query_text`;
  expect(await first.rows(kept)).toEqual([
    ['INSERT INTO a VALUES (1)', 'Finish', ''],
    ['INSERT INTO a VALUES (2)', 'Finish', ''],
  ]);
});

test('a run that was cancelled meanwhile stays cancelled, and is nothing', async () => {
  const [first, second] = await twoEngines();
  await first.rows('CREATE TABLE a (n INT); CREATE TASK t AS INSERT INTO a VALUES (1)');
  let commits = 0;
  const core = beforeCommit(first.core, async () => {
    if (++commits === 2) await second.rows("CALL system$user_task_cancel_ongoing_executions('t')");
  });
  await engineOver(core).rows('EXECUTE TASK t');
  expect(await first.rows('SELECT count() FROM a')).toEqual([['0']]);
  expect(await first.rows(RUNS)).toEqual([['CANCELLED', 'the run was cancelled']]);
  const open = `SELECT count() FROM system_history.query_history WHERE query_text = 'INSERT INTO a VALUES (1)'
    AND log_type <> 1`;
  expect(await first.rows(open)).toEqual([['1']]);
});

test.each([
  ['INSERT INTO a VALUES (1)', true],
  ['BEGIN INSERT INTO a VALUES (1); COMMIT; END', true],
  ['OPTIMIZE TABLE a COMPACT', true],
  ['OPTIMIZE TABLE a ALL', false],
  ['VACUUM TABLE a', false],
  ['CREATE OR REPLACE TABLE b AS SELECT * FROM a', false],
  ['BEGIN TRUNCATE TABLE a; INSERT INTO a VALUES (1); END', false],
  ['BEGIN LET x := 1; IF x = 1 THEN DROP TABLE IF EXISTS c; END IF; INSERT INTO a VALUES (1); END', false],
])('whether a run of %s is done whole or not at all is %s', async (body, atomic) => {
  const [first] = await twoEngines();
  await first.rows(`CREATE TABLE a (n INT); CREATE TASK t AS ${body}; EXECUTE TASK t`);
  const runs = [...first.core.services.warehouse.state().taskRuns.values()];
  expect(runs.map((run) => [run.state, run.atomic])).toEqual([['SUCCEEDED', atomic]]);
});
