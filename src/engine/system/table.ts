import type { RecordBatch } from 'apache-arrow';
import type { FunctionRegistry } from '../functions/resolve.ts';
import { batchOf } from '../types/build/batch.ts';
import type { Cell } from '../types/cell.ts';
import type { Schema } from '../types/type.ts';
import type { CatalogState } from '../warehouse/state.ts';
import type { Settings } from './settings.ts';

/** How to add a system table: one object in a file of this folder and its mention in `index.ts`. */
export interface SystemTable {
  /** `system.databases`. */
  readonly name: string;
  readonly columns: Schema;
  rows(context: SystemContext): readonly (readonly Cell[])[];
}

/** What system tables may know of the engine and of the session that asks. */
export interface SystemContext {
  readonly catalog: CatalogState;
  readonly functions: FunctionRegistry;
  readonly settings: Settings;
  readonly database: string;
  readonly version: string;
}

export async function* systemRows(table: SystemTable, context: SystemContext): AsyncGenerator<RecordBatch> {
  yield batchOf(table.columns, table.rows(context));
}
