import { nameText, tableText } from '../../data/catalog.ts';
import type { Stream } from '../../data/streams.ts';
import { quoted } from '../../data/uploads.ts';

export interface NewStream {
  readonly name: string;
  /** A database and a table. */
  readonly table: { readonly database: string; readonly name: string };
  readonly isAppendOnly: boolean;
  readonly comment: string;
}

/** The stream stands in the database of its table. */
export function createStatement({ name, table, isAppendOnly, comment }: NewStream): string {
  const lines = [
    `CREATE STREAM ${tableText({ database: table.database, name })}`,
    `  ON TABLE ${tableText(table)}`,
    ...(isAppendOnly ? [] : ['  APPEND_ONLY = FALSE']),
    ...(comment === '' ? [] : [`  COMMENT = ${quoted(comment)}`]),
  ];
  return lines.join('\n');
}

export interface Target {
  readonly database: string;
  readonly name: string;
  readonly columns: readonly string[];
}

/** Into a table that is there, or into a new one; deletes and the old halves of updates are left to the person. */
export function consumeStatement(stream: Stream, columns: readonly string[], target: Target | undefined): string {
  const from = tableText(stream);
  if (!target) {
    const copy = tableText({ database: stream.database, name: `${stream.name}_copy` });
    const excluded = stream.isAppendOnly ? 'change$action, change$is_update, change$row_id' : 'change$row_id';
    return `CREATE TABLE ${copy} AS\nSELECT * EXCLUDE (${excluded})\nFROM ${from};`;
  }
  const shared = columns.filter((name) => target.columns.includes(name));
  const list = (shared.length > 0 ? shared : columns).map(nameText).join(', ');
  const where = stream.isAppendOnly ? '' : `\nWHERE change$action = 'INSERT'`;
  return `INSERT INTO ${tableText(target)} (${list})\nSELECT ${list}\nFROM ${from}${where};`;
}

/** With the same table and mode, from now on. */
export function againStatement(stream: Stream): string {
  const options = stream.isAppendOnly ? '' : '\n  APPEND_ONLY = FALSE';
  return `CREATE OR REPLACE STREAM ${tableText(stream)}\n  ON TABLE ${baseText(stream)}${options};`;
}

function baseText({ table = '' }: Stream): string {
  const [database = '', ...rest] = table.split('.');
  return tableText({ database, name: rest.join('.') });
}

export function dropStatement(stream: Stream): string {
  return `DROP STREAM ${tableText(stream)}`;
}
