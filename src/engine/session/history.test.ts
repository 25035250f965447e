import { expect, test, vi } from 'vitest';
import { SqlError } from '../base/errors.ts';
import { nodeHost } from '../cli/host.ts';
import type { EngineHost } from '../session/engine.ts';
import { openEngine } from '../session/engine.ts';
import type { QueryStart } from '../statements/context.ts';
import { memoryStore } from '../stores/memory.ts';
import { engineOver, type TestEngine } from '../test/engine.ts';
import { memoryHost } from '../warehouse/memory-host.ts';

/** Engines that share a warehouse, as tabs do. */
function tabs(now: () => number = Date.now) {
  const host = nodeHost({ data: undefined, version: '1.2.3' });
  const store = memoryStore();
  let warehouse = memoryHost({ now });
  const open = async (): Promise<TestEngine & { kill(): void }> => {
    warehouse = warehouse.sibling();
    const own = warehouse;
    const engine = await openEngine({ ...host, store, warehouse: own } satisfies EngineHost);
    return { ...engineOver(engine), kill: () => own.end() };
  };
  return { store, open };
}

const { signal } = new AbortController();

function begun(text: string): QueryStart {
  const where = { session: 's', startedBy: 'User', database: 'default', startedAt: Date.now() } as const;
  return { ...where, id: crypto.randomUUID().replaceAll('-', ''), head: 'SELECT', text };
}

/** How each statement ended, the oldest first. */
async function history({ core }: TestEngine): Promise<readonly string[]> {
  const records = await core.services.history.read(signal);
  return records.map(({ state, text }) => `${state} ${text}`);
}

async function lines(store: ReturnType<typeof memoryStore>): Promise<string> {
  const files: string[] = [];
  for await (const { path } of store.list('_history/', signal))
    files.push(new TextDecoder().decode(await store.read(path, signal)));
  return files.join('');
}

test('the history says what a statement was, how it ended, and what it read and gave', async () => {
  const { run, rows } = await tabs().open();
  await run('CREATE TABLE t (a INT); INSERT INTO t VALUES (1), (2); SELECT a FROM t');
  await run('SELECT nosuch\nFROM t');
  expect(
    await rows(`SELECT log_type, query_kind, written_rows, result_rows, scan_rows, handler_type, current_database,
      exception_code, server_version, query_duration_ms >= 0, length(query_id) FROM system_history.query_history
      WHERE log_type > 1 ORDER BY query_start_time, query_id`),
  ).toEqual(
    [
      ['2', 'Other', '0', '0', '0', '0'],
      ['2', 'Insert', '2', '1', '0', '0'],
      ['2', 'Query', '0', '2', '2', '0'],
      ['3', 'Query', '0', '0', '0', '1065'],
    ].map(([type, kind, written, result, scan, code]) => [
      ...[type, kind, written, result, scan, 'User', 'default', code, '1.2.3', true, '32'],
    ]),
  );
  const [[text] = []] = await rows('SELECT exception_text FROM system_history.query_history WHERE log_type = 3');
  expect(text).toContain(' --> SQL:1:8\n  |\n1 | SELECT nosuch\n  |        ^^^^^^');
});

test('no secret of a statement or of its error is written', async () => {
  const { store, open } = tabs();
  const { core, run, rows } = await open();
  await run("CREATE CONNECTION c STORAGE_TYPE = 's3' SECRET_ACCESS_KEY = 'hush-hush' nonsense");
  await run("CREATE CONNECTION c STORAGE_TYPE = 's3' SECRET_ACCESS_KEY = hush-hush ?");
  await core.services.history.flush();
  const written = await lines(store);
  expect(written).toContain("SECRET_ACCESS_KEY = '***'");
  expect(written).not.toMatch(/hush/);
  expect(JSON.stringify(await rows('SELECT * FROM system_history.query_history'))).not.toMatch(/hush/);
});

test('of a long statement, kept by its beginning, no secret is written either, nor by its error', async () => {
  const { store, open } = tabs();
  const { history: kept } = (await open()).core.services;
  const [url, key] = ['hush'.repeat(40), 'hush-hush'];
  const halved = `SELECT '${'x'.repeat(32_700)}', 'https://me:${url}@example.com/'`;
  const behind = `SELECT '${'x'.repeat(40_000)}' CONNECTION = (SECRET_ACCESS_KEY = '${key}')`;
  const counts = { writtenRows: 0, scanRows: 0, scanBytes: 0, resultRows: 0, resultBytes: 0 };
  kept.begin(begun(halved))({ ...counts, state: 'Finished', duration: 1, error: undefined });
  const error = new SqlError('SyntaxException', `nothing is called ${key}`, { span: { start: 0, end: 6 } });
  kept.begin(begun(behind))({ ...counts, state: 'Failed', duration: 1, error });
  await kept.flush();
  const written = await lines(store);
  expect(written).toContain('nothing is called ***');
  expect(written).not.toMatch(/hush/);
});

test('tabs see the statements of one another, and those that a closed tab left running as aborted', async () => {
  const { open } = tabs();
  const [one, two] = [await open(), await open()];
  await one.run('CREATE DATABASE d1');
  one.core.services.history.begin(begun('SELECT long'));
  await one.core.services.history.flush();
  expect(await history(two)).toEqual(['Finished CREATE DATABASE d1', 'Running SELECT long']);
  one.kill();
  expect(await history(two)).toEqual(['Finished CREATE DATABASE d1', 'Aborted SELECT long']);
});

test('what closed engines left is joined, and nothing of it is lost', async () => {
  const { store, open } = tabs();
  for (let i = 0; i < 20; i++) {
    const tab = await open();
    await tab.run(`CREATE DATABASE d${i}`);
    await tab.core.close();
    tab.kill();
  }
  const files: string[] = [];
  for await (const { path } of store.list('_history/', signal)) files.push(path);
  expect(files.length).toBeLessThan(8);
  const all = Array.from({ length: 20 }, (_, i) => `Finished CREATE DATABASE d${i}`);
  expect(new Set(await history(await open()))).toEqual(new Set(all));
});

test('what one engine writes is bounded too: its oldest statements go', async () => {
  const { store, open } = tabs();
  const { history: kept } = (await open()).core.services;
  for (let i = 0; i < 400; i++) {
    kept.begin(begun(`SELECT ${i}, '${'x'.repeat(32_000)}'`));
    await kept.flush();
  }
  const written = await lines(store);
  expect(written.length).toBeLessThan(9 * 1024 * 1024);
  expect(written).not.toContain('SELECT 0,');
  expect(written).toContain('SELECT 200,');
  expect(written).toContain('SELECT 399,');
});

test('TRUNCATE TABLE empties the history, that of other tabs too', async () => {
  const { open } = tabs();
  const [one, two] = [await open(), await open()];
  await one.run('CREATE DATABASE d1');
  await one.core.services.history.flush();
  await two.run('TRUNCATE TABLE system_history.query_history');
  await new Promise((resolve) => setTimeout(resolve, 2));
  await one.run('CREATE DATABASE d2');
  await one.core.services.history.flush();
  expect(await history(two)).toEqual(['Finished CREATE DATABASE d2']);
});

test('a statement that ends after a pause is on the disk at once', async () => {
  let time = Date.now();
  const { store, open } = tabs(() => time);
  const engine = await open();
  await engine.rows('SELECT 1');
  await expect.poll(() => lines(store)).toContain('SELECT 1');
  time += 600;
  const { history: written } = engine.core.services;
  // No time passes from here on: what waits for more statements stays unwritten.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const end = written.begin(begun('SELECT 42'));
  const nothing = { writtenRows: 0, scanRows: 0, scanBytes: 0, resultRows: 0, resultBytes: 0 };
  end({ ...nothing, state: 'Finished', duration: 1, error: undefined });
  await vi.advanceTimersByTimeAsync(0);
  vi.useRealTimers();
  await written.read(signal);
  engine.kill();
  expect(await lines(store)).toContain('SELECT 42');
});
