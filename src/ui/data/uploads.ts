import type { Progress } from '../../engine/index.ts';
import { engine } from './engine.ts';
import { askRecords } from './rows.ts';
import { execute } from './statements.ts';

/** What a text holds between single quotes. */
export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** A stage path as it stands in SQL: quoted when it must be. */
export function stagePath(path: string): string {
  return /^@[\w~./=*-]+$/.test(path) ? path : quoted(path);
}

/** A stage path as LIST and REMOVE take it, which know no quotes; of some signs only quotes can hold a path. */
export function barePath(path: string): string {
  return mayBeBare(path) ? `@${path.slice(1).replace(/[ \t'"\\]/g, '\\$&')}` : quoted(path);
}

export function mayBeBare(path: string): boolean {
  return !/[,;()`]|[^\S \t]/.test(path);
}

export interface UploadOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Called with the URL under which the engine is offered the file: what can be held. */
  readonly onOffer?: ((url: string) => void) | undefined;
}

/** Copies a file of this device into a stage folder by PUT, so that it is in the history; `folder` is `@~/` or `@s/a/`. */
export async function uploadFile(file: File, folder: string, options: UploadOptions): Promise<void> {
  const url = engine().offer(file);
  options.onOffer?.(url);
  try {
    await execute(`PUT ${quoted(url)} ${stagePath(folder)}`, { ...options, isPatient: true });
  } finally {
    engine().withdraw(url);
  }
}

/** How the rows of a file are read: whole columns by name, fields by position, or one document a row. */
export type FileReading = 'columns' | 'positions' | 'documents';

export interface FileKind {
  /** What FILE_FORMAT calls it. */
  readonly format: 'PARQUET' | 'CSV' | 'TSV' | 'NDJSON';
  readonly reading: FileReading;
}

const KINDS: ReadonlyMap<string, FileKind> = new Map(
  Object.entries({
    parquet: { format: 'PARQUET', reading: 'columns' },
    csv: { format: 'CSV', reading: 'positions' },
    tsv: { format: 'TSV', reading: 'positions' },
    txt: { format: 'TSV', reading: 'positions' },
    ndjson: { format: 'NDJSON', reading: 'documents' },
    jsonl: { format: 'NDJSON', reading: 'documents' },
    json: { format: 'NDJSON', reading: 'documents' },
  }),
);

/** What a file holds, by its name; undefined when it is no table. */
export function fileKind(path: string): FileKind | undefined {
  const extension = /\.(\w+)(?:\.(?:gz|zst|bz2|xz|br|deflate))?$/i.exec(path)?.[1];
  return extension === undefined ? undefined : KINDS.get(extension.toLowerCase());
}

const PREVIEW_ROWS = 1000;

/** The statement that shows a file's rows; `columns` is how many fields a line has, for formats without names. */
export function selectText(path: string, kind: FileKind, columns: number): string {
  const from = stagePath(path);
  const positions = Array.from({ length: Math.max(1, columns) }, (_, index) => `$${index + 1}`).join(', ');
  switch (kind.reading) {
    case 'columns':
      return `SELECT * FROM ${from} (FILE_FORMAT => '${kind.format}') LIMIT ${PREVIEW_ROWS};`;
    case 'positions':
      return `SELECT ${positions} FROM ${from} (FILE_FORMAT => '${kind.format}') LIMIT ${PREVIEW_ROWS};`;
    case 'documents':
      return `SELECT $1 FROM ${from} (FILE_FORMAT => '${kind.format}') LIMIT ${PREVIEW_ROWS};`;
  }
}

/** What INFER_SCHEMA is asked about a file. */
export function inferText(path: string, { format }: FileKind): string {
  return `SELECT * FROM infer_schema(location => ${quoted(path)}, file_format => '${format}')`;
}

/** The statement that shows a staged file's rows; undefined when it is no table. `path` is `@~/a.csv`. */
export async function selectOfFile(path: string, signal: AbortSignal, name = path): Promise<string | undefined> {
  const kind = fileKind(name);
  if (!kind) return undefined;
  const columns = kind.reading === 'positions' ? (await askRecords(inferText(path, kind), signal)).length : 0;
  return selectText(path, kind, columns);
}
