import './Catalog.css';
import { useQuery } from '@tanstack/react-query';
import { EmptyState, Skeleton } from '../../components/Feedback.tsx';
import { Place, type PlaceProps } from '../../components/frame/Place.tsx';
import { StatusItem, StatusItems } from '../../components/frame/StatusItems.tsx';
import { allTables, type Table } from '../../data/catalog.ts';
import { databaseNames } from '../../data/database-of.ts';
import { engineState } from '../../data/engine.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { navigate, useRoute } from '../../lib/router.ts';
import { useStore } from '../../lib/store.ts';
import { CatalogPane } from './CatalogPane.tsx';
import type { CatalogNode } from './CatalogRows.tsx';
import { DatabaseView } from './DatabaseView.tsx';
import { showObject, showStaged } from './node-entries.ts';
import { TableDetail } from './TableDetail.tsx';

/** Data: the tree at the left; a database's tables, or one table with its columns, rows, definition and files. */
export function DataPlace(detail: Pick<PlaceProps, 'detail' | 'detailLabel' | 'detailWidth'>) {
  const { catalog: words } = useMessages();
  const [database = 'default', name] = useRoute().path;
  const isReady = useStore(engineState).kind === 'Ready';
  const { data: tables } = useQuery({ ...allTables(), enabled: isReady });
  const { data: databases } = useQuery({ ...databaseNames(), enabled: isReady });
  const choose = (node: CatalogNode) => {
    if (node.kind === 'Table') show(node.table);
    if (node.kind === 'Object') showObject(node.object);
    if (node.kind === 'Staged') showStaged(node);
    if (node.kind === 'Column') show({ database: node.column.database, name: node.column.table });
  };
  return (
    <Place
      title={name ?? database}
      side={<CatalogPane selected={name === undefined ? undefined : { database, name }} onChoose={choose} />}
      sideLabel={words.title}
      {...detail}
    >
      {tables && databases ? <Shown {...{ tables, databases, database, name }} /> : <Skeleton lines={8} />}
      <StatusItems>
        <StatusItem>{name === undefined ? database : `${database}.${name}`}</StatusItem>
      </StatusItems>
    </Place>
  );
}

function show({ database, name }: Pick<Table, 'database' | 'name'>): void {
  navigate({ place: 'data', path: [database, name] });
}

interface ShownProps {
  readonly tables: readonly Table[];
  readonly databases: readonly string[];
  readonly database: string;
  readonly name: string | undefined;
}

function Shown({ tables, databases, database, name }: ShownProps) {
  const { catalog: words } = useMessages();
  if (!databases.includes(database)) return <EmptyState>{words.missingDatabase(database)}</EmptyState>;
  const own = tables.filter((table) => table.database === database);
  if (name === undefined) return <DatabaseView database={database} tables={own} onOpen={show} />;
  const table = own.find((one) => one.name === name);
  if (!table) return <EmptyState>{words.missing(`${database}.${name}`)}</EmptyState>;
  return <TableDetail key={`${database}.${name}`} table={table} />;
}
