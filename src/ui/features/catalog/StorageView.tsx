import { useQuery } from '@tanstack/react-query';
import { Shrink } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { EmptyState, Meter, Skeleton } from '../../components/Feedback.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import { SqlText } from '../../components/SqlText.tsx';
import type { Table } from '../../data/catalog.ts';
import { attempt, execute } from '../../data/statements.ts';
import { type Block, blocks, type ColumnBytes, columnBytes, compactStatement } from '../../data/table-facts.ts';
import { announce } from '../../lib/announce.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';

type Words = Messages['catalog']['storage'];

/** Files smaller than this are better one than many. */
const SMALL_BYTES = 4 * 1024 * 1024;

/** The files of the table and the bytes of its columns; small files can be made one. */
export function StorageView({ table }: { readonly table: Table }) {
  const { storage: words } = useMessages().catalog;
  const { data: files, error } = useQuery(blocks(table));
  const { data: columns } = useQuery(columnBytes(table));
  if (error) return <ErrorCard error={error} />;
  if (!files) return <Skeleton lines={4} />;
  const most = Math.max(1, ...files.map(({ bytes }) => bytes));
  return (
    <>
      <StorageFacts table={table} files={files} />
      <div className="catalog-storage">
        <RowTable
          label={words.filesOf(table.name)}
          columns={fileHeads(words, most)}
          rows={files}
          keyOf={({ path }) => path}
          empty={<EmptyState>{words.none}</EmptyState>}
        />
        <RowTable
          label={words.columnsOf(table.name)}
          columns={bytesHeads(words, Math.max(1, columns?.[0]?.bytes ?? 1))}
          rows={columns ?? []}
          keyOf={({ column }) => column}
        />
      </div>
    </>
  );
}

function StorageFacts({ table, files }: { readonly table: Table; readonly files: readonly Block[] }) {
  const { storage: words } = useMessages().catalog;
  const [isRunning, setRunning] = useState(false);
  const bytes = sum(files, (file) => file.bytes);
  const uncompressed = sum(files, (file) => file.uncompressed);
  const small = files.filter((file) => file.bytes < SMALL_BYTES).length;
  const sql = compactStatement(table);
  const compact = async () => {
    setRunning(true);
    const done = await attempt(words.compactFailed(table.name), (signal) => execute(sql, { signal }));
    setRunning(false);
    if (done) announce(words.compacted(table.name));
  };
  return (
    <div className="toolbar catalog-storage-facts">
      <span className="num">{words.files(format.integer(files.length), files.length === 1, format.bytes(bytes))}</span>
      {bytes > 0 && (
        <span className="faint num">
          {words.ratio(format.bytes(uncompressed), format.number(uncompressed / bytes, 1))}
        </span>
      )}
      <span className="grow" />
      {small > 1 && (
        <>
          <span className="faint num">{words.small(format.integer(small), format.bytes(SMALL_BYTES))}</span>
          <SqlText sql={sql} className="cut" />
          <Button size="s" icon={Shrink} disabled={isRunning} onClick={() => void compact()}>
            {words.compact}
          </Button>
        </>
      )}
    </div>
  );
}

const sum = (files: readonly Block[], of: (file: Block) => number) =>
  files.reduce((total, file) => total + of(file), 0);

function fileHeads(words: Words, most: number): readonly RowTableColumn<Block>[] {
  return [
    {
      ...{ id: 'path', head: words.file, width: 'minmax(160px, 1fr)' },
      show: ({ path }) => (
        <span className="mono cut" title={path}>
          {path.slice(path.lastIndexOf('/') + 1)}
        </span>
      ),
    },
    {
      ...{ id: 'rows', head: words.rows, width: '90px', isEnd: true },
      show: ({ rows }) => format.integer(rows),
      compare: (a, b) => a.rows - b.rows,
    },
    {
      ...{ id: 'bytes', head: words.size, width: '80px', isEnd: true },
      show: ({ bytes }) => format.bytes(bytes),
      compare: (a, b) => a.bytes - b.bytes,
    },
    {
      ...{ id: 'share', head: words.share, width: '90px', isHeadHidden: true },
      show: ({ bytes }) => <Share share={bytes / most} />,
    },
  ];
}

function bytesHeads(words: Words, most: number): readonly RowTableColumn<ColumnBytes>[] {
  return [
    {
      id: 'column',
      head: words.column,
      width: 'minmax(100px, 1fr)',
      show: ({ column }) => <span className="cut">{column}</span>,
    },
    {
      ...{ id: 'bytes', head: words.size, width: '80px', isEnd: true },
      show: ({ bytes }) => format.bytes(bytes),
      compare: (a, b) => a.bytes - b.bytes,
    },
    {
      ...{ id: 'share', head: words.share, width: '90px', isHeadHidden: true },
      show: ({ bytes }) => <Share share={bytes / most} />,
    },
  ];
}

function Share({ share }: { readonly share: number }) {
  return (
    <span className="catalog-share">
      <Meter share={share} />
    </span>
  );
}
