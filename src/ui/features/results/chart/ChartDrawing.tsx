import type { ECharts } from 'echarts/core';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Column } from '../../../../engine/index.ts';
import type { ViewFilter } from '../../../data/result-view.ts';
import { announce } from '../../../lib/announce.ts';
import { useShade } from '../../../lib/look.ts';
import { useMessages } from '../../../lib/messages/messages.ts';
import { brushFilter, pointFilter } from './chart-brush.ts';
import { drawIn } from './chart-canvas.ts';
import { chartLook, chartOption } from './chart-option.ts';
import type { Drawn } from './drawn.ts';
import { useBrush } from './use-brush.ts';

export interface ChartDrawingProps {
  readonly label: string;
  readonly drawn: Drawn;
  /** The column of the horizontal axis. */
  readonly x: Column | undefined;
  /** Called with what a drag along that axis, or Enter on a point, chooses. */
  readonly onFilter: ((filter: ViewFilter) => void) | undefined;
}

interface Place {
  readonly series: number;
  readonly point: number;
}

/** The chart itself: arrows go from point to point and from series to series, and each is told; Enter keeps its rows. */
export function ChartDrawing({ label, drawn, x, onFilter }: ChartDrawingProps) {
  const { chart: words } = useMessages();
  const shade = useShade();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(undefined);
  const place = useRef<Place>(undefined);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const made = drawIn(element);
    chart.current = made;
    const watcher = new ResizeObserver(() => made.resize());
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      made.dispose();
      chart.current = undefined;
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tokens change with the theme.
  useEffect(() => {
    place.current = undefined;
    if (box.current) chart.current?.setOption(chartOption(drawn, chartLook(box.current), false), { notMerge: true });
  }, [drawn, shade]);
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') chart.current?.dispatchAction({ type: 'hideTip' });
    if (event.key === 'Enter') return keepPoint();
    const next = placeAfter(event.key, place.current, drawn);
    const series = next && drawn.series[next.series];
    const point = series?.points[next?.point ?? 0];
    if (!next || !point) return;
    event.preventDefault();
    place.current = next;
    chart.current?.dispatchAction({ type: 'showTip', seriesIndex: next.series, dataIndex: next.point });
    announce(words.point(series.name, point.x, point.y));
  };
  const keep = (filter: ViewFilter | undefined) => filter && onFilter?.(filter);
  const keepPoint = () => {
    const { series, point } = place.current ?? {};
    const chosen = series === undefined || point === undefined ? undefined : drawn.series[series]?.points[point];
    if (x && chosen) keep(pointFilter(chosen, x));
  };
  const { stretch, ...pointer } = useBrush(chart, (brush) => x && keep(brushFilter(drawn, brush, x)));
  return (
    <div className="chart-area" {...(x && onFilter && pointer)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys go through its points. */}
      <div ref={box} className="chart-drawing" role="group" aria-label={label} tabIndex={0} onKeyDown={press} />
      {stretch && <span className="chart-brush" style={{ left: stretch.left, width: stretch.width }} />}
    </div>
  );
}

function placeAfter(key: string, place: Place | undefined, { series }: Drawn): Place | undefined {
  const { series: one, point } = place ?? { series: 0, point: -1 };
  const last = (index: number) => Math.max(0, (series[index]?.points.length ?? 0) - 1);
  switch (key) {
    case 'ArrowRight':
      return { series: one, point: Math.min(point + 1, last(one)) };
    case 'ArrowLeft':
      return { series: one, point: Math.max(point - 1, 0) };
    case 'Home':
      return { series: one, point: 0 };
    case 'End':
      return { series: one, point: last(one) };
    case 'ArrowUp':
    case 'ArrowDown': {
      const next = Math.min(Math.max(one + (key === 'ArrowDown' ? 1 : -1), 0), series.length - 1);
      return { series: next, point: Math.min(Math.max(point, 0), last(next)) };
    }
    default:
      return undefined;
  }
}
