import { SqlError } from '../base/errors.ts';
import { NO_PROGRESS, type ProgressSink } from '../base/progress.ts';
import {
  type Outcome,
  type Services,
  type SessionChange,
  type SessionState,
  type StatementContext,
  streamReads,
} from '../statements/context.ts';
import { openForeign } from '../statements/foreign-table.ts';
import { runStatement } from '../statements/index.ts';
import type { Statement } from '../statements/syntax/index.ts';
import type { TableSnapshot } from '../table/snapshot.ts';
import type { ObjectId, TableRecord } from '../warehouse/object.ts';
import { tableFolder } from '../warehouse/paths.ts';
import { seenBy } from '../warehouse/session-view.ts';

export interface StatementRun {
  readonly services: Services;
  readonly session: SessionState;
  readonly signal: AbortSignal;
  /** A new one is made for what is no statement of a script. */
  readonly queryId?: string;
  readonly progress: ProgressSink;
  onChange(change: SessionChange): void;
  /** Called when a commit fails for what others have committed. */
  readonly onConflict?: () => void;
}

const CHANGES_ROWS: ReadonlySet<string> = new Set(['Update', 'Delete', 'Merge', 'Replace']);
const MOST_ATTEMPTS = 5;

/**
 * Runs a statement. A change of rows that others' commits stand against is made anew on what they left, as if it had
 * begun later; within a transaction, which has shown rows already, that cannot be.
 */
export async function runAnew(statement: Statement, running: StatementRun): Promise<Outcome> {
  for (let attempt = 1; ; attempt++) {
    let isOvertaken = false;
    const onConflict = () => {
      isOvertaken = true;
    };
    try {
      return await runStatement(statement, statementContext({ ...running, onConflict }));
    } catch (error) {
      if (!isOvertaken || !CHANGES_ROWS.has(statement.kind) || attempt === MOST_ATTEMPTS) throw error;
      await running.services.warehouse.refresh(running.signal);
    }
  }
}

/** What one statement may use. Its transaction, unless the session has one open, is committed by `transact`. */
export function statementContext(running: StatementRun): StatementContext {
  const { services, session, signal, queryId, progress, onChange, onConflict } = running;
  const { warehouse } = services;
  const seen = new Map<ObjectId, Promise<TableSnapshot>>();
  // A statement sees one version of a table, whatever others commit while it runs.
  const committed = (table: TableRecord, tableSignal: AbortSignal) => {
    const known = seen.get(table.id) ?? warehouse.snapshot(table, tableSignal);
    seen.set(table.id, known);
    return known;
  };
  const ctx: StatementContext = {
    services,
    session,
    signal,
    progress,
    now: services.now(),
    queryId: queryId ?? services.newId(),
    streams: streamReads(false),
    catalog: () => session.transaction?.state() ?? seenBy(warehouse.state(), session.id),
    openTable: async (table, tableSignal) => {
      if (table.external !== undefined) return openForeign(table, ctx);
      const snapshot = session.transaction
        ? await session.transaction.snapshot(table, tableSignal)
        : await committed(table, tableSignal);
      return { snapshot, store: warehouse.store, folder: tableFolder(table) };
    },
    transact: async (work) => {
      if (session.transaction) return work(session.transaction);
      const transaction = warehouse.begin(session.id);
      let isCommitting = false;
      try {
        const result = await work(transaction);
        progress.phase('committing');
        isCommitting = true;
        const { changes } = await transaction.commit(signal);
        for (const change of changes) onChange(change);
        return result;
      } catch (error) {
        if (isCommitting && error instanceof SqlError && error.kind === 'UnresolvableConflict') onConflict?.();
        await transaction.rollback(new AbortController().signal);
        throw error;
      }
    },
    run: (statement, inner) => runAnew(statement, { ...running, session: inner, queryId: services.newId() }),
    changed: onChange,
  };
  return ctx;
}

/** For work that no statement of a person asked for. */
export function backgroundContext(services: Services, session: SessionState, signal: AbortSignal): StatementContext {
  const queryId = services.newId();
  return statementContext({ services, session, signal, queryId, progress: NO_PROGRESS, onChange: () => {} });
}
