import type { CustomSeriesRenderItemAPI } from 'echarts';
import { type ChartLook, categories, type Drawn } from './drawn.ts';

const FAINTEST = 0.06;
const GAP = 1;

/** A rectangle between two words, that is the darker the greater its value. */
const cell = (_: unknown, api: CustomSeriesRenderItemAPI) => {
  const [x = 0, y = 0] = api.coord([api.value(0), api.value(1)]);
  const [width = 0, height = 0] = (api.size?.([1, 1]) ?? []) as readonly number[];
  const shape = { x: x - width / 2 + GAP, y: y - height / 2 + GAP, width: width - 2 * GAP, height: height - 2 * GAP };
  return { type: 'rect', shape, style: api.style() };
};

/** Each series is a row of cells. */
export function heatSeries(drawn: Drawn, look: ChartLook) {
  const values = drawn.series.flatMap(({ points }) => points.flatMap(({ yAt }) => (yAt === undefined ? [] : [yAt])));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const share = (value: number) => (high === low ? 1 : (value - low) / (high - low));
  const columns = new Map(categories(drawn).map((name, index) => [name, index]));
  return drawn.series.map(({ name, points }, row) => ({
    name,
    type: 'custom',
    renderItem: cell,
    encode: { x: 0, y: 1 },
    data: points.map((point) => ({
      value: [columns.get(point.x) ?? 0, row, point.yAt ?? '-'],
      point,
      itemStyle: {
        color: look.series[0],
        opacity: point.yAt === undefined ? 0 : FAINTEST + (1 - FAINTEST) * share(point.yAt),
      },
    })),
  }));
}
