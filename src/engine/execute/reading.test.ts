import { expect, test } from 'vitest';
import { NO_PROGRESS, type ProgressCounts } from '../base/progress.ts';
import { runWith, testEngine } from '../test/engine.ts';

const engine = await testEngine();
await engine.run(`CREATE TABLE trip AS SELECT number AS id, number % 3 AS route FROM numbers(3000);
INSERT INTO trip SELECT number, 7 FROM numbers(10);
CREATE TABLE route AS SELECT number AS id, 'r' || number AS name FROM numbers(3);`);

interface Told {
  /** What was to be read in all, each time that it was told. */
  readonly expected: readonly ProgressCounts[];
  /** What had been read when it was told last. */
  readonly readBefore: number;
  readonly files: number;
}

async function toldBy(sql: string): Promise<Told> {
  const told = { expected: [] as ProgressCounts[], readBefore: 0, files: 0, bytes: 0 };
  const progress = {
    ...NO_PROGRESS,
    add: ({ files = 0, bytes = 0 }: ProgressCounts) => {
      told.files += files;
      told.bytes += bytes;
    },
    expect: (counts: ProgressCounts) => {
      if (counts.files === undefined) return;
      told.expected.push(counts);
      told.readBefore = told.bytes;
    },
  };
  await runWith(engine, sql, { progress: () => progress });
  return told;
}

const JOIN = 'SELECT r.name, count(t.id) FROM trip t JOIN route r ON t.route = r.id GROUP BY r.name';

test('all files of a join are told before the first is read, and none once their rows are in memory', async () => {
  const [[bytes] = []] = await engine.rows(
    "SELECT sum(data_compressed_size) FROM system.tables WHERE name IN ('trip', 'route')",
  );
  const first = await toldBy(JOIN);
  expect(first).toMatchObject({ expected: [{ files: 3, bytes: Number(bytes) }], readBefore: 0, files: 3 });
  expect(await toldBy(JOIN)).toMatchObject({ expected: [], files: 0 });
});

test('the files that stream through a query are told with those that are loaded for it, before the first is read', async () => {
  await engine.run(`CREATE TABLE leg AS SELECT number AS id FROM numbers(500); INSERT INTO leg VALUES (501);
CREATE TABLE stop_of AS SELECT number AS id FROM numbers(7)`);
  const [[bytes] = []] = await engine.rows(
    "SELECT sum(data_compressed_size) FROM system.tables WHERE name IN ('leg', 'stop_of')",
  );
  const told = await toldBy('SELECT id, (SELECT max(id) FROM stop_of) FROM leg');
  expect(told).toEqual({
    expected: [{ files: 3, bytes: Number(bytes) }],
    readBefore: 0,
    files: 3,
    bytes: expect.any(Number),
  });
  const profiled =
    'EXPLAIN ANALYZE GRAPHICAL SELECT l.id, count(*) FROM leg l JOIN stop_of s ON l.id = s.id GROUP BY l.id';
  await engine.run('INSERT INTO leg VALUES (502); INSERT INTO stop_of VALUES (502)');
  expect(await toldBy(profiled)).toMatchObject({ expected: [{ files: 4 }], readBefore: 0, files: 4 });
});

test.each(['FROM @~/legs/', 'FROM (SELECT t.id + 1 FROM @~/legs/ t)'])(
  'COPY %s counts each of its files once',
  async (from) => {
    await engine.run('REMOVE @~/legs/; COPY INTO @~/legs/a/ FROM trip FILE_FORMAT = (TYPE = PARQUET)');
    await engine.run('COPY INTO @~/legs/b/ FROM trip FILE_FORMAT = (TYPE = PARQUET)');
    await engine.run('CREATE OR REPLACE TABLE leg2 (id BIGINT UNSIGNED NULL)');
    const told = await toldBy(`COPY INTO leg2 ${from} FILE_FORMAT = (TYPE = PARQUET)`);
    expect(told).toMatchObject({ expected: [{ files: 2 }], readBefore: 0, files: 2 });
  },
);

test('a scan that a limit ends says how many files there are, and promises no bytes', async () => {
  await engine.run('CREATE TABLE stop AS SELECT number AS id FROM numbers(10); INSERT INTO stop VALUES (11)');
  expect((await toldBy('SELECT * FROM stop LIMIT 5')).expected).toEqual([{ files: 2 }]);
  expect((await toldBy('SELECT * FROM stop')).expected).toMatchObject([{ files: 2, bytes: expect.any(Number) }]);
});
