import './ChartPanel.css';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { type ResultInfo, type ShowSettings, toSqlError } from '../../../../engine/index.ts';
import { ErrorCard } from '../../../components/ErrorCard.tsx';
import { EmptyState, Skeleton } from '../../../components/Feedback.tsx';
import { type ChartForm, formFits, guessForm, valueNames } from '../../../data/chart.ts';
import { chartChoices, chooseChart } from '../../../data/chart-choice.ts';
import type { ChartSeries } from '../../../data/chart-points.ts';
import { type ChartAnswer, chartAnswer } from '../../../data/chart-query.ts';
import { measureOf } from '../../../data/column-stats.ts';
import { saveBlob } from '../../../data/download.ts';
import type { ViewFilter } from '../../../data/result-view.ts';
import { announce } from '../../../lib/announce.ts';
import { useMessages } from '../../../lib/messages/messages.ts';
import { useStore } from '../../../lib/store.ts';
import { toast } from '../../../lib/toasts.ts';
import { ChartBar } from './ChartBar.tsx';
import { ChartDrawing } from './ChartDrawing.tsx';
import { ChartFoot, Legend, ValueTable } from './ChartParts.tsx';
import { pngPicture, svgPicture } from './chart-canvas.ts';
import { axisOf, chartLook, chartOption } from './chart-option.ts';
import { type Drawn, inPlace } from './drawn.ts';

export interface ChartPanelProps {
  readonly worksheet: string;
  /** Absent where the rows cannot be asked for again. */
  readonly query: string | undefined;
  readonly result: ResultInfo;
  readonly settings: ShowSettings;
  /** Narrows the rows to those that a part of the chart stands for; absent where they cannot be asked for again. */
  readonly onFilter: ((filter: ViewFilter) => void) | undefined;
}

/** More would share colours, and hide one another. */
const MOST_SERIES = 24;
const PICTURE = { width: 1200, height: 640 } as const;

/** The rows of a result as a chart that its column types suggest and the person changes. */
export function ChartPanel({ worksheet, query, result, settings, onFilter }: ChartPanelProps) {
  const { chart: words } = useMessages();
  const kept = useStore(chartChoices)[worksheet]?.form;
  const canAsk = query !== undefined;
  const { columns, rows } = result;
  const form = kept && formFits(kept, columns) ? kept : guessForm(columns, rows, canAsk);
  if (!form) return <EmptyState>{words.none}</EmptyState>;
  return <FormedChart {...{ worksheet, query, result, settings, onFilter, form }} />;
}

function FormedChart({ form, onFilter, ...source }: ChartPanelProps & { readonly form: ChartForm }) {
  const { chart: words } = useMessages();
  const { worksheet, query, result } = source;
  const [isTable, setTable] = useState(false);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const { data, error } = useQuery({ ...chartAnswer(source, form), placeholderData: (before) => before });
  const drawn = useMemo(() => data && drawnOf(data, { form, result, hidden }), [data, form, result, hidden]);
  const save = async (kind: 'svg' | 'png') => {
    if (!drawn) return;
    try {
      announce(words.saved(await savePicture(drawn, kind)));
    } catch (failure) {
      toast({ title: words.notSaved, text: toSqlError(failure).message, isFailure: true });
    }
  };
  return (
    <div className="chart">
      <ChartBar
        {...{ columns: result.columns, form, isTable, canAsk: query !== undefined, bucket: data?.bucket }}
        onForm={(changed) => chooseChart(worksheet, { form: changed })}
        onTable={setTable}
        onSave={(kind) => void save(kind)}
      />
      {error && <ErrorCard error={error} />}
      {!data && !error && <Skeleton lines={6} />}
      {data && drawn && !isTable && (
        <>
          {form.kind !== 'heatmap' && <Legend {...{ series: shownSeries(data), hidden, onHidden: setHidden }} />}
          {drawn.series.length > 0 ? (
            <ChartDrawing
              label={labelOf(drawn, words)}
              drawn={drawn}
              x={result.columns.find(({ name }) => name === form.x)}
              onFilter={onFilter}
            />
          ) : (
            <EmptyState>{words.noPoints}</EmptyState>
          )}
        </>
      )}
      {data && drawn && isTable && <ValueTable series={data.series} drawn={drawn} />}
      {data && <ChartFoot answer={data} rows={result.rows} shown={shownSeries(data).length} />}
    </div>
  );
}

const shownSeries = ({ series }: ChartAnswer): readonly ChartSeries[] => series.slice(0, MOST_SERIES);

interface DrawnParts {
  readonly form: ChartForm;
  readonly result: ResultInfo;
  readonly hidden: ReadonlySet<string>;
}

function drawnOf(answer: ChartAnswer, { form, result, hidden }: DrawnParts): Drawn {
  const series = shownSeries(answer).map(({ name, points }, at) => ({ name, points: inPlace(points), at }));
  const type = result.columns.find(({ name }) => name === form.x)?.type.kind;
  return {
    kind: form.kind,
    series: series.filter(({ name }) => !hidden.has(name)),
    axis: axisOf(series, form.kind, measureOf(type) === 'time'),
    xName: form.x,
    yName: valueNames(form).join(', '),
  };
}

type Words = ReturnType<typeof useMessages>['chart'];

function labelOf({ kind, series, xName, yName }: Drawn, words: Words): string {
  const points = series.reduce((sum, one) => sum + one.points.length, 0);
  return words.label(words.kinds[kind], yName, xName, String(points));
}

/** In the colours of the page, with a legend of its own. */
async function savePicture(drawn: Drawn, kind: 'svg' | 'png'): Promise<string> {
  const name = `chart.${kind}`;
  const svg = svgPicture(chartOption(drawn, chartLook(document.documentElement), true), PICTURE);
  saveBlob(name, kind === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await pngPicture(svg, PICTURE));
  return name;
}
