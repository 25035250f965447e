import { afterEach, expect, test } from 'vitest';
import { nodeHost } from '../cli/host.ts';
import { type EngineCore, openEngine } from '../session/engine.ts';
import { memoryStore } from '../stores/memory.ts';
import type { WritableStore } from '../stores/store.ts';
import { engineOver, type TestEngine } from '../test/engine.ts';
import { type FaultStore, faultStore } from '../test/fault-store.ts';
import { tries } from '../test/long.ts';
import { findTask } from '../warehouse/find.ts';
import { type MemoryHost, memoryHost } from '../warehouse/memory-host.ts';
import { type Scheduler, startScheduler } from './scheduler.ts';

const MINUTE = 60_000;

/** A warehouse whose engines share locks and one clock, which goes only when it is told to. */
function site() {
  let time = Date.parse('2026-01-01T00:00:00Z');
  const store = memoryStore();
  const host = memoryHost({ now: () => time++ });
  return {
    store,
    host,
    advance: (milliseconds: number) => {
      time += milliseconds;
    },
  };
}

type Site = ReturnType<typeof site>;

const running: Scheduler[] = [];

/** Of the first engine; all share its DuckDB. */
let executor: EngineCore['services']['executor'] | undefined;

afterEach(async () => {
  for (const scheduler of running.splice(0)) await scheduler.stop();
});

interface Tab extends TestEngine {
  readonly host: MemoryHost;
  readonly scheduler: Scheduler;
}

async function openTab({ host, store }: Site, ownStore: WritableStore = store): Promise<Tab> {
  const own = host.sibling();
  const opened = await openEngine({
    ...nodeHost({ data: undefined, version: '0.0.0' }),
    store: ownStore,
    warehouse: own,
  });
  executor ??= opened.services.executor;
  const core: EngineCore = { ...opened, services: { ...opened.services, executor } };
  const scheduler = startScheduler(core);
  running.push(scheduler);
  return { ...engineOver(core), host: own, scheduler };
}

/** What the query gives once it gives that. */
async function eventually(tab: TestEngine, sql: string, wanted: readonly (readonly unknown[])[]): Promise<void> {
  await expect.poll(() => tab.rows(sql), { timeout: 60_000, interval: 50 }).toEqual(wanted);
}

const STATES = 'SELECT name, state FROM system.task_history ORDER BY scheduled_time, name';

test('a task runs each time its interval has passed, and what follows it then', async () => {
  const here = site();
  const tab = await openTab(here);
  await tab.rows(`CREATE TABLE a (n INT); CREATE TABLE b (n INT);
    CREATE TASK load SCHEDULE = 1 MINUTE AS INSERT INTO a VALUES (1);
    CREATE TASK sum_up AFTER 'load' AS INSERT INTO b SELECT sum(n) FROM a;
    ALTER TASK sum_up RESUME; ALTER TASK load RESUME`);
  for (const count of [1, 2, 3]) {
    here.advance(MINUTE);
    await eventually(tab, 'SELECT n FROM b ORDER BY n', [['1'], ['2'], ['3']].slice(0, count));
  }
  expect(await tab.rows(STATES)).toHaveLength(6);
  const loads =
    "SELECT count() FROM system_history.query_history WHERE query_text = 'INSERT INTO a VALUES (1)' AND log_type = 2";
  expect(await tab.rows(loads)).toEqual([['3']]);
});

test('of two tabs one runs the tasks, and the other goes on when it is gone', async () => {
  const here = site();
  const first = await openTab(here);
  await first.rows('CREATE TABLE a (n INT); CREATE TASK t SCHEDULE = 1 MINUTE AS INSERT INTO a VALUES (1)');
  const second = await openTab(here);
  await second.rows('ALTER TASK t RESUME');
  here.advance(MINUTE);
  await eventually(second, 'SELECT count() FROM a', [['1']]);
  void first.scheduler.stop();
  first.host.end();
  const since = Date.now();
  await second.scheduler.leads;
  expect(Date.now() - since).toBeLessThan(2000);
  here.advance(MINUTE);
  await eventually(second, 'SELECT count() FROM a', [['2']]);
});

test('runs that were missed are not caught up with by themselves', async () => {
  const here = site();
  const first = await openTab(here);
  await first.rows(`CREATE TABLE a (n INT); CREATE TASK t SCHEDULE = 10 MINUTE AS INSERT INTO a VALUES (1);
    ALTER TASK t RESUME`);
  await first.scheduler.stop();
  here.advance(45 * MINUTE);
  const second = await openTab(here);
  const missed = 'SELECT name, missed_runs, first_scheduled_time FROM system.missed_task_runs';
  const [row] = await second.rows(missed);
  expect(row?.slice(0, 2)).toEqual(['t', '4']);
  here.advance(5 * MINUTE);
  await eventually(second, 'SELECT count() FROM a', [['1']]);
  expect((await second.rows(missed))[0]?.[1]).toBe('4');
  await second.rows('EXECUTE TASK t');
  expect(await second.rows(missed)).toEqual([]);
  await eventually(second, 'SELECT count() FROM a', [['2']]);
});

test('RESUME forgets what was missed', async () => {
  const here = site();
  const tab = await openTab(here);
  await tab.scheduler.stop();
  await tab.rows("CREATE TASK t SCHEDULE = USING CRON '0 0 * * * *' AS SELECT 1; ALTER TASK t RESUME");
  here.advance(125 * MINUTE);
  expect(await tab.rows('SELECT missed_runs FROM system.missed_task_runs')).toEqual([['2']]);
  await tab.rows('ALTER TASK t RESUME');
  expect(await tab.rows('SELECT missed_runs FROM system.missed_task_runs')).toEqual([]);
});

test('a task that is still running is skipped, and one that failed often enough suspended', async () => {
  const here = site();
  const tab = await openTab(here);
  await tab.rows(`CREATE TASK t SCHEDULE = 1 MINUTE SUSPEND_TASK_AFTER_NUM_FAILURES = 2 AS SELECT * FROM nowhere;
    ALTER TASK t RESUME`);
  here.advance(MINUTE);
  await eventually(tab, 'SELECT state FROM system.task_history', [['FAILED']]);
  here.advance(MINUTE);
  await eventually(tab, 'SELECT state FROM system.tasks', [['Suspended']]);
  here.advance(5 * MINUTE);
  expect(await tab.rows('SELECT count() FROM system.task_history')).toEqual([['2']]);
  // A run of another engine that is still at it.
  const release = await here.host.locks.hold('task-run/other', new AbortController().signal);
  const transaction = tab.core.services.warehouse.begin();
  const [run] = transaction.state().taskRuns.values();
  if (run) transaction.recordRun({ ...run, id: 'other', state: 'EXECUTING', completedOn: undefined });
  await transaction.commit(new AbortController().signal);
  await tab.rows('EXECUTE TASK t');
  const newest = 'SELECT state, exception_text FROM TASK_HISTORY(RESULT_LIMIT => 1)';
  expect(await tab.rows(newest)).toEqual([['SKIPPED', 'OVERLAPPING_EXECUTION: previous task run is still executing']]);
  release();
});

const BATCHES = tries(50, 500);

test(`a task that drains a stream every second loses and repeats nothing of ${BATCHES} batches`, async () => {
  const here = site();
  const leader = await openTab(here);
  const other = await openTab(here);
  await leader.rows(`CREATE TABLE source (id INT); CREATE STREAM pending ON TABLE source; CREATE TABLE sink (id INT);
    CREATE TASK drain SCHEDULE = 1 SECOND WHEN STREAM_STATUS('pending') = TRUE AS INSERT INTO sink SELECT id FROM pending;
    ALTER TASK drain RESUME`);
  for (let batch = 0; batch < BATCHES; batch++) {
    here.advance(1000);
    const tab = batch % 2 === 0 ? leader : other;
    await tab.rows(`INSERT INTO source SELECT ${batch} * 3 + number FROM numbers(3)`);
  }
  const pending = async () => {
    here.advance(1000);
    return other.rows('SELECT count(*) FROM pending');
  };
  await expect.poll(pending, { timeout: 60_000, interval: 50 }).toEqual([['0']]);
  const total = String(BATCHES * 3);
  const drained = await other.rows('SELECT count(*), count(DISTINCT id), min(id), max(id) FROM sink');
  expect(drained).toEqual([[total, total, '0', String(BATCHES * 3 - 1)]]);
  const failed = "SELECT count() FROM system.task_history WHERE state NOT IN ('SUCCEEDED', 'SKIPPED', 'EXECUTING')";
  expect(await other.rows(failed)).toEqual([['0']]);
  const [[drains] = []] = await other.rows("SELECT count() FROM system.task_history WHERE state = 'SUCCEEDED'");
  expect(Number(drains)).toBeGreaterThan(1);
}, 600_000);

test('a run that was skipped for one that was cut off then is made up for', async () => {
  const here = site();
  const tab = await openTab(here);
  await tab.rows(`CREATE TABLE a (n INT); CREATE TABLE b (n INT);
    CREATE TASK load SCHEDULE = 1 MINUTE AS INSERT INTO a VALUES (1);
    CREATE TASK follow AFTER 'load' AS INSERT INTO b VALUES (1); ALTER TASK follow RESUME`);
  // The child of an engine that is gone, whose lock the others still see.
  const release = await here.host.locks.hold('task-run/other', new AbortController().signal);
  const transaction = tab.core.services.warehouse.begin();
  const task = findTask(transaction.state(), 'follow');
  transaction.recordRun({
    ...{ id: 'other', taskId: task.id, task: task.name, definition: task.definition, rootTaskId: task.id },
    ...{ trigger: 'Predecessors', state: 'EXECUTING', atomic: true, interrupted: false, queryId: 'other', attempt: 1 },
    ...{ scheduledOn: here.host.now(), completedOn: undefined, errorCode: 0, errorText: undefined },
  });
  await transaction.commit(new AbortController().signal);
  await tab.rows('EXECUTE TASK load');
  const follows = "SELECT state FROM system.task_history WHERE name = 'follow' ORDER BY state";
  expect(await tab.rows(follows)).toEqual([['EXECUTING'], ['SKIPPED']]);
  release();
  await eventually(tab, follows, [['CANCELLED'], ['SKIPPED'], ['SUCCEEDED']]);
  expect(await tab.rows('SELECT (SELECT count() FROM a), (SELECT count() FROM b)')).toEqual([['1', '1']]);
});

test('what fails outside of a run is kept in the history of queries, and tried again', async () => {
  const here = site();
  const store = faultStore(here.store);
  const tab = await openTab(here, store);
  await tab.rows('CREATE TABLE a (n INT); CREATE TASK t SCHEDULE = 1 MINUTE AS INSERT INTO a VALUES (1)');
  await tab.rows('ALTER TASK t RESUME');
  await tab.core.services.history.flush();
  store.arm({ at: 1, mode: 'fails' });
  here.advance(MINUTE);
  await expect.poll(() => store.calls(), { timeout: 60_000 }).toBeGreaterThan(1);
  await eventually(tab, 'SELECT count() FROM a', [['1']]);
  const failures = "SELECT count() FROM system_history.query_history WHERE exception_text LIKE '%the store fails at%'";
  expect(await tab.rows(failures)).toEqual([['1']]);
});

const KILLS = tries(5, 50);

test(`an engine that is killed leaves every run done once or not at all (${KILLS} kills)`, async () => {
  const calls = await callsOfRound();
  for (let kill = 0; kill < KILLS; kill++) await killAt(1 + Math.floor((kill * calls) / KILLS));
}, 1_800_000);

const GRAPH = `CREATE TABLE a (n INT); CREATE TABLE b (n INT); CREATE TABLE c (n INT);
  CREATE TASK load SCHEDULE = 1 MINUTE AS INSERT INTO a VALUES (1);
  CREATE TASK twice AFTER 'load' AS BEGIN INSERT INTO b VALUES (1); INSERT INTO c VALUES (1); END;
  ALTER TASK twice RESUME; ALTER TASK load RESUME`;

const SUCCEEDED =
  "SELECT count_if(name = 'load'), count_if(name = 'twice') FROM system.task_history WHERE state = 'SUCCEEDED'";

async function armedTab(here: Site): Promise<{ readonly tab: Tab; readonly store: FaultStore }> {
  const store = faultStore(here.store);
  const tab = await openTab(here, store);
  await tab.rows(GRAPH);
  return { tab, store };
}

/** How often the store is called while the graph runs. */
async function callsOfRound(): Promise<number> {
  const here = site();
  const { tab, store } = await armedTab(here);
  store.arm();
  here.advance(MINUTE);
  await eventually(tab, SUCCEEDED, [['1', '1']]);
  return store.calls();
}

async function killAt(at: number): Promise<void> {
  const here = site();
  const { tab, store } = await armedTab(here);
  store.arm({ at, mode: 'dies after' });
  here.advance(MINUTE);
  await expect.poll(() => store.calls(), { timeout: 60_000, interval: 20 }).toBeGreaterThanOrEqual(at);
  void tab.scheduler.stop();
  tab.host.end();
  const next = await openTab(here);
  await eventually(next, SUCCEEDED, [['1', '1']]);
  const counts = 'SELECT (SELECT count() FROM a), (SELECT count() FROM b), (SELECT count() FROM c)';
  expect(await next.rows(counts)).toEqual([['1', '1', '1']]);
  here.advance(MINUTE);
  await eventually(next, SUCCEEDED, [['2', '2']]);
  expect(await next.rows(counts)).toEqual([['2', '2', '2']]);
  await next.scheduler.stop();
}
