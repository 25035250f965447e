import type { AddFile } from '../../../table/action.ts';
import { commitPath } from '../../../table/layout.ts';
import { readCommits } from '../../../table/log.ts';
import { advance, type TableSnapshot } from '../../../table/snapshot.ts';
import type { Cell } from '../../../types/cell.ts';
import type { TableMoment } from '../../../warehouse/history.ts';
import { tableFolder } from '../../../warehouse/paths.ts';
import type { StatementContext } from '../../context.ts';
import type { TableFunctionSpec } from '../table-function.ts';
import {
  counts,
  describeFiles,
  FORMAT_VERSION,
  type FuseTable,
  fuseHistory,
  fuseSnapshot,
  fuseTable,
  maybe,
  micros,
  moments,
  segmentVersion,
  sum,
  texts,
  uncompressedSize,
} from './table.ts';

const NO_INDEX = [0n, null, null, null, null, null] as const;

/** The versions of a table, the newest first. */
export const fuseSnapshots: TableFunctionSpec = {
  name: 'fuse_snapshot',
  columns: [
    ...texts('snapshot_id', 'snapshot_location'),
    ...counts('format_version'),
    { name: 'previous_snapshot_id', type: { kind: 'String' }, nullable: true },
    ...counts('segment_count', 'block_count', 'row_count', 'bytes_uncompressed', 'bytes_compressed', 'index_size'),
    ...maybe('bloom_index_size', 'ngram_index_size', 'inverted_index_size', 'vector_index_size', 'virtual_column_size'),
    ...moments('timestamp', true),
  ],
  rows: async (call, ctx) => {
    const fuse = fuseTable(call, ctx);
    const history = (await fuseHistory(fuse, ctx)).reverse();
    const snapshots = await snapshotsOf(fuse, history, ctx);
    const sizes = new Map<string, number>();
    const rows: Cell[][] = [];
    for (const [index, moment] of history.entries()) {
      const snapshot = snapshots[index];
      if (snapshot) rows.push(await snapshotRow(fuse, { moment, snapshot, previous: history[index - 1], sizes }, ctx));
    }
    return rows.reverse();
  },
};

/** Of versions that follow each other. */
async function snapshotsOf(
  { table }: FuseTable,
  history: readonly TableMoment[],
  { services: { warehouse }, signal }: StatementContext,
): Promise<TableSnapshot[]> {
  const [from, to] = [history[0]?.version, history.at(-1)?.version];
  if (from === undefined || to === undefined) return [];
  const snapshots = [await warehouse.snapshot(table, signal, from)];
  for (const commit of await readCommits({ store: warehouse.store, folder: tableFolder(table) }, from, to, signal)) {
    snapshots.push(advance(snapshots.at(-1), [commit]));
  }
  return snapshots;
}

interface Version {
  readonly moment: TableMoment;
  readonly snapshot: TableSnapshot;
  readonly previous: TableMoment | undefined;
  /** Uncompressed, by path: most files stand in many versions. */
  readonly sizes: Map<string, number>;
}

async function snapshotRow(
  { table }: FuseTable,
  { moment: { version, snapshotId, timestamp }, snapshot, previous, sizes }: Version,
  ctx: StatementContext,
): Promise<Cell[]> {
  const files = [...snapshot.files.values()];
  const open = { snapshot, store: ctx.services.warehouse.store, folder: tableFolder(table) };
  await learnSizes(files, sizes, (unknown) => describeFiles(open, unknown, ctx));
  const segments = new Set(files.map(segmentVersion)).size;
  const uncompressed = sum(files.map(({ path }) => sizes.get(path) ?? 0));
  const numbers = [segments, files.length, snapshot.rows ?? 0, uncompressed, snapshot.bytes].map(BigInt);
  const location = commitPath(tableFolder(table), version);
  const first = [snapshotId, location, FORMAT_VERSION, previous?.snapshotId ?? null];
  return [...first, ...numbers, ...NO_INDEX, micros(timestamp)];
}

async function learnSizes(
  files: readonly AddFile[],
  sizes: Map<string, number>,
  describe: (files: readonly AddFile[]) => ReturnType<typeof describeFiles>,
): Promise<void> {
  const unknown = files.filter(({ path }) => !sizes.has(path));
  const described = await describe(unknown);
  for (const [index, { path }] of unknown.entries()) {
    const description = described[index];
    if (description) sizes.set(path, uncompressedSize(description));
  }
}

/** The log files that hold the data files of a version. */
export const fuseSegments: TableFunctionSpec = {
  name: 'fuse_segment',
  columns: [
    ...texts('file_location'),
    ...counts('format_version'),
    ...texts('encoding', 'compression'),
    ...counts('block_meta_size', 'block_count', 'row_count', 'bytes_uncompressed', 'bytes_compressed', 'index_size'),
    ...maybe('bloom_index_size', 'ngram_index_size', 'inverted_index_size', 'vector_index_size', 'virtual_column_size'),
  ],
  rows: async (call, ctx) => {
    const { table } = fuseTable(call, ctx);
    const snapshot = await fuseSnapshot(call, ctx);
    const versions = [...new Set(snapshot.files.map(segmentVersion))].sort((a, b) => b - a);
    const rows: Cell[][] = [];
    for (const version of versions) {
      const files = snapshot.files.filter((file) => segmentVersion(file) === version);
      const described = await describeFiles(snapshot, files, ctx);
      const path = commitPath(tableFolder(table), version);
      const info = await snapshot.store.head(path, ctx.signal);
      const sizes = [info?.size ?? 0, files.length, sum(files.map((file) => file.rows ?? 0))];
      const bytes = [sum(described.map(uncompressedSize)), sum(files.map(({ size }) => size))];
      rows.push([path, FORMAT_VERSION, 'json', 'none', ...[...sizes, ...bytes].map(BigInt), ...NO_INDEX]);
    }
    return rows;
  },
};
