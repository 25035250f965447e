import type { RecordBatch } from 'apache-arrow';
import { SqlError } from '../base/errors.ts';
import type { FileFormat, FileSource } from '../formats/format.ts';
import { columnsByFieldId, parquetFormat, VARIANT_GROUPS } from '../formats/parquet/format.ts';
import type { AddFile } from '../table/action.ts';
import { readDeletionVector } from '../table/deletion-vector.ts';
import { hasOwnType, mappingId, physicalName, type TableField } from '../table/delta-schema.ts';
import { isMappedById } from '../table/metadata.ts';
import { partitionValue } from '../table/partition.ts';
import { storageForm } from '../table/storage-form.ts';
import { type Column, plain, type Schema, sameType } from '../types/type.ts';
import { type Chunk, type ChunkColumn, chunkOf, computedColumn, type ScanRequest, tellRead } from './chunk.ts';
import type { OpenTable } from './open-table.ts';
import { keptRows, selectRows } from './rows.ts';

const STORED: FileFormat = { type: 'PARQUET', options: { [VARIANT_GROUPS]: true } };

/**
 * The rows of a data file that another writer has written: partition columns come from the log, the others in the types
 * that the file has, which may be narrower than the table's, and rows in the file's deletion vector do not come.
 */
export async function* scanForeignFile(
  table: OpenTable,
  { file, source }: { readonly file: AddFile; readonly source: FileSource },
  request: ScanRequest,
  signal: AbortSignal,
): AsyncGenerator<Chunk> {
  const { fields } = table.snapshot;
  const stored = await storedColumns(table, source, signal);
  const columns = request.columns.map((index) => foreignColumn(table, { file, index, stored }));
  const names = columns.flatMap(({ from }) => from?.name ?? []);
  const deleted = file.deletionVector && (await readDeletionVector(table, file.deletionVector, signal));
  const limit = deleted ? undefined : request.limit;
  const read = parquetFormat.read(
    source,
    {
      format: STORED,
      columns: names.length > 0 ? names : stored.columns.slice(0, 1).map(({ name }) => name),
      predicates: request.predicates.flatMap((predicate) => {
        const field = fields.find(({ name }) => name === predicate.column);
        const from = field && fileColumn(field, stored);
        return from && sameType(from.type, field.type) ? [{ ...predicate, column: from.name }] : [];
      }),
      limit: limit !== undefined && Number.isFinite(limit) ? limit : undefined,
      onProgress: (progress) => tellRead(progress, request.progress),
    },
    signal,
  );
  for await (const { batch, firstRow } of read) {
    request.progress.add({ rows: batch.numRows });
    const chunk = foreignChunk(batch, columns, firstRow);
    const kept = deleted ? keptRows(deleted, firstRow, batch.numRows) : undefined;
    if (kept?.length === 0) continue;
    yield kept ? selectRows(chunk, kept) : chunk;
  }
}

/** A column of the relation: out of the file, or one value for all its rows, or its place. */
interface ForeignColumn {
  readonly index: number;
  readonly from: Column | undefined;
  /** Where the column has a type that only we write. */
  readonly own: TableField | undefined;
  readonly constant: (rows: number, firstRow: number) => ChunkColumn;
}

interface FileColumns {
  readonly file: AddFile;
  readonly index: number;
  readonly stored: StoredColumns;
}

function foreignColumn({ snapshot }: OpenTable, { file, index, stored }: FileColumns): ForeignColumn {
  const field = snapshot.fields[index];
  if (!field) return hiddenColumn(index, index - snapshot.fields.length, file);
  const isPartition = snapshot.metadata.partitionColumns.includes(field.name);
  const value = isPartition ? partitionValue(file, field) : null;
  const { type } = field;
  return {
    index,
    from: isPartition ? undefined : fileColumn(field, stored),
    own: hasOwnType(field) ? field : undefined,
    constant: (rows) => ({ index, type, data: computedColumn(type, rows, () => value) }),
  };
}

/** Only tables with row tracking have ids; every row has a place. */
function hiddenColumn(index: number, position: number, file: AddFile): ForeignColumn {
  const type = plain('Int64');
  const { baseRowId, defaultRowCommitVersion: version } = file;
  const cell = (place: number) => {
    if (position === 2) return BigInt(place);
    if (position === 1) return version === undefined ? null : BigInt(version);
    return baseRowId === undefined ? null : BigInt(baseRowId + place);
  };
  return {
    index,
    from: undefined,
    own: undefined,
    constant: (rows, firstRow) => ({ index, type, data: computedColumn(type, rows, (row) => cell(firstRow + row)) }),
  };
}

interface StoredColumns {
  readonly columns: Schema;
  /** Where the table knows its columns by id alone. */
  readonly byId: ReadonlyMap<number, string> | undefined;
}

async function storedColumns({ snapshot }: OpenTable, source: FileSource, signal: AbortSignal): Promise<StoredColumns> {
  const columns = await parquetFormat.readSchema(source, STORED, signal);
  const isById = isMappedById(snapshot.metadata);
  return { columns, byId: isById ? await columnsByFieldId(source, STORED, signal) : undefined };
}

/** By its id, and by its physical name where the file has no ids. */
function fileColumn({ delta }: TableField, { columns, byId }: StoredColumns): Column | undefined {
  const id = mappingId(delta);
  const name = byId && byId.size > 0 && id !== undefined ? byId.get(id) : physicalName(delta);
  return columns.find((column) => column.name === name);
}

function foreignChunk(batch: RecordBatch, columns: readonly ForeignColumn[], firstRow: number): Chunk {
  const chunk = columns.map(({ index, from, own, constant }): ChunkColumn => {
    if (!from) return constant(batch.numRows, firstRow);
    const position = batch.schema.fields.findIndex(({ name }) => name === from.name);
    const data = batch.data.children[position];
    if (!data) throw new SqlError('Internal', `a batch lacks its column ${from.name}`);
    if (own) return { index, type: own.type, data: storageForm(own.type, own.delta.type).restore(data) };
    return { index, type: from.type, data };
  });
  return chunkOf(chunk, batch.numRows);
}
