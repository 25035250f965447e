import { useQuery } from '@tanstack/react-query';
import { Clipboard } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { Button } from '../../components/Button.tsx';
import { DataGrid } from '../../components/DataGrid/DataGrid.tsx';
import { batchSource } from '../../components/DataGrid/source.ts';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { Subtabs, type TabItem } from '../../components/Tabs.tsx';
import {
  allColumns,
  isSystemDatabase,
  type Table,
  type TableColumn,
  tableDefinition,
  tableRows,
  tableText,
} from '../../data/catalog.ts';
import { cellListeners, leaveCells } from '../../data/shown-cell.ts';
import { copyText } from '../../lib/clipboard.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { navigate, useRoute } from '../../lib/router.ts';
import { LoadList } from './LoadList.tsx';
import { SnapshotList } from './SnapshotList.tsx';
import { StorageView } from './StorageView.tsx';
import { TableColumns } from './TableColumns.tsx';
import { TableHead } from './TableHead.tsx';

const SETTINGS = { timezone: 'UTC' };
const NO_COLUMNS: readonly TableColumn[] = [];

type View = 'columns' | 'preview' | 'definition' | 'snapshots' | 'storage' | 'loads';

/** One table or view: its columns, its first rows, the statement that makes it and the files it was loaded from. */
export function TableDetail({ table }: { readonly table: Table }) {
  const { detail: words } = useMessages().catalog;
  const { data } = useQuery(allColumns());
  const columns = useMemo(() => {
    return data?.filter((one) => one.database === table.database && one.table === table.name) ?? NO_COLUMNS;
  }, [data, table.database, table.name]);
  const route = useRoute();
  const { view: asked } = route.query;
  const setView = (next: View) => navigate({ ...route, query: { view: next } }, { replace: true });
  const isKept = table.kind === 'Table' && !isSystemDatabase(table.database);
  const items: readonly TabItem<View>[] = [
    { id: 'columns', label: words.columns, count: format.integer(columns.length) },
    { id: 'preview', label: words.preview },
    ...(isSystemDatabase(table.database) ? [] : [{ id: 'definition', label: words.definition } as const]),
    ...(isKept
      ? ([
          { id: 'snapshots', label: words.snapshots },
          { id: 'storage', label: words.storage },
          { id: 'loads', label: words.loads },
        ] as const)
      : []),
  ];
  const view = items.find(({ id }) => id === asked)?.id ?? 'columns';
  return (
    <section className="catalog-view" aria-label={table.name}>
      <TableHead table={table} columns={columns} />
      <Subtabs label={words.views} items={items} value={view} onChange={setView}>
        {view === 'columns' && <TableColumns table={table} columns={columns} />}
        {view === 'preview' && <Preview table={table} />}
        {view === 'definition' && <Definition table={table} />}
        {view === 'snapshots' && <SnapshotList table={table} />}
        {view === 'storage' && <StorageView table={table} />}
        {view === 'loads' && <LoadList table={table} />}
      </Subtabs>
    </section>
  );
}

function Preview({ table }: { readonly table: Table }) {
  const { detail: words } = useMessages().catalog;
  const { data, error, dataUpdatedAt } = useQuery(tableRows(table));
  const id = `${table.database}.${table.name}@${dataUpdatedAt}`;
  const source = useMemo(() => (data ? batchSource(id, data.columns, data.batches) : undefined), [data, id]);
  useEffect(() => () => leaveCells({ result: id }), [id]);
  if (error) return <ErrorCard error={error} />;
  if (!source) return <Skeleton lines={8} />;
  return (
    <DataGrid
      source={source}
      label={words.rowsOf(table.name)}
      settings={SETTINGS}
      empty={words.noRows}
      {...cellListeners({ result: id, settings: SETTINGS, sql: `SELECT * FROM ${tableText(table)}` })}
    />
  );
}

function Definition({ table }: { readonly table: Table }) {
  const { detail: words } = useMessages().catalog;
  const { data, error } = useQuery(tableDefinition(table));
  if (error) return <ErrorCard error={error} />;
  if (data === undefined) return <Skeleton lines={6} />;
  return (
    <div className="catalog-definition">
      <SqlBox sql={data} />
      <Button size="s" icon={Clipboard} onClick={() => void copyText(data)}>
        {words.copy}
      </Button>
    </div>
  );
}
