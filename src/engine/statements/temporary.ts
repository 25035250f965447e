import type { Transaction } from '../warehouse/contract.ts';
import type { TableRecord } from '../warehouse/object.ts';
import { temporaryTables } from '../warehouse/session-view.ts';
import { removeTableFiles } from '../warehouse/vacuum.ts';
import type { Services, SessionState } from './context.ts';

const lockOf = (session: string) => `session/${session}`;

/** Says that the session lives, for as long as it has temporary tables. */
export async function holdSession(session: SessionState, { locks }: Services, signal: AbortSignal): Promise<void> {
  session.release ??= await locks.hold(lockOf(session.id), signal);
}

/** A temporary table cannot come back: its files are for `removeTableFiles` once that is committed. */
export function dropTemporary(table: TableRecord, transaction: Transaction, now: number): void {
  transaction.drop(table);
  transaction.purge({ object: table, droppedOn: now, droppedWith: undefined });
}

/** The temporary tables of a session go with it. */
export async function endSession(session: SessionState, services: Services, signal: AbortSignal): Promise<void> {
  if (!session.release) return;
  await dropTablesOf(session.id, services, signal);
  session.release();
  session.release = undefined;
}

async function dropTablesOf(session: string, services: Services, signal: AbortSignal): Promise<void> {
  const { warehouse } = services;
  await warehouse.refresh(signal);
  const tables = temporaryTables(warehouse.state(), session);
  if (tables.length === 0) return;
  const transaction = warehouse.begin();
  for (const table of tables) dropTemporary(table, transaction, services.now());
  await transaction.commit(signal);
  for (const table of tables) await removeTableFiles(warehouse, table, signal);
}

/** Ends what sessions left whose engine ended before they did. */
export async function endLostSessions(services: Services, signal: AbortSignal): Promise<void> {
  const tables = temporaryTables(services.warehouse.state());
  for (const session of new Set(tables.flatMap(({ session }) => session ?? []))) {
    if (!(await services.locks.isHeld(lockOf(session)))) await dropTablesOf(session, services, signal);
  }
}
