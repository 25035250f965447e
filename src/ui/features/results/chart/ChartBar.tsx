import { ChevronDown, Download } from 'lucide-react';
import type { Schema } from '../../../../engine/index.ts';
import { Button } from '../../../components/Button.tsx';
import { Select } from '../../../components/Field.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { Menu } from '../../../components/Menu.tsx';
import { AGGREGATES, CHART_KINDS, type ChartForm, chartColumns } from '../../../data/chart.ts';
import { isBucketed } from '../../../data/chart-query.ts';
import { measureOf } from '../../../data/column-stats.ts';
import { type Bucket, bucketsFor } from '../../../data/time-bucket.ts';
import { useMessages } from '../../../lib/messages/messages.ts';

export interface ChartBarProps {
  readonly columns: Schema;
  readonly form: ChartForm;
  /** Aggregates and histograms are asked by a statement. */
  readonly canAsk: boolean;
  /** By which times are taken together now. */
  readonly bucket: Bucket | undefined;
  readonly isTable: boolean;
  readonly onForm: (form: ChartForm) => void;
  readonly onTable: (isTable: boolean) => void;
  readonly onSave: (kind: 'svg' | 'png') => void;
}

/** Kind, axes, series and aggregate; then the values as a table, and the picture as a file. */
export function ChartBar({ columns, form, canAsk, bucket, isTable, onForm, onTable, onSave }: ChartBarProps) {
  const { chart: words } = useMessages();
  const change = (part: Partial<ChartForm>) => onForm({ ...form, ...part });
  const kinds = CHART_KINDS.filter((kind) => canAsk || kind !== 'histogram');
  return (
    <div className="toolbar chart-bar" role="toolbar" aria-label={words.chart}>
      <Picker
        label={words.kind}
        value={form.kind}
        options={kinds.map((kind) => [kind, words.kinds[kind]])}
        onChange={(text) => change({ kind: kinds.find((kind) => kind === text) ?? 'bar' })}
      />
      <Axes {...{ columns, form, change }} />
      {canAsk && form.kind !== 'histogram' && (
        <Picker
          label={words.aggregate}
          value={form.aggregate}
          options={AGGREGATES.map((one) => [one, words.aggregates[one]])}
          onChange={(text) => change({ aggregate: AGGREGATES.find((one) => one === text) ?? 'none' })}
        />
      )}
      <BucketPicker {...{ columns, form, canAsk, bucket, change }} />
      <span className="grow" />
      <Button size="s" look="quiet" aria-pressed={isTable} onClick={() => onTable(!isTable)}>
        {words.values}
      </Button>
      <Menu
        align="end"
        entries={(['png', 'svg'] as const).map((kind) => ({
          kind: 'Action',
          label: words[kind],
          run: () => onSave(kind),
        }))}
        trigger={
          <Button size="s" look="quiet" icon={Download}>
            {words.save}
            <Icon of={ChevronDown} size="s" />
          </Button>
        }
      />
    </div>
  );
}

const AUTOMATIC = 'automatic';

interface BucketPickerProps extends Pick<ChartBarProps, 'columns' | 'form' | 'canAsk' | 'bucket'> {
  readonly change: (part: Partial<ChartForm>) => void;
}

/** How the times of the axis are taken together. */
function BucketPicker({ columns, form, canAsk, bucket, change }: BucketPickerProps) {
  const { chart: words } = useMessages();
  const usable = bucketsFor(columns.find(({ name }) => name === form.x)?.type);
  if (!canAsk || usable.length === 0 || !isBucketed(form)) return null;
  const chosen = [...usable, 'none' as const].find((one) => one === form.bucket);
  return (
    <Picker
      label={words.bucket}
      value={chosen ?? AUTOMATIC}
      options={[
        [AUTOMATIC, words.automatic(!chosen && bucket ? words.buckets[bucket] : undefined)],
        ...usable.map((one) => [one, words.buckets[one]] as const),
        ['none', words.buckets.none],
      ]}
      onChange={(text) => change({ bucket: [...usable, 'none' as const].find((one) => one === text) })}
    />
  );
}

interface AxesProps extends Pick<ChartBarProps, 'columns' | 'form'> {
  readonly change: (part: Partial<ChartForm>) => void;
}

const NONE = '';

function Axes({ columns, form, change }: AxesProps) {
  const { chart: words } = useMessages();
  const usable = chartColumns(columns);
  const isHistogram = form.kind === 'histogram';
  const named = (fits: (measure: ReturnType<typeof measureOf>) => boolean) =>
    usable.filter(({ type }) => fits(measureOf(type.kind))).map(({ name }) => [name, name] as const);
  return (
    <>
      <Picker
        label={words.x}
        value={form.x}
        options={named((measure) => !isHistogram || measure !== 'word')}
        onChange={(x) => change({ x })}
      />
      {!isHistogram && form.aggregate !== 'count' && (
        <Picker
          label={words.y}
          value={form.y[0] ?? NONE}
          options={named((measure) => measure === 'number')}
          onChange={(y) => change({ y: [y] })}
        />
      )}
      {!isHistogram && (
        <Picker
          label={form.kind === 'heatmap' ? words.lines : words.series}
          value={form.series ?? NONE}
          options={[[NONE, words.noSeries], ...named((measure) => form.kind === 'heatmap' || measure === 'word')]}
          onChange={(series) => change({ series: series === NONE ? undefined : series })}
        />
      )}
    </>
  );
}

interface PickerProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly onChange: (value: string) => void;
}

/** Its label stands before it. */
function Picker({ label, value, options, onChange }: PickerProps) {
  return (
    <div className="chart-picker">
      <Select
        {...{ label, value, onChange }}
        size="s"
        options={options.map(([one, shown]) => ({ value: one, label: shown }))}
      />
    </div>
  );
}
