import { Copy } from 'lucide-react';
import { Button } from '../../../components/Button.tsx';
import { RowTable } from '../../../components/RowTable.tsx';
import type { ChartPoint, ChartSeries } from '../../../data/chart-points.ts';
import type { ChartAnswer } from '../../../data/chart-query.ts';
import { announce } from '../../../lib/announce.ts';
import { copyText } from '../../../lib/clipboard.ts';
import { format } from '../../../lib/format.ts';
import { useMessages } from '../../../lib/messages/messages.ts';
import type { Drawn } from './drawn.ts';

export interface LegendProps {
  readonly series: readonly ChartSeries[];
  readonly hidden: ReadonlySet<string>;
  readonly onHidden: (hidden: ReadonlySet<string>) => void;
}

/** One button a series, which shows and hides it. */
export function Legend({ series, hidden, onHidden }: LegendProps) {
  const { chart: words } = useMessages();
  if (series.length < 2) return null;
  const toggle = (name: string) => {
    const next = new Set(hidden);
    if (!next.delete(name)) next.add(name);
    onHidden(next);
  };
  return (
    <div className="chart-legend" role="group" aria-label={words.legend}>
      {series.map(({ name }, at) => (
        <button key={name} type="button" aria-pressed={!hidden.has(name)} onClick={() => toggle(name)}>
          <span className="chart-key" style={{ background: `var(--series-${(at % 8) + 1})` }} />
          <span className="cut">{name}</span>
        </button>
      ))}
    </div>
  );
}

interface ValueRow extends ChartPoint {
  readonly series: string;
  readonly key: string;
}

export interface ValueTableProps {
  readonly series: readonly ChartSeries[];
  readonly drawn: Drawn;
}

/** The same numbers, to be read. */
export function ValueTable({ series, drawn }: ValueTableProps) {
  const { chart: words } = useMessages();
  const rows = series.flatMap(({ name, points }) =>
    points.map((point, index): ValueRow => ({ ...point, series: name, key: `${name}/${index}` })),
  );
  return (
    <div className="chart-values">
      <RowTable
        label={words.valuesOf(drawn.yName)}
        rows={rows}
        keyOf={({ key }) => key}
        columns={[
          { id: 'x', head: drawn.xName, width: 'minmax(0, 2fr)', show: ({ x }) => x },
          { id: 'series', head: words.series, width: 'minmax(0, 1fr)', show: ({ series: name }) => name },
          { id: 'y', head: drawn.yName, width: 'minmax(0, 1fr)', isEnd: true, show: ({ y }) => y },
        ]}
      />
    </div>
  );
}

export interface ChartFootProps {
  readonly answer: ChartAnswer;
  readonly rows: number;
  /** Series that are drawn. */
  readonly shown: number;
}

/** Which rows the points stand for, and the statement that gave them. */
export function ChartFoot({ answer, rows, shown }: ChartFootProps) {
  const { chart: words } = useMessages();
  const { series, sql } = answer;
  const copy = async () => {
    await copyText(`${sql};`);
    announce(words.copied);
  };
  return (
    <p className="chart-foot">
      <span>{coverageWords(answer, rows, words)}</span>
      {shown < series.length && <span>{words.seriesCut(format.integer(shown), format.integer(series.length))}</span>}
      {sql !== undefined && (
        <Button size="s" look="quiet" icon={Copy} onClick={() => void copy()}>
          {words.copySql}
        </Button>
      )}
    </p>
  );
}

type Words = ReturnType<typeof useMessages>['chart'];

function coverageWords({ coverage, series }: ChartAnswer, rows: number, words: Words): string {
  const points = format.integer(series.reduce((sum, one) => sum + one.points.length, 0));
  const all = format.integer(rows);
  switch (coverage.kind) {
    case 'all':
      return words.rows(all);
    case 'aggregated':
      return words.aggregated(points, all);
    case 'firstGroups':
      return words.firstGroups(points, all);
    case 'sampled':
      return words.sampled(format.integer(coverage.step), all);
    case 'first':
      return words.firstOf(format.integer(coverage.rows), all);
  }
}
