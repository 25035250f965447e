import type { RecordBatch } from 'apache-arrow';
import { batchOf } from '../types/build/batch.ts';
import type { Cell } from '../types/cell.ts';
import { arrayOf, plain, type SqlType } from '../types/type.ts';
import type { AddFile, MetaData, Protocol, RemoveFile } from './action.ts';
import { encodePath } from './action.ts';
import { deltaField, parseSchema, printSchema } from './delta-schema.ts';
import type { TableSnapshot } from './snapshot.ts';
import { toStorage } from './storage.ts';

/** A table's state as the rows of a checkpoint: one action a row, each kind in its own column. */
export function checkpointBatch(snapshot: TableSnapshot, now: number): RecordBatch {
  const oldest = now - tombstoneRetention(snapshot.metadata);
  const removed = [...snapshot.tombstones.values()].filter((file) => (file.deletionTimestamp ?? 0) > oldest);
  const rows = [
    row('protocol', protocolCell(snapshot.protocol)),
    row('metaData', metaDataCell(snapshot.metadata)),
    ...[...snapshot.transactions].map(([appId, version]) => row('txn', [appId, BigInt(version)])),
    ...[...snapshot.domains].map(([domain, text]) => row('domainMetadata', [domain, text, false])),
    ...[...snapshot.files.values()].map((file) => row('add', addCell(file))),
    ...removed.map((file) => row('remove', removeCell(file))),
  ];
  return toStorage(batchOf(FIELDS, rows), FIELDS);
}

const WEEK = 7 * 24 * 3600 * 1000;
const UNITS: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: WEEK,
};

/** How long files that were removed stay known, in milliseconds. */
function tombstoneRetention({ configuration }: MetaData): number {
  const text = configuration['delta.deletedFileRetentionDuration'] ?? 'interval 1 week';
  const match = /^\s*(?:interval\s+)?(\d+)\s+([a-z]+?)s?\s*$/i.exec(text);
  const unit = UNITS[match?.[2]?.toLowerCase() ?? ''];
  return unit === undefined ? WEEK : Number(match?.[1]) * unit;
}

function tuple(fields: Readonly<Record<string, SqlType>>): SqlType {
  return { kind: 'Tuple', fields: Object.entries(fields).map(([name, type]) => ({ name, type })) };
}

const text = plain('String');
const flag = plain('Boolean');
const long = plain('Int64');
const texts = arrayOf(text);
const textMap: SqlType = { kind: 'Map', key: text, value: text };

const COLUMNS = {
  txn: tuple({ appId: text, version: long }),
  add: tuple({
    path: text,
    partitionValues: textMap,
    size: long,
    modificationTime: long,
    dataChange: flag,
    stats: text,
    baseRowId: long,
    defaultRowCommitVersion: long,
  }),
  remove: tuple({
    path: text,
    deletionTimestamp: long,
    dataChange: flag,
    extendedFileMetadata: flag,
    partitionValues: textMap,
    size: long,
    baseRowId: long,
    defaultRowCommitVersion: long,
  }),
  metaData: tuple({
    id: text,
    name: text,
    description: text,
    format: tuple({ provider: text, options: textMap }),
    schemaString: text,
    partitionColumns: texts,
    configuration: textMap,
    createdTime: long,
  }),
  protocol: tuple({
    minReaderVersion: plain('Int32'),
    minWriterVersion: plain('Int32'),
    readerFeatures: texts,
    writerFeatures: texts,
  }),
  domainMetadata: tuple({ domain: text, configuration: text, removed: flag }),
};

const NAMES = Object.keys(COLUMNS);
const FIELDS = parseSchema(
  printSchema(Object.entries(COLUMNS).map(([name, type]) => deltaField({ name, type, nullable: true }, undefined))),
);

function row(kind: keyof typeof COLUMNS, cell: Cell): Cell[] {
  return NAMES.map((name) => (name === kind ? cell : null));
}

function protocolCell(protocol: Protocol): Cell {
  const { minReaderVersion, minWriterVersion, readerFeatures = null, writerFeatures = null } = protocol;
  return [minReaderVersion, minWriterVersion, readerFeatures, writerFeatures];
}

function metaDataCell(metadata: MetaData): Cell {
  const { id, name = null, description = null, schemaString, partitionColumns, configuration } = metadata;
  const format = ['parquet', []];
  return [
    id,
    name,
    description,
    format,
    schemaString,
    partitionColumns,
    Object.entries(configuration),
    wide(metadata.createdTime),
  ];
}

function addCell(file: AddFile): Cell {
  return [
    encodePath(file.path),
    Object.entries(file.partitionValues),
    BigInt(file.size),
    BigInt(file.modificationTime),
    false,
    file.stats ?? null,
    wide(file.baseRowId),
    wide(file.defaultRowCommitVersion),
  ];
}

function removeCell(file: RemoveFile): Cell {
  return [
    encodePath(file.path),
    wide(file.deletionTimestamp),
    false,
    file.size !== undefined,
    Object.entries(file.partitionValues),
    wide(file.size),
    wide(file.baseRowId),
    wide(file.defaultRowCommitVersion),
  ];
}

function wide(count: number | undefined): bigint | null {
  return count === undefined ? null : BigInt(count);
}
