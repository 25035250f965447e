import { expect, test } from 'vitest';
import { NO_PROGRESS, type ProgressCounts, type ProgressPhase, type ProgressSink } from '../../base/progress.ts';
import { runEvents } from '../../rpc/run-events.ts';
import type { WireEvent } from '../../rpc/wire.ts';
import { runWith, testEngine } from '../../test/engine.ts';

const engine = await testEngine();

/** Three files of 100 rows, the keys of each above those of the one before; `stop` has one of 3 rows. */
async function fill(): Promise<number> {
  await engine.rows(`CREATE OR REPLACE TABLE trip (id BIGINT, fare BIGINT) CLUSTER BY (fare);
INSERT INTO trip SELECT number, 300 - number FROM numbers(100);
INSERT INTO trip SELECT number + 100, 200 - number FROM numbers(100);
INSERT INTO trip SELECT number + 200, 100 - number FROM numbers(100);
CREATE OR REPLACE TABLE stop AS SELECT (number + 110)::BIGINT AS id, number::BIGINT AS fare FROM numbers(3)`);
  return sizeOf('trip');
}

async function sizeOf(table: string): Promise<number> {
  const [[bytes] = []] = await engine.rows(`SELECT data_compressed_size FROM system.tables WHERE name = '${table}'`);
  return Number(bytes);
}

interface Told {
  readonly phases: readonly ProgressPhase[];
  /** Each time that files were told, and whether something had been read by then. */
  readonly expected: readonly ProgressCounts[];
  readonly isBefore: boolean;
  readonly files: number;
  readonly rows: number;
  readonly bytes: number;
  readonly written: number;
}

async function toldBy(sql: string): Promise<Told> {
  const told = { phases: [] as ProgressPhase[], expected: [] as ProgressCounts[], isBefore: true };
  const counts = { files: 0, rows: 0, bytes: 0, written: 0 };
  const progress: ProgressSink = {
    phase: (phase) => told.phases.at(-1) !== phase && told.phases.push(phase),
    add(more) {
      counts.files += more.files ?? 0;
      counts.rows += more.rows ?? 0;
      counts.bytes += more.bytes ?? 0;
      counts.written += more.written ?? 0;
    },
    expect(totals) {
      if (totals.files === undefined) return;
      told.expected.push(totals);
      told.isBefore &&= counts.bytes === 0;
    },
    fileDone: () => {},
  };
  await runWith(engine, sql, { progress: () => progress });
  return { ...told, ...counts };
}

const all = (files: number, bytes: number) => ({ expected: [{ files, bytes }], isBefore: true, files });

test('UPDATE tells the files that its WHERE leaves before it reads one, each done once, and no byte twice', async () => {
  const bytes = await fill();
  const told = await toldBy('UPDATE trip SET fare = fare + 1');
  expect(told).toMatchObject({ ...all(3, bytes), rows: 300, written: 300 });
  expect(told.bytes).toBeLessThanOrEqual(bytes);
  expect(told.phases).toEqual(['planning', 'scanning', 'writing', 'committing']);
  expect(await toldBy('UPDATE trip SET fare = 0 WHERE id >= 200')).toMatchObject({
    ...all(1, expect.any(Number)),
    rows: 100,
    written: 100,
  });
  expect(await toldBy('UPDATE trip SET fare = 0 WHERE id = -1')).toMatchObject({ expected: [], files: 0, bytes: 0 });
});

test('DELETE tells its files in the same way, and one without WHERE reads none', async () => {
  const bytes = await fill();
  expect(await toldBy('DELETE FROM trip WHERE fare % 2 = 0')).toMatchObject({ ...all(3, bytes), rows: 300 });
  expect(await toldBy('DELETE FROM trip')).toMatchObject({ expected: [], files: 0, rows: 0 });
});

test('files of the source are told with those of the target, which are done unread where no key can match', async () => {
  const bytes = await fill();
  const both = bytes + (await sizeOf('stop'));
  const update = await toldBy('UPDATE trip SET fare = stop.fare FROM stop WHERE trip.id = stop.id');
  expect(update).toMatchObject({ ...all(4, both), rows: 103 });
  await fill();
  const matched = 'WHEN MATCHED THEN UPDATE SET fare = s.fare WHEN NOT MATCHED THEN INSERT *';
  const merge = await toldBy(`MERGE INTO trip USING stop s ON trip.id = s.id ${matched}`);
  expect(merge).toMatchObject({ ...all(4, both), rows: 103 });
  await fill();
  const derived = await toldBy(`MERGE INTO trip USING (SELECT id, fare FROM stop) s ON trip.id = s.id ${matched}`);
  expect(derived).toMatchObject({ ...all(4, both), rows: 103 });
  const fewRows = `MERGE INTO trip USING (SELECT 110 AS id, 5 AS fare) s ON trip.id = s.id ${matched}`;
  expect(await toldBy(fewRows)).toMatchObject({ ...all(1, expect.any(Number)), rows: 100 });
});

test('REPLACE tells the table with its source, whose keys are looked at once', async () => {
  const bytes = await fill();
  const told = await toldBy('REPLACE INTO trip ON (id) SELECT * FROM stop');
  expect(told).toMatchObject({ ...all(4, bytes + (await sizeOf('stop'))), rows: 103 });
  await fill();
  const values = await toldBy('REPLACE INTO trip ON (id) VALUES (5, 1)');
  expect(values).toMatchObject({ ...all(3, bytes), rows: 100 });
  expect(values.bytes).toBeLessThanOrEqual(bytes);
});

test.each([
  'OPTIMIZE TABLE trip COMPACT',
  'ALTER TABLE trip RECLUSTER FINAL',
  'ALTER TABLE trip MODIFY COLUMN fare VARCHAR',
  'ALTER TABLE trip ADD COLUMN tip BIGINT NOT NULL DEFAULT 3',
  'INSERT INTO stop SELECT * FROM trip',
  'CREATE OR REPLACE TABLE copied AS SELECT * FROM trip',
])('%s tells what it reads to write it anew', async (sql) => {
  const bytes = await fill();
  const told = await toldBy(sql);
  expect(told).toMatchObject({ ...all(3, bytes), rows: 300 });
  expect(told.bytes).toBeLessThanOrEqual(bytes);
  expect(told.phases.filter((phase) => phase !== 'executing')).toEqual([
    ...['planning', 'scanning', 'writing', 'committing'],
  ]);
});

const CHANGES = [
  'UPDATE trip SET fare = fare + 1',
  'DELETE FROM trip WHERE fare % 2 = 0',
  'MERGE INTO trip USING stop s ON trip.id <> s.id + 1000 WHEN MATCHED THEN DELETE',
  'REPLACE INTO trip ON (id) SELECT * FROM stop',
  'OPTIMIZE TABLE trip COMPACT',
  'ALTER TABLE trip RECLUSTER FINAL',
  'ALTER TABLE trip MODIFY COLUMN fare VARCHAR',
];

test('a change asks as a query does, by the bytes of its table and of its source', async () => {
  const bytes = (await fill()) + (await sizeOf('stop'));
  const update = 'UPDATE trip SET fare = stop.fare FROM stop WHERE trip.id = stop.id';
  const failures = async (limit: number) => {
    const events: WireEvent[] = [];
    const { results, services } = engine.core;
    await runWith(
      engine,
      update,
      runEvents(results, services.newId, (event) => events.push(event), limit),
    );
    return events.flatMap((event) => (event.kind === 'failed' ? [event.error.kind] : []));
  };
  expect(await failures(bytes - 1)).toEqual(['AbortedQuery']);
  expect(await failures(bytes)).toEqual([]);
});

const state = () => engine.rows('SELECT count(*), sum(id), sum(fare), min(typeof(fare)) FROM trip');

test.each(CHANGES)(
  '%s leaves the table as it was where it is refused, which is before it reads a byte',
  async (sql) => {
    await fill();
    const before = await state();
    let bytes = 0;
    const add = (more: ProgressCounts) => {
      bytes += more.bytes ?? 0;
    };
    const expectTotals = () => {
      throw new Error('too much');
    };
    const progress: ProgressSink = { ...NO_PROGRESS, add, expect: expectTotals };
    await expect(runWith(engine, sql, { progress: () => progress })).rejects.toThrow('too much');
    expect(bytes).toBe(0);
    expect(await state()).toEqual(before);
  },
);

test.each(CHANGES)('%s leaves the table as it was where it is cancelled between its files', async (sql) => {
  await fill();
  const before = await state();
  const controller = new AbortController();
  let isCancelled = false;
  const cancelled = () => {
    isCancelled = true;
  };
  const add = ({ rows = 0 }: ProgressCounts) => rows > 0 && controller.abort();
  await runWith(engine, sql, { progress: () => ({ ...NO_PROGRESS, add }), cancelled }, controller.signal);
  expect(isCancelled).toBe(true);
  expect(await state()).toEqual(before);
});
