import { expect, test } from 'vitest';
import { nodeHost } from '../cli/host.ts';
import { openEngine } from '../session/engine.ts';
import { memoryStore } from '../stores/memory.ts';
import { engineOver, testEngine } from '../test/engine.ts';
import { memoryHost } from '../warehouse/memory-host.ts';
import { endSession } from './temporary.ts';

const { signal } = new AbortController();
const engine = await testEngine();

test('a temporary table is seen by its session alone, and shadows a table of its name', async () => {
  const other = engineOver(engine.core);
  await engine.rows('CREATE TABLE t (a INT); INSERT INTO t VALUES (1)');
  await engine.rows(
    "CREATE TEMP TABLE t (b VARCHAR); INSERT INTO t VALUES ('x'), ('y'); UPDATE t SET b = 'z' WHERE b = 'y'",
  );
  expect(await engine.rows('SELECT * FROM t ORDER BY b')).toEqual([['x'], ['z']]);
  expect(await other.rows('SELECT * FROM t')).toEqual([['1']]);
  expect(await engine.rows('SHOW CREATE TABLE t')).toEqual([
    ['t', 'CREATE TEMP TABLE t (\n  b VARCHAR NULL\n) ENGINE=FUSE'],
  ]);
  const listed = 'SELECT name, num_rows, is_current_session FROM system.temporary_tables';
  expect(await engine.rows(listed)).toEqual([['t', '2', true]]);
  expect(await other.rows('SELECT count(*) FROM system.temporary_tables WHERE is_current_session')).toEqual([['0']]);
  await expect(engine.rows('CREATE STREAM s ON TABLE t')).rejects.toMatchObject({
    code: 2733,
    message: "The table 'default.t' is temporary, can't create stream",
  });
  await engine.rows('CREATE OR REPLACE TEMPORARY TABLE t AS SELECT 5 AS n; BEGIN; INSERT INTO t VALUES (6); ROLLBACK');
  expect(await engine.rows('SELECT * FROM t')).toEqual([['5']]);
  await engine.rows('DROP TABLE t');
  expect(await engine.rows('SELECT * FROM t')).toEqual([['1']]);
  await engine.rows('CREATE TEMP TABLE u (a INT); CREATE TABLE IF NOT EXISTS u (b INT); DROP TABLE u');
  expect(await engine.rows('DESC u')).toEqual([['b', 'INT', 'YES', 'NULL', '']]);
  await engine.rows('DROP TABLE t');
  await expect(engine.rows('SELECT * FROM t')).rejects.toMatchObject({ code: 1025 });
  expect(await engine.rows('UNDROP TABLE t; SELECT * FROM t')).toEqual([['1']]);
});

test('temporary tables end with their session, or when the next engine opens', async () => {
  const store = memoryStore();
  const host = { ...nodeHost({ data: undefined, version: '0.0.0' }), store };
  const sql = 'CREATE TEMP TABLE x (a INT)';
  const first = engineOver(await openEngine({ ...host, warehouse: memoryHost() }));
  await first.rows(sql);
  const count = async (one: typeof first) => (await one.rows('SELECT count(*) FROM system.temporary_tables'))[0]?.[0];
  await endSession(first.session, first.core.services, signal);
  expect(first.core.services.warehouse.state().objects.size).toBe(1);
  const lost = engineOver(first.core);
  await lost.rows(sql);
  // Another host knows nothing of the first one's locks, as after a crash.
  const second = await openEngine({ ...host, warehouse: memoryHost() });
  const services = { ...second.services, executor: engine.core.services.executor };
  expect(await count(engineOver({ ...second, services }))).toBe('0');
});
