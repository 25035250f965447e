import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import type { OpenTable } from '../scan/table.ts';
import type { Location } from '../sql/ast-query.ts';
import { openLocation } from '../stages/location.ts';
import { readSnapshot } from '../table/log.ts';
import type { TableSnapshot } from '../table/snapshot.ts';
import { logHistory, type TableMoment } from '../warehouse/history.ts';
import type { TableColumn, TableRecord } from '../warehouse/object.ts';
import type { StatementContext } from './context.ts';

/** Delta tables that others write, under ENGINE = DELTA: columns and rows are those of their newest version. */

export type External = Pick<TableRecord, 'external' | 'connection'>;

/** What a table keeps of its location. Secrets are a connection's or a stage's. */
export function externalOf(location: Location): External {
  if (location.kind === 'StageLocation') return { external: `@${location.stage}/${location.path}` };
  const [named, ...others] = location.connection;
  if (!named) return { external: location.uri };
  if (named.name === 'CONNECTION_NAME' && others.length === 0) {
    return { external: location.uri, connection: String(named.value.value) };
  }
  throw new SqlError('Unimplemented', 'a table keeps no keys of its own', {
    span: location.span,
    hint: hint('nameConnection'),
  });
}

function locationOf({ external = '', connection }: External): Location {
  const span = { start: 0, end: 0 };
  if (external.startsWith('@')) {
    const slash = external.indexOf('/');
    return { kind: 'StageLocation', stage: external.slice(1, slash), path: external.slice(slash + 1), span };
  }
  const value = { kind: 'text', value: connection ?? '' } as const;
  const settings = connection === undefined ? [] : [{ name: 'CONNECTION_NAME', value, span }];
  return { kind: 'UriLocation', uri: external, connection: settings, span };
}

/** The table as it is now. Throws StorageNotFound where there is no Delta table. */
export async function readForeign(external: External, ctx: StatementContext): Promise<OpenTable> {
  const { services, signal } = ctx;
  const { store, root, path } = await openLocation(locationOf(external), ctx.catalog(), services.stageHost);
  const key = JSON.stringify([external.external, external.connection]);
  const folder = `${root}${path}`.replace(/\/+$/, '');
  const snapshot = await services.foreignTables.newest(key, { store, folder }, signal);
  return { snapshot, store, folder, foreign: key };
}

/** What a statement has found stays the same to its end, whatever is committed meanwhile. */
const found = new WeakMap<TableRecord, OpenTable>();

/** The record with the columns that the table has now; `openForeign` of it gives this version. */
export async function currentForeign(table: TableRecord, ctx: StatementContext): Promise<TableRecord> {
  const open = await readForeign(table, ctx);
  const current: TableRecord = { ...table, columns: foreignColumns(open.snapshot) };
  found.set(current, open);
  return current;
}

/** The record as `currentForeign`, with the columns and rows of a former version. */
export async function formerForeign(
  table: TableRecord,
  versionOf: (history: AsyncIterable<TableMoment>) => Promise<number>,
  ctx: StatementContext,
): Promise<TableRecord> {
  const { signal } = ctx;
  const open = await readForeign(table, ctx);
  const version = await versionOf(logHistory(open, open.snapshot.version, signal));
  const snapshot = await readSnapshot(open, signal, version);
  const former: TableRecord = { ...table, columns: foreignColumns(snapshot) };
  found.set(former, { ...open, snapshot });
  return former;
}

export async function openForeign(table: TableRecord, ctx: StatementContext): Promise<OpenTable> {
  return found.get(table) ?? readForeign(table, ctx);
}

export function foreignColumns({ fields }: TableSnapshot): readonly TableColumn[] {
  return fields.map(({ name, type, nullable, delta }) => {
    const { comment } = delta.metadata;
    return { name, type, nullable, ...(typeof comment === 'string' ? { comment } : {}) };
  });
}

/** Throws TableEngineNotSupported for a table that others write. */
export function refuseForeign({ name, external }: TableRecord): void {
  if (external === undefined) return;
  throw new SqlError('TableEngineNotSupported', `Table '${name}' is of the DELTA engine and can only be read`, {
    hint: hint('copyToWrite'),
  });
}
