import { useQuery } from '@tanstack/react-query';
import { Clipboard, Eye, SquareTerminal, Table2, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Chip } from '../../components/Chip.tsx';
import { DataGrid } from '../../components/DataGrid/DataGrid.tsx';
import { batchSource } from '../../components/DataGrid/source.ts';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { Icon } from '../../components/Icon.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { Subtabs, type TabItem } from '../../components/Tabs.tsx';
import {
  allColumns,
  isSystemDatabase,
  selectTable,
  type Table,
  type TableColumn,
  tableDefinition,
  tableRows,
} from '../../data/catalog.ts';
import { showSql } from '../../data/open-files.ts';
import { announce } from '../../lib/announce.ts';
import { copyText } from '../../lib/clipboard.ts';
import { formats } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { navigate } from '../../lib/router.ts';
import { DropDialog } from './DropDialog.tsx';
import { ColumnList, LoadList } from './TableLists.tsx';

const format = formats('en');
const SETTINGS = { timezone: 'UTC' };
const NO_COLUMNS: readonly TableColumn[] = [];

type View = 'columns' | 'preview' | 'definition' | 'loads';

/** One table or view: its columns, its first rows, the statement that makes it and the files it was loaded from. */
export function TableDetail({ table }: { readonly table: Table }) {
  const { detail: words } = useMessages().catalog;
  const { data } = useQuery(allColumns());
  const columns = useMemo(() => {
    return data?.filter((one) => one.database === table.database && one.table === table.name) ?? NO_COLUMNS;
  }, [data, table.database, table.name]);
  const [view, setView] = useState<View>('columns');
  const isLoaded = table.kind === 'Table' && !isSystemDatabase(table.database);
  const items: readonly TabItem<View>[] = [
    { id: 'columns', label: words.columns, count: format.integer(columns.length) },
    { id: 'preview', label: words.preview },
    ...(isSystemDatabase(table.database) ? [] : [{ id: 'definition', label: words.definition } as const]),
    ...(isLoaded ? [{ id: 'loads', label: words.loads } as const] : []),
  ];
  return (
    <section className="catalog-view" aria-label={table.name}>
      <DetailHead table={table} columns={columns} />
      <Subtabs label={words.views} items={items} value={view} onChange={setView}>
        {view === 'columns' && <ColumnList table={table} columns={columns} />}
        {view === 'preview' && <Preview table={table} />}
        {view === 'definition' && <Definition table={table} />}
        {view === 'loads' && <LoadList table={table} />}
      </Subtabs>
    </section>
  );
}

interface DetailHeadProps {
  readonly table: Table;
  readonly columns: readonly TableColumn[];
}

function DetailHead({ table, columns }: DetailHeadProps) {
  const { catalog: words, common } = useMessages();
  const [isDropping, setDropping] = useState(false);
  const { database, name, kind, rows, size } = table;
  const select = selectTable(table, columns);
  const copy = async () => {
    await copyText(select);
    announce(common.copied);
  };
  return (
    <header className="catalog-head">
      <Icon of={kind === 'View' ? Eye : Table2} />
      <h1 className="cut">
        <span className="faint">{database}.</span>
        {name}
      </h1>
      {rows !== undefined && <Chip>{words.rows(format.integer(rows), rows === 1)}</Chip>}
      {size !== undefined && <Chip>{format.bytes(size)}</Chip>}
      {kind === 'View' && <Chip>{words.view}</Chip>}
      <span className="grow" />
      <Button size="s" look="primary" icon={SquareTerminal} onClick={() => showSql(words.worksheet(name), select)}>
        {words.preview}
      </Button>
      <Button size="s" icon={Clipboard} onClick={() => void copy()}>
        {words.copySelect}
      </Button>
      {!isSystemDatabase(database) && (
        <Button size="s" icon={Trash2} onClick={() => setDropping(true)}>
          {words.drop}
        </Button>
      )}
      <DropDialog
        table={isDropping ? table : undefined}
        onClose={() => setDropping(false)}
        onDone={() => navigate({ place: 'data', path: [database] })}
      />
    </header>
  );
}

function Preview({ table }: { readonly table: Table }) {
  const { detail: words } = useMessages().catalog;
  const { data, error, dataUpdatedAt } = useQuery(tableRows(table));
  const id = `${table.database}.${table.name}@${dataUpdatedAt}`;
  const source = useMemo(() => (data ? batchSource(id, data.columns, data.batches) : undefined), [data, id]);
  if (error) return <ErrorCard error={error} />;
  if (!source) return <Skeleton lines={8} />;
  return <DataGrid source={source} label={words.rowsOf(table.name)} settings={SETTINGS} empty={words.noRows} />;
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
