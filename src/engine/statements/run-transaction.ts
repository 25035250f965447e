import { SqlError } from '../base/errors.ts';
import { NO_ROWS, type Outcome, type StatementContext } from './context.ts';
import type { Begin, Commit, Rollback } from './syntax/transaction.ts';

/** BEGIN inside a transaction changes nothing, as in Databend. */
export async function begin(_statement: Begin, { session, services }: StatementContext): Promise<Outcome> {
  session.transaction ??= services.warehouse.begin(session.id);
  return NO_ROWS;
}

export async function commit(_statement: Commit, ctx: StatementContext): Promise<Outcome> {
  await endTransaction(ctx);
  return NO_ROWS;
}

/** DDL commits what stands open before it, and stands outside of transactions itself. */
export function commitsBefore(kind: string): boolean {
  return /^(Create|Drop|Undrop|Alter|Rename|Truncate)/.test(kind);
}

export async function commitBefore(kind: string, ctx: StatementContext): Promise<void> {
  if (commitsBefore(kind)) await endTransaction(ctx);
}

/** Commits the session's transaction; one in which a statement failed comes to nothing. */
async function endTransaction(ctx: StatementContext): Promise<void> {
  const { session, signal } = ctx;
  const { transaction } = session;
  session.transaction = undefined;
  if (!transaction) return;
  const isAborted = session.transactionFailed;
  const tasks = session.afterCommit.splice(0);
  session.streams.clear();
  session.transactionFailed = false;
  if (isAborted) {
    await transaction.rollback(signal);
    return;
  }
  ctx.progress.phase('committing');
  const { changes } = await transaction.commit(signal);
  for (const change of changes) ctx.changed(change);
  for (const task of tasks) await task();
}

export async function rollback(_statement: Rollback, { session, signal }: StatementContext): Promise<Outcome> {
  const { transaction } = session;
  session.transaction = undefined;
  session.transactionFailed = false;
  session.afterCommit.length = 0;
  session.streams.clear();
  await transaction?.rollback(signal);
  return NO_ROWS;
}

/** After an error inside a transaction only its end may follow. */
export function checkTransaction({ session }: StatementContext, kind: string): void {
  if (!session.transactionFailed || kind === 'Commit' || kind === 'Rollback') return;
  throw new SqlError(
    'CurrentTransactionIsAborted',
    'Current transaction is aborted, commands ignored until end of transaction block',
  );
}
