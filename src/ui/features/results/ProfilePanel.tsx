import { useQuery } from '@tanstack/react-query';
import { ArrowDownWideNarrow, SquareTerminal, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button, IconButton } from '../../components/Button.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { PaneHead } from '../../components/frame/Place.tsx';
import { Histogram } from '../../components/Histogram.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import { TypeNameGlyph } from '../../components/TypeGlyph.tsx';
import { typeKindOf } from '../../components/type-kind.ts';
import { binsFilter } from '../../data/bins-filter.ts';
import { allColumns, isSystemDatabase, type TableColumn, tableText } from '../../data/catalog.ts';
import { type ColumnStats, columnNulls, columnStats, measureOf } from '../../data/column-stats.ts';
import { keys } from '../../data/keys.ts';
import { showSql } from '../../data/open-files.ts';
import { filterText, type ViewFilter } from '../../data/result-view.ts';
import { closeProfile, type ShownProfile } from '../../data/shown-stats.ts';
import { nullCounts } from '../../data/table-facts.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';

/** Larger tables show what so many of their first rows are like until all are counted. */
const SAMPLE_ROWS = 10_000;

interface ProfiledRows {
  readonly from: string;
  readonly key: readonly unknown[];
  /** More rows than a sample has, or nobody knows. */
  readonly isLarge: boolean;
  readonly onFilter: (filter: ViewFilter) => void;
}

/** All columns of a table, one below the other; those in view are asked for, a brush keeps the rows that it covers. */
export function ProfilePanel({ shown }: { readonly shown: ShownProfile }) {
  const { stats: words } = useMessages();
  const [filters, setFilters] = useState<readonly ViewFilter[]>([]);
  const [isByNulls, setByNulls] = useState(false);
  const table = tableText(shown);
  const where = filters.map(filterText).join(' AND ');
  const from = where === '' ? table : `(SELECT * FROM ${table} WHERE ${where}) AS result`;
  const key = keys.table(shown.database, shown.name);
  const rows: ProfiledRows = {
    ...{ from, key: [...key, where], isLarge: (shown.rows ?? Number.POSITIVE_INFINITY) > SAMPLE_ROWS },
    onFilter: (filter) => setFilters((before) => [...before.filter(({ column }) => column !== filter.column), filter]),
  };
  const { columns, error } = useSortedColumns(shown, { from, key, isByNulls, isFiltered: where !== '' });
  const heads = useHeads(rows);
  return (
    <>
      <PaneHead title={shown.name}>
        <IconButton icon={X} size="s" label={words.close} onClick={closeProfile} />
      </PaneHead>
      <div className="toolbar profile-bar">
        <Button
          size="s"
          look="quiet"
          icon={ArrowDownWideNarrow}
          aria-pressed={isByNulls}
          onClick={() => setByNulls(!isByNulls)}
        >
          {words.byNulls}
        </Button>
        {filters.map((filter) => (
          <span key={filter.column} className="pill">
            <span className="cut" title={filterText(filter)}>
              {filterText(filter)}
            </span>
            <IconButton
              icon={X}
              size="s"
              label={words.removeFilter(filter.column)}
              onClick={() => setFilters(filters.filter((other) => other !== filter))}
            />
          </span>
        ))}
        {where !== '' && (
          <Button
            size="s"
            look="quiet"
            icon={SquareTerminal}
            onClick={() => showSql(shown.name, `SELECT *\nFROM ${table}\nWHERE ${where};`)}
          >
            {words.openRows}
          </Button>
        )}
      </div>
      {error && <ErrorCard error={error} />}
      <RowTable label={words.title(shown.name)} columns={heads} rows={columns} keyOf={({ name }) => name} />
      {rows.isLarge && <p className="faint stats-note">{words.sampleNote(format.integer(SAMPLE_ROWS))}</p>}
    </>
  );
}

interface Sorted {
  readonly from: string;
  readonly key: readonly unknown[];
  readonly isByNulls: boolean;
  readonly isFiltered: boolean;
}

/** The files of a table know how many NULLs they hold; a view, and what a filter keeps, are counted. */
function useSortedColumns(shown: ShownProfile, { from, key, isByNulls, isFiltered }: Sorted) {
  const { data } = useQuery(allColumns());
  const columns = useMemo(
    () => (data ?? []).filter(({ database, table }) => database === shown.database && table === shown.name),
    [data, shown.database, shown.name],
  );
  const isKept = !isFiltered && !isSystemDatabase(shown.database);
  const known = useQuery({ ...nullCounts(shown), enabled: isByNulls && isKept });
  const isUnknown = !isKept || known.isError || known.data?.size === 0;
  const counted = useQuery({
    ...columnNulls(
      key,
      from,
      columns.map(({ name }) => name),
    ),
    enabled: isByNulls && isUnknown && columns.length > 0,
  });
  const nulls = isUnknown ? counted.data : known.data;
  const sorted = useMemo(() => {
    if (!isByNulls || !nulls) return columns;
    return columns.toSorted((a, b) => (nulls.get(b.name) ?? 0) - (nulls.get(a.name) ?? 0));
  }, [columns, nulls, isByNulls]);
  return { columns: sorted, error: counted.error };
}

function useHeads(rows: ProfiledRows): readonly RowTableColumn<TableColumn>[] {
  const { stats: words } = useMessages();
  return [
    {
      ...{ id: 'name', head: words.column, width: 'minmax(64px, 1fr)' },
      show: ({ name, type }) => (
        <>
          <TypeNameGlyph name={type} />
          <span className="cut" title={`${name} ${type}`}>
            {name}
          </span>
        </>
      ),
    },
    {
      ...{ id: 'nulls', head: words.nulls, width: '64px', isEnd: true },
      show: (column) => <NullShare rows={rows} column={column} />,
    },
    {
      ...{ id: 'spread', head: words.spreadHead, width: 'minmax(64px, 1.2fr)' },
      show: (column) => <Spread rows={rows} column={column} />,
    },
  ];
}

interface OfColumn {
  readonly rows: ProfiledRows;
  readonly column: TableColumn;
}

interface Shown {
  readonly stats: ColumnStats | undefined;
  readonly isSampled: boolean;
  readonly isFailed: boolean;
}

/** A sample first, then all rows; both are given up when the column leaves the view. */
function useStats({ rows: { from, key, isLarge }, column: { name, type } }: OfColumn): Shown {
  const request = { from, column: name, measure: measureOf(typeKindOf(type)) };
  const sample = useQuery({ ...columnStats(key, { ...request, sample: SAMPLE_ROWS }), enabled: isLarge });
  const exact = useQuery(columnStats(key, request));
  return { stats: exact.data ?? sample.data, isSampled: !exact.data, isFailed: exact.isError };
}

function NullShare(props: OfColumn) {
  const { stats: words } = useMessages();
  const { stats, isSampled, isFailed } = useStats(props);
  if (isFailed) return <span className="faint">–</span>;
  if (!stats) return <span className="faint">…</span>;
  const share = format.percent(stats.nulls / Math.max(1, stats.rows));
  return isSampled ? (
    <span className="faint" title={words.sampled(format.integer(stats.rows))}>
      {words.about(share)}
    </span>
  ) : (
    <span>{share}</span>
  );
}

function Spread(props: OfColumn) {
  const { stats: words } = useMessages();
  const { stats } = useStats(props);
  const { rows, column } = props;
  if (!stats) return null;
  if (stats.bins) {
    const brush = (first: number, last: number) => {
      const filter = binsFilter({ column: column.name, kind: typeKindOf(column.type), stats, first, last });
      if (filter) rows.onFilter(filter);
    };
    return <Histogram counts={stats.bins} label={words.brush(column.name)} onBrush={brush} />;
  }
  const [first] = stats.top ?? [];
  if (!first) return null;
  return <span className="faint cut">{`${first.value} ${format.percent(first.count / Math.max(1, stats.rows))}`}</span>;
}
