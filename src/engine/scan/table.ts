import type { FileFormat, FileSource } from '../formats/format.ts';
import { parquetFormat } from '../formats/parquet/format.ts';
import type { ObjectStore } from '../stores/store.ts';
import type { AddFile } from '../table/action.ts';
import { physicalName, type TableField } from '../table/delta-schema.ts';
import { scanSet } from '../table/scan-set.ts';
import type { TableSnapshot } from '../table/snapshot.ts';
import { fromStorage } from '../table/storage.ts';
import { type Chunk, type ChunkColumn, chunkOf, type ScanRequest } from './chunk.ts';

/** A table at one version and where its files are. */
export interface OpenTable {
  readonly snapshot: TableSnapshot;
  readonly store: ObjectStore;
  /** Without a slash at its end. */
  readonly folder: string;
}

const STORED: FileFormat = { type: 'PARQUET', options: {} };

/** The rows of a table, one data file after the other. */
export async function* scanTable(table: OpenTable, request: ScanRequest, signal: AbortSignal): AsyncGenerator<Chunk> {
  const files = scanSet(table.snapshot, request.predicates);
  let missing = request.limit ?? Number.POSITIVE_INFINITY;
  request.progress.expect({ files: files.length, bytes: files.reduce((sum, file) => sum + file.size, 0) });
  for (const file of files) {
    if (missing <= 0) return;
    for await (const chunk of scanDataFile(table, file, { ...request, limit: missing }, signal)) {
      missing -= chunk.batch.numRows;
      yield chunk;
    }
    request.progress.add({ files: 1 });
  }
}

/** The rows of one data file, in its order. */
export async function* scanDataFile(
  table: OpenTable,
  file: AddFile,
  request: ScanRequest,
  signal: AbortSignal,
): AsyncGenerator<Chunk> {
  const { fields } = table.snapshot;
  const wanted = request.columns.flatMap((index): { index: number; field: TableField }[] => {
    const field = fields[index];
    return field ? [{ index, field }] : [];
  });
  const source = dataFileSource(table, file);
  const stored = new Set((await parquetFormat.readSchema(source, STORED, signal)).map(({ name }) => name));
  const names = wanted.map(({ field }) => physicalName(field.delta)).filter((name) => stored.has(name));
  const read = parquetFormat.read(
    source,
    {
      format: STORED,
      columns: names.length > 0 ? names : [...stored].slice(0, 1),
      predicates: storedPredicates(request, fields),
      limit: request.limit !== undefined && Number.isFinite(request.limit) ? request.limit : undefined,
      onProgress: ({ bytes }) => request.progress.add({ bytes }),
    },
    signal,
  );
  for await (const { batch } of read) {
    const restored = fromStorage(
      batch,
      wanted.map(({ field }) => field),
    );
    const columns = wanted.flatMap(({ index, field }, position): ChunkColumn[] => {
      const data = restored.data.children[position];
      return data ? [{ index, type: field.type, data }] : [];
    });
    request.progress.add({ rows: batch.numRows });
    yield chunkOf(columns, batch.numRows);
  }
}

/** Predicates as the file's footer knows its columns; only types whose statistics are those of the SQL value. */
function storedPredicates({ predicates }: ScanRequest, fields: readonly TableField[]) {
  return predicates.flatMap((predicate) => {
    const field = fields.find(({ name }) => name === predicate.column);
    return field && !CONVERTED.has(field.type.kind) ? [{ ...predicate, column: physicalName(field.delta) }] : [];
  });
}

const CONVERTED: ReadonlySet<string> = new Set(['UInt8', 'UInt16', 'UInt32', 'UInt64', 'Decimal']);

function dataFileSource({ store, folder }: OpenTable, file: AddFile): FileSource {
  const path = `${folder}/${file.path}`;
  const known = sources.get(file);
  if (known) return known;
  const source: FileSource = {
    path,
    size: file.size,
    read: (range, signal) => store.read(path, signal, range),
  };
  sources.set(file, source);
  return source;
}

/** A data file never changes: its footer is kept with its source. */
const sources = new WeakMap<AddFile, FileSource>();
