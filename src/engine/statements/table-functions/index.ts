import type { RecordBatch } from 'apache-arrow';
import type { RowsSource } from '../../bind/relation.ts';
import type { FunctionRegistry } from '../../functions/resolve.ts';
import type { Call } from '../../sql/ast.ts';
import { batchOf } from '../../types/build/batch.ts';
import type { StatementContext } from '../context.ts';
import { copyHistory } from './copy-history.ts';
import { fuseBlocks, fuseColumns, fuseStatistics } from './fuse/blocks.ts';
import { clusteringInformation } from './fuse/clustering.ts';
import { fuseTags, fuseTimeTravelSize } from './fuse/history.ts';
import { fuseSegments, fuseSnapshots } from './fuse/snapshots.ts';
import { inferSchema } from './infer-schema.ts';
import { inspectParquet, parquetMetadata } from './inspect-parquet.ts';
import { listStage } from './list-stage.ts';
import { streamBacklog, streamStatus } from './stream.ts';
import type { TableFunctionSpec } from './table-function.ts';
import { taskDependents, taskHistory, taskNextRuns } from './tasks.ts';

const FUNCTIONS: readonly TableFunctionSpec[] = [
  clusteringInformation,
  copyHistory,
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
  parquetMetadata,
  streamBacklog,
  streamStatus,
  taskDependents,
  taskHistory,
  taskNextRuns,
];

/** The binder's own. */
const BOUND = ['flatten', 'generate_series', 'numbers', 'range'];

/** Every name that may be called in FROM. */
export function tableFunctionNames(functions: FunctionRegistry): readonly string[] {
  const sets = functions.all.filter(({ kind }) => kind === 'set');
  return [...BOUND, ...FUNCTIONS, ...sets].map((one) => (typeof one === 'string' ? one : one.name));
}

/** The rows of a call that the engine answers itself; undefined when there is no such function. */
export function functionSource(call: Call, ctx: StatementContext): RowsSource | undefined {
  const spec = FUNCTIONS.find(({ name }) => name === call.name);
  return spec && { kind: 'Rows', name: spec.name, columns: spec.columns, rows: () => rowsOf(spec, call, ctx) };
}

async function* rowsOf(spec: TableFunctionSpec, call: Call, ctx: StatementContext): AsyncGenerator<RecordBatch> {
  yield batchOf(spec.columns, await spec.rows(call, ctx));
}
