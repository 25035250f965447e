import { queryOptions } from '@tanstack/react-query';
import { keys } from './keys.ts';
import { askRecords, isTrue, type TextRecord } from './rows.ts';
import { type FilePlace, fullPath } from './staged-file.ts';
import { quoted } from './uploads.ts';

/** A column of a Parquet file or a part of one, as it is stored. */
export interface SchemaRow {
  readonly depth: number;
  readonly path: string;
  readonly name: string;
  readonly repetition: string;
  readonly physical: string | undefined;
  readonly logical: string | undefined;
  /** What a query sees; absent below a column. */
  readonly type: string | undefined;
}

export interface Page {
  readonly index: number;
  readonly kind: string;
  readonly encoding: string;
  readonly firstRow: number | undefined;
  readonly values: number;
  readonly compressed: number;
  readonly uncompressed: number;
  readonly nulls: number | undefined;
  readonly min: string | undefined;
  readonly max: string | undefined;
  /** Where the figures of its values stand. */
  readonly statistics: 'index' | 'header' | undefined;
}

export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/** Which row groups a condition leaves to be read. */
export interface Pruning {
  readonly read: ReadonlySet<number>;
  readonly groups: number;
  /** Compressed, of those that are read. */
  readonly bytes: number;
}

const part = <T>(place: FilePlace, name: string, sql: string, toPart: (records: readonly TextRecord[]) => T) =>
  queryOptions({
    queryKey: keys.file(place.stage, place.path, name),
    queryFn: async ({ signal }) => toPart(await askRecords(sql, signal)),
  });

const call = (name: string, place: FilePlace, ...args: readonly string[]) =>
  `SELECT * FROM ${name}(${[quoted(fullPath(place)), ...args].join(', ')})`;

const optional = (text: string | null | undefined) => text ?? undefined;
const count = (text: string | null | undefined) => Number(text ?? 0);
const known = (text: string | null | undefined) => (text === null || text === undefined ? undefined : Number(text));

export function parquetSchema(place: FilePlace) {
  return part(place, 'tree', call('parquet_schema', place), (records) => records.map(schemaRow));
}

function schemaRow(record: TextRecord): SchemaRow {
  const { depth, path, name, repetition, physical_type: physical, logical_type: logical, column_type: type } = record;
  return {
    ...{ depth: count(depth), path: path ?? '', name: name ?? '', repetition: repetition ?? '' },
    ...{ physical: optional(physical), logical: optional(logical), type: optional(type) },
  };
}

/** What the writer noted beside the data. */
export function parquetNotes(place: FilePlace) {
  return part(place, 'notes', call('parquet_key_values', place), (records) =>
    records.map(({ key, value }): KeyValue => ({ key: key ?? '', value: value ?? '' })),
  );
}

export interface ChunkPlace {
  readonly group: number;
  readonly column: string;
}

export function parquetPages(place: FilePlace, { group, column }: ChunkPlace) {
  const sql = call('parquet_pages', place, String(group), quoted(column));
  return part(place, `pages ${group} ${column}`, sql, (records) => records.map(pageOf));
}

function pageOf(record: TextRecord): Page {
  const { statistics } = record;
  return {
    ...{ index: count(record['page']), kind: record['page_type'] ?? '', encoding: record['encoding'] ?? '' },
    ...{ firstRow: known(record['first_row']), values: count(record['num_values']) },
    ...{ compressed: count(record['compressed_size']), uncompressed: count(record['uncompressed_size']) },
    ...{ nulls: known(record['null_count']), min: optional(record['min_value']), max: optional(record['max_value']) },
    statistics: statistics === 'index' || statistics === 'header' ? statistics : undefined,
  };
}

/** What a SELECT with that WHERE would read, by the statistics of the row groups. */
export function parquetPruning(place: FilePlace, condition: string) {
  const sql = call('parquet_pruning', place, quoted(condition));
  return part(place, `pruning ${condition}`, sql, (records): Pruning => {
    const kept = records.filter(({ is_read: isRead }) => isTrue(isRead));
    return {
      read: new Set(kept.map(({ row_group: group }) => count(group))),
      groups: records.length,
      bytes: kept.reduce((sum, { compressed_size: size }) => sum + count(size), 0),
    };
  });
}

/** The SELECT that a pruning test speaks of, and how to see what it reads. */
export function prunedSelect(place: FilePlace, condition: string): string {
  const select = `SELECT * FROM ${quoted(fullPath(place))} (FILE_FORMAT => 'PARQUET')\nWHERE ${condition};`;
  return `EXPLAIN ANALYZE GRAPHICAL ${select}\n\n${select}`;
}
