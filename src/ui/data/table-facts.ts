import { queryOptions } from '@tanstack/react-query';
import { nameText, type Table, tableText } from './catalog.ts';
import { keys } from './keys.ts';
import { namesTable } from './names-table.ts';
import { askRecords, type TextRecord } from './rows.ts';
import { quoted } from './uploads.ts';

type TableName = Pick<Table, 'database' | 'name'>;

/** The table as it was after one commit. */
export interface Snapshot {
  readonly id: string;
  readonly time: string;
  readonly rows: number;
  readonly blocks: number;
  readonly bytes: number;
  readonly uncompressed: number;
  /** Rows more or fewer than before; undefined for the first. */
  readonly change: number | undefined;
}

/** A file of the table as it is. */
export interface Block {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
  readonly uncompressed: number;
}

export interface ColumnBytes {
  readonly column: string;
  readonly bytes: number;
}

const query = <T>(table: TableName, part: string, queryFn: (signal: AbortSignal) => Promise<T>) =>
  queryOptions({
    queryKey: [...keys.table(table.database, table.name), part],
    queryFn: ({ signal }) => queryFn(signal),
  });

const call = (name: string, table: TableName) => `${name}(${quoted(table.database)}, ${quoted(table.name)})`;

/** What the table was, the newest first. */
export function snapshots(table: TableName) {
  return query(table, 'snapshots', async (signal): Promise<readonly Snapshot[]> => {
    const records = await askRecords(`SELECT * FROM ${call('fuse_snapshot', table)}`, signal);
    return records.map((record, index) => snapshotOf(record, records[index + 1]));
  });
}

function snapshotOf(record: TextRecord, before: TextRecord | undefined): Snapshot {
  const { snapshot_id: id, timestamp: time, row_count: rows, block_count: blocks } = record;
  const { bytes_compressed: bytes, bytes_uncompressed: uncompressed } = record;
  return {
    ...{ id: id ?? '', time: time ?? '', rows: Number(rows ?? 0), blocks: Number(blocks ?? 0) },
    ...{ bytes: Number(bytes ?? 0), uncompressed: Number(uncompressed ?? 0) },
    change: before && Number(rows ?? 0) - Number(before['row_count'] ?? 0),
  };
}

export function blocks(table: TableName) {
  return query(table, 'blocks', async (signal): Promise<readonly Block[]> => {
    return (await askRecords(`SELECT * FROM ${call('fuse_block', table)}`, signal)).map(blockOf);
  });
}

function blockOf({ block_location: path, row_count: rows, file_size: bytes, block_size: size }: TextRecord): Block {
  return { path: path ?? '', rows: Number(rows ?? 0), bytes: Number(bytes ?? 0), uncompressed: Number(size ?? 0) };
}

/** The bytes of each column over all files, the largest first. */
export function columnBytes(table: TableName) {
  return query(table, 'columnBytes', async (signal): Promise<readonly ColumnBytes[]> => {
    const sql = `SELECT column_name, sum(bytes_compressed) AS bytes FROM ${call('fuse_column', table)} GROUP BY column_name ORDER BY bytes DESC, column_name`;
    const records = await askRecords(sql, signal);
    return records.map(({ column_name: column, bytes }) => ({ column: column ?? '', bytes: Number(bytes ?? 0) }));
  });
}

/** How many NULLs each column holds, as the files say it: no row is read. */
export function nullCounts(table: TableName) {
  return query(table, 'nulls', async (signal): Promise<ReadonlyMap<string, number>> => {
    const records = await askRecords(`SELECT column_name, null_count FROM ${call('fuse_statistic', table)}`, signal);
    const known = records.filter(({ null_count: count }) => count !== null && count !== undefined);
    return new Map(known.map(({ column_name: name, null_count: count }) => [name ?? '', Number(count)]));
  });
}

export interface Dependent {
  readonly kind: 'View' | 'Stream' | 'Task';
  readonly name: string;
}

/** Views, streams and tasks that name the table. */
export function dependents(table: TableName) {
  return query(table, 'dependents', async (signal): Promise<readonly Dependent[]> => {
    const full = `${table.database}.${table.name}`;
    const views = await askRecords('SELECT database, name, view_query FROM system.views', signal);
    const streams = await askRecords('SELECT database, name, table_name FROM system.streams', signal);
    const tasks = await askRecords('SELECT name, definition FROM system.tasks', signal);
    const names = namesTable(table);
    return [
      ...views
        .filter(({ view_query: text }) => names(text ?? ''))
        .map(({ database, name }) => ({ kind: 'View', name: `${database}.${name}` }) as const),
      ...streams
        .filter(({ table_name: on }) => on === full)
        .map(({ database, name }) => ({ kind: 'Stream', name: `${database}.${name}` }) as const),
      ...tasks
        .filter(({ definition: text }) => names(text ?? ''))
        .map(({ name }) => ({ kind: 'Task', name: name ?? '' }) as const),
    ];
  });
}

export const asOfStatement = (table: TableName, { id }: Snapshot) =>
  `SELECT *\nFROM ${tableText(table)} AT (SNAPSHOT => ${quoted(id)})\nLIMIT 100;`;

/** Rows that are in one snapshot and not in the other, both ways. */
export function compareStatement(table: TableName, newer: Snapshot, older: Snapshot): string {
  const at = ({ id }: Snapshot) => `SELECT * FROM ${tableText(table)} AT (SNAPSHOT => ${quoted(id)})`;
  const side = (mark: string, left: Snapshot, right: Snapshot) =>
    `SELECT '${mark}' AS change, * FROM (\n  ${at(left)}\n  EXCEPT\n  ${at(right)}\n)`;
  return `${side('added', newer, older)}\nUNION ALL\n${side('removed', older, newer)};`;
}

export const streamStatement = (table: TableName, { id }: Snapshot) =>
  `CREATE STREAM ${nameText(`${table.name}_stream`)}\nON TABLE ${tableText(table)} AT (SNAPSHOT => ${quoted(id)});`;

export const restoreStatement = (table: TableName, { id }: Snapshot) =>
  `ALTER TABLE ${tableText(table)} FLASHBACK TO (SNAPSHOT => ${quoted(id)})`;

export const renameStatement = (table: TableName, name: string) =>
  `ALTER TABLE ${tableText(table)} RENAME TO ${nameText(name)}`;

export const truncateStatement = (table: TableName) => `TRUNCATE TABLE ${tableText(table)}`;

export const compactStatement = (table: TableName) => `OPTIMIZE TABLE ${tableText(table)} COMPACT`;
