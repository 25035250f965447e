import { expect, test } from 'vitest';
import type { OperatorProfile } from '../execute/profile.ts';
import { testEngine } from '../test/engine.ts';

const engine = await testEngine();

await engine.run(`
  CREATE TABLE trip (id BIGINT, route INT, meters DOUBLE);
  INSERT INTO trip SELECT number, number % 3, number * 1.5 FROM numbers(3000);
  CREATE TABLE route (id INT, city INT, name VARCHAR);
  INSERT INTO route VALUES (0, 1, 'ring'), (1, 1, 'port'), (2, 2, 'hill');
  CREATE TABLE city (id INT, title VARCHAR);
  INSERT INTO city VALUES (1, 'Lyon'), (2, 'Graz');
  CREATE VIEW named AS SELECT id, name AS called FROM route;
`);

interface Seen {
  readonly name: string;
  readonly rows: number;
  readonly text: readonly string[];
}

async function profile(query: string): Promise<OperatorProfile & { readonly seen: readonly Seen[] }> {
  const [[line] = []] = await engine.rows(`EXPLAIN ANALYZE GRAPHICAL ${query}`);
  const told: OperatorProfile = JSON.parse(String(line));
  const seen = told.operators.map(({ name, rows, spans }) => ({
    ...{ name, rows },
    text: spans.map(({ start, end }) => query.slice(start, end)),
  }));
  return { ...told, seen };
}

const of = (seen: readonly Seen[], name: string) => seen.filter((one) => one.name === name);

test('a join of three tables says what each operator does, how many rows it gave, and who takes them', async () => {
  const { seen, operators, rows, reading, computing } = await profile(
    'SELECT c.title, sum(t.meters) AS m FROM trip t JOIN route r ON t.route = r.id JOIN city c ON r.city = c.id GROUP BY c.title ORDER BY m DESC',
  );
  expect(rows).toBe(2);
  expect(of(seen, 'OrderBy')).toEqual([{ name: 'OrderBy', rows: 2, text: ['sum(t.meters)'] }]);
  expect(of(seen, 'HashGroupBy')).toEqual([{ name: 'HashGroupBy', rows: 2, text: ['c.title', 'sum(t.meters)'] }]);
  expect(new Set(of(seen, 'HashJoin').flatMap(({ text }) => text))).toEqual(
    new Set(['t.route = r.id', 'r.city = c.id']),
  );
  expect(of(seen, 'TableScan').map(({ rows: out, text }) => [text, out])).toEqual(
    expect.arrayContaining([
      [['trip t'], 3000],
      [['route r'], 3],
      [['city c'], 2],
    ]),
  );
  expect(operators.filter(({ parent }) => parent === undefined)).toHaveLength(1);
  expect(operators.every(({ id, parent }) => parent === undefined || parent < id)).toBe(true);
  expect(reading).toBeGreaterThan(0);
  expect(computing).toBeCloseTo(operators.reduce((sum, one) => sum + one.computing, 0));
});

test('the files of a scan are told, and that its rows were in memory the second time', async () => {
  const scanOf = async () => {
    const { operators } = await profile('SELECT route, count(*) FROM trip GROUP BY route');
    return operators.find(({ scan }) => scan)?.scan;
  };
  await scanOf();
  expect(await scanOf()).toMatchObject({
    ...{ relation: 'default.trip', resident: true, rows: 0, bytes: 0 },
    files: { total: 1, scanned: 1, rows: 3000 },
  });
});

test('rows that are streamed have a scan and what is made of its rows', async () => {
  const { seen, operators } = await profile("SELECT name FROM route WHERE name <> 'hill' AND id < 2");
  expect(seen).toEqual([
    { name: 'Filter', rows: 2, text: ["name <> 'hill'", 'id < 2'] },
    { name: 'TableScan', rows: 3, text: ['route'] },
  ]);
  expect(operators[1]?.scan).toMatchObject({ relation: 'default.route', rows: 3, resident: false });
});

test('a view is named where the statement names it, an inner query by its own clauses', async () => {
  const { seen } = await profile(
    'SELECT v.called, x.n FROM named v JOIN (SELECT route, count(*) AS n FROM trip WHERE meters > 30 GROUP BY route) x ON x.route = v.id ORDER BY 2 LIMIT 2',
  );
  expect(of(seen, 'TableScan').flatMap(({ text }) => text)).toEqual(expect.arrayContaining(['named v', 'trip']));
  expect(seen.flatMap(({ text }) => text)).toEqual(expect.arrayContaining(['route', 'count(*)', 'x.route = v.id']));
  expect(of(seen, 'TopN')).toMatchObject([{ rows: 2 }]);
});

test('two sides of the same table are two scans', async () => {
  const { seen } = await profile('SELECT count(*) FROM city a JOIN city b ON a.id < b.id AND a.title <> b.title');
  expect(
    of(seen, 'TableScan')
      .flatMap(({ text }) => text)
      .sort(),
  ).toEqual(['city a', 'city b']);
});

test('only queries have a profile', async () => {
  await expect(engine.rows('EXPLAIN ANALYZE GRAPHICAL INSERT INTO city VALUES (3, 1)')).rejects.toMatchObject({
    code: 1002,
  });
});

test('of staged files in a join only what its own WHERE may match is read, unless the join keeps their rows', async () => {
  await engine.run(`CREATE STAGE seen;
    COPY INTO @seen/a.parquet FROM (SELECT number::INT AS id FROM numbers(10)) SINGLE = TRUE;
    COPY INTO @seen/b.parquet FROM (SELECT (number + 100)::INT AS id FROM numbers(90)) SINGLE = TRUE;`);
  const readOf = async (from: string, where: string) => {
    const sql = `SELECT r.id, s.id FROM ${from} WHERE ${where} ORDER BY r.id`;
    const scan = (await profile(sql)).operators.find(({ scan }) => scan?.relation.startsWith('@seen'))?.scan;
    return { rows: await engine.rows(sql), groups: [scan?.rowGroups, scan?.rowGroupsTotal] };
  };
  const staged = '@seen s';
  const routes = [
    ['1', '1'],
    ['2', '2'],
  ];
  expect(await readOf(`${staged} JOIN route r ON r.id = s.id`, 's.id BETWEEN 1 AND 5')).toEqual({
    ...{ rows: routes, groups: [1, 2] },
  });
  expect(await readOf(`${staged} LEFT JOIN route r ON r.id = s.id`, 's.id BETWEEN 1 AND 2')).toEqual({
    ...{ rows: routes, groups: [1, 2] },
  });
  expect(await readOf(`route r LEFT JOIN ${staged} ON s.id = r.id + 98`, 's.id IS NULL')).toEqual({
    ...{
      rows: [
        ['0', null],
        ['1', null],
      ],
      groups: [2, 2],
    },
  });
});
