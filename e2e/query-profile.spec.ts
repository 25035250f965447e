import { resolve } from 'node:path';
import { expect, test } from './app.ts';

const FRAMES = resolve('e2e/files/anatomy.parquet');

const TABLES = `CREATE TABLE route AS SELECT number AS id, number % 2 AS city, 'r' || number AS name FROM numbers(3);
CREATE TABLE city AS SELECT number AS id, 'c' || number AS title FROM numbers(2)`;

const JOIN = `SELECT c.title, avg(f.risk_score) AS risk
FROM @~/anatomy.parquet f
JOIN route r ON right(f.frame_id, 1)::INT % 3 = r.id
JOIN city c ON r.city = c.id
WHERE f.collected_at >= '2025-01-02 16:40:00'
GROUP BY c.title
ORDER BY risk DESC`;

const SCAN = /^StageScan .*anatomy\.parquet/;

test('32: a join is profiled as a graph and a list, shows its place in the SQL, and is compared with another run', async ({
  app,
}) => {
  await app.open();
  await app.drop(FRAMES);
  await expect(app.page.getByRole('tab', { name: 'anatomy.parquet' })).toBeVisible();
  await app.openWorksheet();
  await app.run(TABLES);
  await expect(app.result(/CREATE TABLE 2 rows/)).toBeVisible();
  await app.write(JOIN);
  await app.page.getByRole('button', { name: 'Profile', exact: true }).click();
  const graph = app.page.getByRole('list', { name: 'Operators, the last one first' });
  await expect(graph.getByRole('button', { name: /^HashJoin/ })).toHaveCount(2);
  await expect(graph.getByRole('button', { name: SCAN })).toBeVisible();
  await expect(app.page.getByRole('region', { name: 'Graph' })).toContainText('1,000 rows');
  const shares = await graph
    .getByRole('button')
    .evaluateAll((nodes) => nodes.map((node) => Number(/([\d.]+) %/.exec(node.textContent ?? '')?.[1])));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 0);

  const expensive = app.page.getByRole('region', { name: 'Most expensive' }).getByRole('button');
  const top = await expensive.evaluateAll((nodes) =>
    nodes.map((node) => Number(/([\d.]+) %/.exec(node.textContent ?? '')?.[1])),
  );
  expect(top).toEqual([...shares].sort((a, b) => b - a).slice(0, 3));

  await graph.getByRole('button', { name: SCAN }).click();
  const selected = app.page.getByRole('region', { name: 'Selected: StageScan' });
  await expect(selected).toContainText('Row groups2 of 8');
  await expect(selected).toContainText('@~/anatomy.parquet f');
  await expect(app.page.locator('.view-overlays .marked')).toHaveCount(1);
  // Beside the times: what was read of files, how much of that by the network, and what did not fit in memory.
  const whole = app.page.getByRole('region', { name: 'Whole query' });
  await expect(whole).toContainText(/Reading files[\d.]+ m?s.*Computing[\d.]+ m?s/);
  await expect(whole).toContainText(/Bytes read[\d.]+ KiBFrom the network0 BSpillednothing: queries compute in memory/);

  await app.page.getByRole('radio', { name: 'List' }).click();
  const list = app.page.getByRole('grid', { name: 'List' });
  await expect(list.getByRole('row')).toHaveCount(1 + shares.length);

  await app.page.getByRole('button', { name: 'Profile', exact: true }).click();
  const compare = app.page.getByRole('combobox', { name: 'Compare with' });
  await expect(compare.getByRole('option')).toHaveCount(2);
  await compare.selectOption({ index: 1 });
  await app.page.getByRole('radio', { name: 'List' }).click();
  await expect(list.getByRole('row', { name: /HashJoin/ }).first()).toContainText(/[+−][\d.]+ m?s/);

  await app.page.reload();
  await expect(compare.getByRole('option')).toHaveCount(2, { timeout: 60_000 });
  await graph.getByRole('button', { name: SCAN }).click();
  await expect(app.page.locator('.view-overlays .marked')).toHaveCount(1);

  await app.go('History');
  await app.page.getByRole('grid', { name: 'Statements that were run' }).getByText('EXPLAIN ANALYZE').first().click();
  await app.page.getByRole('complementary', { name: 'Statement' }).getByRole('button', { name: 'Profile' }).click();
  const past = app.page.getByRole('dialog', { name: 'Profile' });
  await expect(past.getByRole('list', { name: 'Operators, the last one first' })).toContainText('HashJoin');
});
