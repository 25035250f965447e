import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import type { StreamRecord, TableRecord } from './object.ts';

/**
 * Tables know their rows by id at any time; streams read them only from where the option was switched on, so that
 * switching it off ends all streams for good.
 */

const OPTION = 'change_tracking';
const SINCE = 'change_tracking_begin_ver';

/** Options that the catalog sets for itself. */
export const HIDDEN_OPTIONS: ReadonlySet<string> = new Set([SINCE]);

type Options = TableRecord['options'];

/** The version from which on changes may be read; undefined where tracking is off. */
export function trackedSince({ options }: Pick<TableRecord, 'options'>): number | undefined {
  return options[OPTION] === 'true' ? Number(options[SINCE] ?? -1) : undefined;
}

/** Options as they are to be, where those before were the table's at a version. */
export function settleTracking(options: Options, before: Options, version: number): Options {
  const { [SINCE]: _, ...rest } = options;
  if (rest[OPTION] !== 'true') return rest;
  const since = trackedSince({ options: before }) ?? version;
  return { ...rest, [SINCE]: String(since) };
}

export function withTracking(options: Options, version: number): Options {
  return settleTracking({ ...options, [OPTION]: 'true' }, options, version);
}

/** Throws IllegalStream where the changes since a version cannot be read. */
export function checkTracked(table: TableRecord, database: string, version: number): void {
  const since = trackedSince(table);
  const name = `'${database}'.'${table.name}'`;
  if (since === undefined) {
    throw new SqlError('IllegalStream', `Change tracking is not enabled on table ${name}`, {
      hint: hint('trackChanges', table.name),
    });
  }
  if (since > version) throw missing(table, database);
}

function missing({ name }: TableRecord, database: string): SqlError {
  const message = `Change tracking has been missing for the time range requested on table '${database}'.'${name}'`;
  return new SqlError('IllegalStream', message);
}

/** Throws IllegalStream where a stream cannot be read, although its table is there. */
export function checkStream({ offset, ended }: StreamRecord, table: TableRecord, database: string): void {
  checkTracked(table, database, offset);
  if (ended) throw missing(table, database);
}

/** Why a stream cannot be read; empty while it can. */
export function invalidReason(stream: StreamRecord, table: TableRecord, database: string): string {
  try {
    checkStream(stream, table, database);
    return '';
  } catch (error) {
    if (error instanceof SqlError) return error.message;
    throw error;
  }
}
