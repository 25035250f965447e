import type { RecordBatch } from 'apache-arrow';
import type { RowsSource } from '../../bind/relation.ts';
import type { FunctionRegistry } from '../../functions/resolve.ts';
import type { Call } from '../../sql/ast.ts';
import { batchOf } from '../../types/build/batch.ts';
import type { Schema } from '../../types/type.ts';
import type { StatementContext } from '../context.ts';
import { copyHistory, copyTimes } from './copy-history.ts';
import { fileBytes } from './file-bytes.ts';
import { fileMd5 } from './file-md5.ts';
import { fuseBlocks, fuseColumns, fuseStatistics } from './fuse/blocks.ts';
import { clusteringInformation } from './fuse/clustering.ts';
import { fuseTags, fuseTimeTravelSize } from './fuse/history.ts';
import { fuseSegments, fuseSnapshots } from './fuse/snapshots.ts';
import { inferSchema } from './infer-schema.ts';
import { inspectParquet, parquetMetadata } from './inspect-parquet.ts';
import { listStage } from './list-stage.ts';
import { parquetKeyValues, parquetPages, parquetPruning, parquetSchema } from './parquet-anatomy.ts';
import { resultScan } from './result-scan.ts';
import { streamBacklog, streamStatus } from './stream.ts';
import type { BindQuery, TableFunctionSpec } from './table-function.ts';
import { tagReferences } from './tag-references.ts';
import { taskDependents, taskHistory, taskNextRuns } from './tasks.ts';
import { detectFileFormat, previewColumns, previewRecords } from './text-preview.ts';

const FUNCTIONS: readonly TableFunctionSpec[] = [
  clusteringInformation,
  copyHistory,
  copyTimes,
  detectFileFormat,
  fileBytes,
  fileMd5,
  fuseBlocks,
  fuseColumns,
  fuseSegments,
  fuseSnapshots,
  fuseStatistics,
  fuseTags,
  fuseTimeTravelSize,
  inferSchema,
  inspectParquet,
  listStage,
  parquetKeyValues,
  parquetMetadata,
  parquetPages,
  parquetPruning,
  parquetSchema,
  previewColumns,
  previewRecords,
  streamBacklog,
  streamStatus,
  tagReferences,
  taskDependents,
  taskHistory,
  taskNextRuns,
];

/** The binder's own, and what has the columns of another query or table. */
const BOUND = ['flatten', 'generate_series', 'numbers', 'range', 'result_scan', 'show_variables'];

/** Every name that may be called in FROM. */
export function tableFunctionNames(functions: FunctionRegistry): readonly string[] {
  const sets = functions.all.filter(({ kind }) => kind === 'set');
  return [...BOUND, ...FUNCTIONS, ...sets].map((one) => (typeof one === 'string' ? one : one.name));
}

/** The rows of a call that the engine answers itself; undefined when there is no such function. */
export function functionSource(call: Call, ctx: StatementContext, bindQuery: BindQuery): RowsSource | undefined {
  if (call.name === 'result_scan') return resultScan(call, ctx);
  const spec = FUNCTIONS.find(({ name }) => name === call.name);
  if (!spec) return undefined;
  const { name, columns } = spec;
  return { kind: 'Rows', name, columns, rows: () => batches(columns, spec.rows(call, ctx, bindQuery)) };
}

async function* batches(columns: Schema, rows: ReturnType<TableFunctionSpec['rows']>): AsyncGenerator<RecordBatch> {
  yield batchOf(columns, await rows);
}
