import type { EChartsCoreOption } from 'echarts/core';
import type { ChartKind } from '../../../data/chart.ts';
import type { ChartPoint, ChartSeries } from '../../../data/chart-points.ts';
import { type ChartLook, categories, type Drawn, drawable } from './drawn.ts';
import { heatSeries } from './heat-option.ts';

const DASHES = ['solid', 'dashed', 'dotted'] as const;
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond'] as const;
const MOST_SYMBOLS = 60;

/** Reads colours from the tokens; the drawing is made anew when they change. */
export function chartLook(element: Element): ChartLook {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    series: Array.from({ length: 8 }, (_, index) => token(`--series-${index + 1}`)),
    ...{ ground: token('--bg-1'), line: token('--line'), text: token('--fg-1'), faint: token('--fg-2') },
    // Stands in attributes of the saved picture, between double quotes.
    font: token('--font-ui').replaceAll('"', "'"),
  };
}

export function axisOf(series: readonly ChartSeries[], kind: ChartKind, isTime: boolean): Drawn['axis'] {
  if (kind === 'bar' || kind === 'histogram' || kind === 'heatmap') return 'category';
  const hasPlaces = series.some(({ points }) => points.some(({ xAt }) => xAt !== undefined));
  if (!hasPlaces) return 'category';
  return isTime ? 'time' : 'value';
}

/** `legend` is for pictures that are saved: on the page the legend is a list of buttons. */
export function chartOption(given: Drawn, look: ChartLook, legend: boolean): EChartsCoreOption {
  const drawn = drawable(given);
  const label = { color: look.faint, fontSize: 11, fontFamily: look.font };
  const axis = { axisLabel: label, nameTextStyle: label, axisLine: { lineStyle: { color: look.line } } };
  const isHeat = drawn.kind === 'heatmap';
  const hasLegend = legend && drawn.series.length > 1 && !isHeat;
  return {
    animation: false,
    useUTC: true,
    backgroundColor: look.ground,
    textStyle: { fontFamily: look.font },
    grid: { left: 16, right: 24, top: hasLegend ? 48 : 32, bottom: 28, containLabel: true },
    ...(hasLegend && { legend: { top: 4, textStyle: label } }),
    tooltip: tooltip(drawn, look),
    aria: { enabled: false, decal: { show: drawn.series.length > 1 && drawn.kind === 'bar' } },
    xAxis: {
      ...axis,
      ...{ type: drawn.axis, name: drawn.xName, nameLocation: 'middle', nameGap: 26, scale: true },
      axisLabel: { ...label, hideOverlap: true },
      ...(drawn.axis === 'category' && { data: categories(drawn) }),
      splitLine: { show: false },
    },
    yAxis: {
      ...axis,
      ...{ name: drawn.yName, nameTextStyle: { ...label, align: 'left' } },
      ...(isHeat
        ? { type: 'category', inverse: true, data: drawn.series.map(({ name }) => name) }
        : { type: 'value', scale: drawn.kind === 'scatter' }),
      splitLine: { show: !isHeat, lineStyle: { color: look.line, opacity: 0.6 } },
    },
    series: isHeat ? heatSeries(drawn, look) : drawn.series.map((one) => seriesOption(one, drawn, look)),
  };
}

function seriesOption({ name, points, at }: Drawn['series'][number], { kind, axis }: Drawn, look: ChartLook) {
  const color = look.series[at % look.series.length];
  const isLine = kind === 'line' || kind === 'area';
  return {
    name,
    type: isLine ? 'line' : kind === 'scatter' ? 'scatter' : 'bar',
    data: points.map((point) => ({
      value: [axis === 'category' ? point.x : (point.xAt ?? '-'), point.yAt ?? '-'],
      point,
    })),
    itemStyle: { color, ...(at % 8 === 6 && { borderColor: look.faint, borderWidth: 1 }) },
    ...(isLine && {
      lineStyle: { color, width: 2, type: DASHES[at % DASHES.length] },
      showSymbol: points.length <= MOST_SYMBOLS,
    }),
    ...(kind === 'area' && { areaStyle: { color, opacity: 0.18 } }),
    ...(kind !== 'bar' && kind !== 'histogram' && { symbol: SYMBOLS[at % SYMBOLS.length], symbolSize: isLine ? 5 : 7 }),
    ...(kind === 'histogram' && { barCategoryGap: '4%' }),
    ...(kind === 'bar' && { barMaxWidth: 48 }),
  };
}

/** Drawn, not written as HTML: whatever a value holds is shown as text. */
function tooltip({ kind, axis }: Drawn, look: ChartLook) {
  return {
    renderMode: 'richText',
    trigger: kind === 'scatter' || kind === 'heatmap' ? 'item' : 'axis',
    axisPointer: { type: axis === 'category' && kind !== 'line' && kind !== 'area' ? 'shadow' : 'line' },
    ...{ confine: true, backgroundColor: look.ground, borderColor: look.line },
    textStyle: { color: look.text, fontSize: 12, fontFamily: look.font },
    formatter: (params: unknown) => tipText(Array.isArray(params) ? params : [params]),
  };
}

/** The exact texts of the points under the pointer. */
function tipText(items: readonly unknown[]): string {
  const told = items.flatMap((item) => {
    const point = pointIn(item);
    return point ? [{ ...point, name: nameIn(item) }] : [];
  });
  const [first] = told;
  return first ? [first.x, ...told.map(({ name, y }) => `${name}: ${y}`)].join('\n') : '';
}

interface Marked {
  readonly data: { readonly point: ChartPoint };
}

function pointIn(item: unknown): ChartPoint | undefined {
  return isMarked(item) ? item.data.point : undefined;
}

function isMarked(item: unknown): item is Marked {
  if (typeof item !== 'object' || item === null || !('data' in item)) return false;
  return typeof item.data === 'object' && item.data !== null && 'point' in item.data;
}

function nameIn(item: unknown): string {
  return typeof item === 'object' && item !== null && 'seriesName' in item ? String(item.seriesName) : '';
}
