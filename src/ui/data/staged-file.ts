import { queryOptions } from '@tanstack/react-query';
import type { QueryRows } from '../../engine/index.ts';
import { saveStaged } from './download.ts';
import { keys } from './keys.ts';
import { ask, askRecords, cellRows, isTrue, type TextRecord } from './rows.ts';
import type { StagedFile } from './stages.ts';
import { barePath, type FileKind, inferText, mayBeBare, quoted, selectOfFile } from './uploads.ts';

/** A file and the stage it is in. */
export interface FilePlace {
  readonly stage: string;
  /** Below the stage. */
  readonly path: string;
}

export interface FileColumn {
  readonly name: string;
  readonly type: string;
  readonly isNullable: boolean;
}

/** One column of one row group of a Parquet file. */
export interface Chunk {
  readonly group: number;
  readonly groupRows: number;
  readonly column: string;
  readonly type: string;
  readonly physicalType: string;
  readonly logicalType: string | undefined;
  readonly codec: string;
  readonly encodings: string;
  readonly compressed: number;
  readonly uncompressed: number;
  readonly nulls: number | undefined;
  readonly min: string | undefined;
  readonly max: string | undefined;
  readonly hasBloomFilter: boolean;
  readonly hasPageIndex: boolean;
}

export interface ParquetFacts {
  readonly createdBy: string | undefined;
  readonly rows: number;
  readonly groups: number;
  readonly columns: number;
}

export function fullPath({ stage, path }: FilePlace): string {
  return `@${stage}/${path}`;
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

const fileQuery = <T>(place: FilePlace, part: string, queryFn: (signal: AbortSignal) => Promise<T>) =>
  queryOptions({
    queryKey: keys.file(place.stage, place.path, part),
    queryFn: ({ signal }) => queryFn(signal),
  });

export interface FileRows extends QueryRows {
  /** The statement that gave them. */
  readonly sql: string;
}

/** The first rows of a file. */
export function fileRows(place: FilePlace) {
  return fileQuery(place, 'rows', async (signal): Promise<FileRows | null> => {
    const sql = (await selectOfFile(fullPath(place), signal))?.replace(/;$/, '');
    return sql === undefined ? null : { ...(await ask(sql, signal)), sql };
  });
}

/** The columns that INFER_SCHEMA finds. */
export function fileColumns(place: FilePlace, kind: FileKind) {
  return fileQuery(place, 'columns', async (signal): Promise<readonly FileColumn[]> => {
    const records = await askRecords(inferText(fullPath(place), kind), signal);
    return records.map(({ column_name: name, type, nullable }) => ({
      name: name ?? '',
      type: type ?? '',
      isNullable: nullable !== 'false' && nullable !== '0',
    }));
  });
}

/** Row groups and column chunks of a Parquet file, from its footer. */
export function parquetChunks(place: FilePlace) {
  return fileQuery(place, 'chunks', async (signal): Promise<readonly Chunk[]> => {
    return (await askRecords(`SELECT * FROM parquet_metadata(${quoted(fullPath(place))})`, signal)).map(chunkOf);
  });
}

function chunkOf(record: TextRecord): Chunk {
  const number = (name: string) => Number(record[name] ?? 0);
  const text = (name: string) => record[name] ?? '';
  const optional = (name: string) => record[name] ?? undefined;
  const nulls = optional('null_count');
  return {
    ...{ group: number('row_group'), groupRows: number('row_group_rows') },
    ...{ column: text('column_name'), type: text('column_type'), physicalType: text('physical_type') },
    ...{ codec: text('codec'), encodings: text('encodings') },
    ...{ compressed: number('compressed_size'), uncompressed: number('uncompressed_size') },
    ...{ nulls: nulls === undefined ? undefined : Number(nulls) },
    ...{ min: optional('min_value'), max: optional('max_value'), logicalType: optional('logical_type') },
    ...{ hasBloomFilter: isTrue(record['has_bloom_filter']), hasPageIndex: isTrue(record['has_page_index']) },
  };
}

/** Who wrote a Parquet file, and how much is in it. */
export function parquetFacts(place: FilePlace) {
  return fileQuery(place, 'facts', async (signal): Promise<ParquetFacts> => {
    const [record = {}] = await askRecords(`SELECT * FROM inspect_parquet(${quoted(fullPath(place))})`, signal);
    const { created_by: writer, num_rows: rows, num_row_groups: groups, num_columns: columns } = record;
    return {
      createdBy: writer ?? undefined,
      ...{ rows: Number(rows ?? 0), groups: Number(groups ?? 0), columns: Number(columns ?? 0) },
    };
  });
}

/** Beyond it the hash of a file is not worked out by itself. */
export const LARGEST_HASHED = 256 * 1024 ** 2;

/** The MD5 of a file's bytes; asked for once while the file is the same. */
export function fileHash(stage: string, { path, size, modifiedAt }: StagedFile) {
  const place = { stage, path };
  return queryOptions({
    queryKey: ['hash', stage, path, String(size), String(modifiedAt?.getTime())],
    queryFn: async ({ signal }) => {
      const [record = {}] = await askRecords(`SELECT * FROM file_md5(${quoted(fullPath(place))})`, signal);
      return record['md5'] ?? '';
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Saves a file of a stage to this device, as a download of the browser. */
export async function downloadFile(place: FilePlace, signal: AbortSignal): Promise<void> {
  await saveStaged({ source: fullPath(place), name: nameOf(place.path) }, signal);
}

/** A name as a regular expression that fits nothing else. */
function exactly(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|]/g, (sign) => (sign === '\\' || sign === '^' ? `\\${sign}` : `[${sign}]`));
}

/** REMOVE of some files of one folder, and of no others whose names begin alike. */
export function removeStatement(stage: string, folder: string, names: readonly string[]): string {
  const patterns = names.map(exactly);
  const choice = patterns.length === 1 ? patterns.join('') : `(${patterns.join('|')})`;
  const place = bareFolder(folder);
  return `REMOVE ${barePath(`@${stage}/${place}`)} PATTERN = ${quoted(exactly(folder.slice(place.length)) + choice)}`;
}

/** The folder, or the innermost one around it whose path stands without quotes. */
function bareFolder(folder: string): string {
  return mayBeBare(folder) ? folder : bareFolder(folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1));
}

/** The first lines of a file without names in it, field by field. */
export function fileLines(place: FilePlace) {
  return fileQuery(place, 'lines', async (signal): Promise<readonly (readonly string[])[]> => {
    const sql = await selectOfFile(fullPath(place), signal);
    if (sql === undefined) return [];
    const rows = cellRows(await ask(sql.replace(/ LIMIT \d+;$/, ' LIMIT 200'), signal));
    return rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
  });
}
