import type { RecordBatch } from 'apache-arrow';
import type { SqlError } from '../base/errors.ts';
import type { EngineCore } from '../session/engine.ts';
import { NO_LISTENER, runScript } from '../session/run.ts';
import type { SessionState } from '../statements/context.ts';
import { showSettings } from '../system/show-settings.ts';
import { cellReader } from '../types/cell.ts';
import { type ShowSettings, showCell } from '../types/show.ts';
import type { Schema } from '../types/type.ts';

/** A cell as the shell gives it: Databend's text, a boolean, or NULL. */
export type ShellCell = string | boolean | null;

export type StatementResult =
  | {
      readonly ok: true;
      readonly columns: Schema;
      readonly rows: readonly (readonly ShellCell[])[];
      readonly affected: number;
      /** Milliseconds. */
      readonly duration: number;
    }
  | { readonly ok: false; readonly error: SqlError };

export interface CollectOptions {
  readonly core: EngineCore;
  readonly session: SessionState;
  readonly signal: AbortSignal;
  /** Called with each statement's result as soon as it is there. */
  onResult(result: StatementResult): void;
}

/** Runs the statements of a text and gives each one's whole result; after an error the rest is not run. */
export async function collectScript(text: string, { core, session, signal, onResult }: CollectOptions): Promise<void> {
  let columns: Schema = [];
  let rows: (readonly ShellCell[])[] = [];
  let show = showSettings(session.settings);
  await runScript(text, {
    services: core.services,
    session,
    signal,
    continueOnError: false,
    startedBy: 'User',
    listener: {
      ...NO_LISTENER,
      started: () => {
        columns = [];
        rows = [];
      },
      columns: (_index, schema, own) => {
        columns = schema;
        show = own ?? showSettings(session.settings);
      },
      batch: async (_index, batch) => {
        rows.push(...shownRows(batch, columns, show));
      },
      finished: (_index, { affected, duration }) => onResult({ ok: true, columns, rows, affected, duration }),
      failed: (_index, error) => onResult({ ok: false, error }),
    },
  });
}

function shownRows(batch: RecordBatch, columns: Schema, settings: ShowSettings): ShellCell[][] {
  const shown = columns.map(({ type }, index) => {
    const data = batch.data.children[index];
    const read = data ? cellReader(data, type) : () => null;
    return (row: number): ShellCell => {
      const cell = read(row);
      if (cell === null || typeof cell === 'boolean') return cell;
      return showCell(cell, type, settings);
    };
  });
  return Array.from({ length: batch.numRows }, (_, row) => shown.map((show) => show(row)));
}
