import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Switch } from '../../components/Field.tsx';
import { Histogram } from '../../components/Histogram.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import { TypeNameGlyph } from '../../components/TypeGlyph.tsx';
import { typeKindOf } from '../../components/type-kind.ts';
import { isSystemDatabase, type Table, type TableColumn, tableText } from '../../data/catalog.ts';
import { type ColumnStats, columnStats, measureOf } from '../../data/column-stats.ts';
import { keys } from '../../data/keys.ts';
import { nullCounts } from '../../data/table-facts.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';

type Words = Messages['catalog']['detail'];

/** Above it statistics wait to be asked for. */
const MOST_ROWS = 1_000_000;

export interface TableColumnsProps {
  readonly table: Table;
  readonly columns: readonly TableColumn[];
}

/** Names, types, defaults and comments; statistics are asked for the columns in view and given up when they leave it. */
export function TableColumns({ table, columns }: TableColumnsProps) {
  const { detail: words } = useMessages().catalog;
  const [chosen, setShown] = useState<boolean>();
  const isShown = chosen ?? (table.rows ?? 0) <= MOST_ROWS;
  const isKept = table.kind === 'Table' && !isSystemDatabase(table.database);
  const { data: nulls } = useQuery({ ...nullCounts(table), enabled: isKept });
  const heads = useMemo(() => columnHeads(words), [words]);
  const stats = useMemo(() => statHeads(words, table, nulls), [words, table, nulls]);
  return (
    <>
      <div className="toolbar">
        <Switch label={words.statistics} isOn={isShown} onChange={setShown} />
        <span className="faint small">{words.statisticsHint}</span>
      </div>
      <RowTable
        label={words.columnsOf(table.name)}
        columns={isShown ? [...heads, ...stats] : heads}
        rows={columns}
        keyOf={({ name }) => name}
      />
    </>
  );
}

function columnHeads(words: Words): readonly RowTableColumn<TableColumn>[] {
  return [
    {
      ...{ id: 'name', head: words.column, width: 'minmax(140px, 1.2fr)' },
      show: ({ name, type }) => (
        <>
          <TypeNameGlyph name={type} />
          <span className="cut">{name}</span>
        </>
      ),
      compare: (a, b) => a.name.localeCompare(b.name),
    },
    {
      ...{ id: 'type', head: words.type, width: 'minmax(100px, 0.8fr)' },
      show: ({ type }) => <span className="mono cut">{type}</span>,
      compare: (a, b) => a.type.localeCompare(b.type),
    },
    {
      ...{ id: 'nullable', head: words.nullable, width: '90px' },
      show: ({ isNullable }) => <span className="faint">{isNullable ? words.mayBeNull : words.notNull}</span>,
    },
    {
      ...{ id: 'default', head: words.default, width: 'minmax(60px, 0.6fr)' },
      show: ({ defaultExpr }) => <span className="mono cut">{defaultExpr}</span>,
    },
    {
      ...{ id: 'comment', head: words.comment, width: 'minmax(60px, 0.8fr)' },
      show: ({ comment }) => (
        <span className="cut" title={comment}>
          {comment}
        </span>
      ),
    },
  ];
}

/** NULL shares come from the files' own figures and sort at once; the rest is a SELECT for each column in view. */
function statHeads(
  words: Words,
  table: Table,
  nulls: ReadonlyMap<string, number> | undefined,
): readonly RowTableColumn<TableColumn>[] {
  const share = ({ name }: TableColumn) => (table.rows ? (nulls?.get(name) ?? 0) / table.rows : 0);
  return [
    {
      ...{ id: 'nulls', head: words.nulls, width: '76px', isEnd: true },
      show: (column) => (
        <Stat {...{ table, column }} show={({ rows, nulls: count }) => rows > 0 && format.percent(count / rows)} />
      ),
      compare: (a, b) => share(a) - share(b),
    },
    {
      ...{ id: 'distinct', head: words.distinct, width: '84px', isEnd: true },
      show: (column) => (
        <Stat
          {...{ table, column }}
          show={({ distinct }) => distinct !== undefined && words.about(format.integer(distinct))}
        />
      ),
    },
    {
      ...{ id: 'range', head: words.range, width: 'minmax(120px, 1.2fr)' },
      show: (column) => (
        <Stat {...{ table, column }} show={({ min, max }) => min !== undefined && <Range {...{ min, max }} />} />
      ),
    },
    {
      ...{ id: 'spread', head: words.spread, width: 'minmax(80px, 0.8fr)' },
      show: (column) => <Stat {...{ table, column }} show={(stats) => <Spread stats={stats} />} />,
    },
  ];
}

interface StatProps {
  readonly table: Table;
  readonly column: TableColumn;
  readonly show: (stats: ColumnStats) => React.ReactNode;
}

function Stat({ table, column, show }: StatProps) {
  const { data, isError } = useQuery(
    columnStats(keys.table(table.database, table.name), {
      ...{ from: tableText(table), column: column.name, measure: measureOf(typeKindOf(column.type)) },
    }),
  );
  if (isError) return <span className="faint">–</span>;
  return data ? show(data) : <span className="faint">…</span>;
}

function Range({ min, max }: { readonly min: string; readonly max: string | undefined }) {
  const text = `${min} … ${max ?? ''}`;
  return (
    <span className="mono cut" title={text}>
      {text}
    </span>
  );
}

function Spread({ stats: { bins, top, rows } }: { readonly stats: ColumnStats }) {
  if (bins) return <Histogram counts={bins} />;
  const [first] = top ?? [];
  if (!first) return null;
  const text = `${first.value} ${format.percent(first.count / Math.max(1, rows))}`;
  return (
    <span
      className="faint cut"
      title={(top ?? []).map(({ value, count }) => `${value}: ${format.integer(count)}`).join('\n')}
    >
      {text}
    </span>
  );
}
