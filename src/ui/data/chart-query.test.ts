import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { batchOf } from '../../engine/types/build/batch.ts';
import { plain } from '../../engine/types/type.ts';
import { MOST_POINTS } from './chart.ts';
import { chartAnswer } from './chart-query.ts';
import { lendRows, rowsToIpc } from './kept-rows.ts';

test('as many groups as a chart has points for are all of them', async () => {
  const columns = ['color', 'price'].map((name) => ({ name, type: plain('Int32'), nullable: false }));
  const batch = batchOf(
    columns,
    Array.from({ length: MOST_POINTS }, (_, row) => [row, 1]),
  );
  const result = { id: lendRows(rowsToIpc(batch)), columns, rows: MOST_POINTS, complete: true, affected: 0 };
  const source = { worksheet: 'none', query: undefined, result, settings: { timezone: 'UTC' } };
  const form = { kind: 'bar', x: 'color', y: ['price'], series: undefined, aggregate: 'sum' } as const;
  const { coverage, series } = await new QueryClient().fetchQuery(chartAnswer(source, form));
  expect([coverage, series.map(({ points }) => points.length)]).toEqual([{ kind: 'aggregated' }, [MOST_POINTS]]);
});
