import { consoleSession, engine } from './engine.ts';

/** What a text holds between single quotes. */
export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** Copies a file of this device into a stage folder by PUT, so that it is in the history; `folder` is `@~/` or `@s/a/`. */
export async function uploadFile(file: File, folder: string, signal: AbortSignal): Promise<void> {
  const url = engine().offer(file);
  try {
    await consoleSession().query(`PUT ${quoted(url)} ${folder}`, signal);
  } finally {
    engine().withdraw(url);
  }
}

/** A stage path as it stands in SQL: quoted when it must be. */
export function stagePath(path: string): string {
  return /^@[\w~./*-]+$/.test(path) ? path : quoted(path);
}

const QUERYABLE = /\.(parquet|csv|tsv|ndjson|jsonl|json|avro|orc|arrow)(\.(gz|zst|bz2|xz))?$/i;

/** The statement that shows a staged file's rows; undefined when it is no table. */
export function selectOfFile(path: string): string | undefined {
  return QUERYABLE.test(path) ? `SELECT * FROM ${stagePath(path)} LIMIT 1000;` : undefined;
}
