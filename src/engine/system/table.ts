import type { RecordBatch } from 'apache-arrow';
import type { SecretStore } from '../base/secret-store.ts';
import type { FunctionRegistry } from '../functions/resolve.ts';
import { batchOf } from '../types/build/batch.ts';
import type { Cell } from '../types/cell.ts';
import { type PlainKind, plain, type Schema } from '../types/type.ts';
import type { TableRecord, ViewRecord } from '../warehouse/object.ts';
import type { CatalogState } from '../warehouse/state.ts';
import type { StreamOffset } from '../warehouse/table-range.ts';
import type { QueryRecord } from './query-history.ts';
import type { Settings } from './settings.ts';

/** How to add a system table: one `defineTable` in a file of this folder and its mention in `index.ts`. */
export interface SystemTable {
  readonly database: 'system' | 'system_history' | 'information_schema';
  readonly name: string;
  readonly columns: Schema;
  rows(context: SystemContext): Promise<readonly (readonly Cell[])[]>;
}

/** What system tables may know of the engine and of the session that asks. */
export interface SystemContext {
  readonly catalog: CatalogState;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly secrets: SecretStore;
  readonly functions: FunctionRegistry;
  /** Names of the functions that may stand in FROM. */
  readonly tableFunctions: readonly string[];
  readonly settings: Settings;
  /** The id of the session that asks. */
  readonly session: string;
  readonly variables: ReadonlyMap<string, { readonly type: Schema[number]['type']; readonly value: Cell }>;
  readonly rejected: readonly RejectedRow[];
  /** Of the engine. */
  readonly version: string;
  /** What was run over the warehouse, the newest last. */
  queries(): Promise<readonly QueryRecord[]>;
  readonly systemTables: readonly SystemTable[];
  /** Why the changes of a table since an offset are gone; empty while they are there. */
  lostHistory(table: TableRecord, offset: StreamOffset): Promise<string>;
  /** The columns of a view; none where what it reads is gone. */
  viewColumns(view: ViewRecord): Promise<Schema>;
}

/** A row that ON_ERROR left out. */
export interface RejectedRow {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly error: string;
  /** The record as it stands in the file. */
  readonly raw: string;
}

type ColumnKinds = { readonly [name: string]: PlainKind | `${PlainKind}?` };
type Optional<Kinds extends ColumnKinds> = { [Name in keyof Kinds]: Kinds[Name] extends `${string}?` ? Name : never };

/** A row by column; those with a question mark are NULL where they are left out. */
type SystemRow<Kinds extends ColumnKinds> = {
  readonly [Name in Exclude<keyof Kinds, Optional<Kinds>[keyof Kinds]>]: Cell;
} & { readonly [Name in Optional<Kinds>[keyof Kinds]]?: Cell };

interface TableDefinition<Kinds extends ColumnKinds> {
  readonly database?: SystemTable['database'];
  readonly name: string;
  /** `{ name: 'String', owner: 'String?' }` */
  readonly columns: Kinds;
  rows(context: SystemContext): Iterable<SystemRow<Kinds>> | Promise<Iterable<SystemRow<Kinds>>>;
}

export function defineTable<const Kinds extends ColumnKinds>(definition: TableDefinition<Kinds>): SystemTable {
  const { database = 'system', name } = definition;
  const columns = Object.entries(definition.columns).map(([column, kind]) => columnOf(column, kind));
  return {
    database,
    name,
    columns,
    rows: async (context) => {
      const rows = await definition.rows(context);
      return Array.from(rows, (row: { readonly [name: string]: Cell }) =>
        columns.map(({ name: key }) => row[key] ?? null),
      );
    },
  };
}

function columnOf(name: string, kind: string): Schema[number] {
  // The type of the definition lets nothing else through.
  return { name, type: plain(kind.replace('?', '') as PlainKind), nullable: kind.endsWith('?') };
}

export async function* systemRows(table: SystemTable, context: SystemContext): AsyncGenerator<RecordBatch> {
  yield batchOf(table.columns, await table.rows(context));
}

/** A time of the catalog as a TIMESTAMP. */
export function micros(milliseconds: number): bigint {
  return BigInt(milliseconds) * 1000n;
}
