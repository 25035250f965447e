import { type Progress, type ResultInfo, type Session, type SqlError, toSqlError } from '../../engine/index.ts';
import { refreshChanged } from './client.ts';
import { saveLeft } from './download.ts';
import { engine } from './engine.ts';
import { withoutEnd } from './result-view.ts';
import { sessionOf } from './runs.ts';
import { stagePath } from './uploads.ts';

export const EXPORTS = ['CSV', 'NDJSON', 'PARQUET', 'ARROW'] as const;

export type ExportFormat = (typeof EXPORTS)[number];

/** What COPY INTO a location writes. */
type UnloadFormat = Exclude<ExportFormat, 'ARROW'>;

const EXTENSIONS: { readonly [K in ExportFormat]: string } = {
  CSV: 'csv',
  NDJSON: 'ndjson',
  PARQUET: 'parquet',
  ARROW: 'arrow',
};

export function exportName(format: ExportFormat, now: Date): string {
  return `result_${now.toISOString().replace(/\D/g, '').slice(0, 14)}.${EXTENSIONS[format]}`;
}

/** The statement that leaves a query's rows as one file for the page to take. */
export function exportText(query: string, path: string, format: UnloadFormat): string {
  const options = format === 'CSV' ? ' OUTPUT_HEADER = true' : '';
  return `COPY INTO 'browser:///${path}' FROM (\n${withoutEnd(query)}\n) FILE_FORMAT = (TYPE = ${format}${options}) SINGLE = true USE_RAW_PATH = true`;
}

export interface ExportRequest {
  readonly worksheet: string;
  readonly query: string;
  /** The id of what the query gave. */
  readonly result: string;
}

/** The statement that writes a query's rows into a folder of a stage, for a person to run. */
export function stageExportText(query: string, place: string, format: UnloadFormat): string {
  const options = format === 'CSV' ? ' OUTPUT_HEADER = true' : '';
  return `COPY INTO ${stagePath(place)}\nFROM (\n${withoutEnd(query)}\n)\nFILE_FORMAT = (TYPE = ${format}${options});`;
}

export interface ExportOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export interface ExportedFile {
  readonly format: ExportFormat;
  readonly name: string;
}

/** Writes the rows of a query to this device: by the engine into the browser's own files, and saved from there. */
export async function exportQuery(
  request: ExportRequest,
  { format, name }: ExportedFile,
  how: ExportOptions,
): Promise<void> {
  const path = `${crypto.randomUUID()}/${name}`;
  try {
    if (format === 'ARROW') await exportArrow(request, `browser:///${path}`, how);
    else await unload(sessionOf(request.worksheet), exportText(request.query, path, format), how);
    await saveLeft(path, name);
  } catch (error) {
    // Cancelled when it was written already.
    void engine().leave(path);
    throw error;
  }
}

async function unload(session: Session, sql: string, how: ExportOptions): Promise<void> {
  engine().forget(await finished(session, sql, how));
}

/** Writes the rows as an Arrow file, `@out/day/result.arrow`; those that the engine has no more are asked for again. */
export async function exportArrow(
  { worksheet, query, result }: ExportRequest,
  location: string,
  how: ExportOptions,
): Promise<void> {
  const session = sessionOf(worksheet);
  const write = async (id: string) => refreshChanged(await session.writeArrow(id, location, how));
  try {
    await write(result);
  } catch (error) {
    if (toSqlError(error).kind !== 'UnknownQuery') throw error;
    const again = await finished(session, query, how);
    await write(again).finally(() => engine().forget(again));
  }
}

/** Runs a statement; the id of its result. */
async function finished(session: Session, sql: string, { signal, onProgress }: ExportOptions): Promise<string> {
  let result: ResultInfo | undefined;
  let failure: SqlError | undefined;
  await session.run(sql, {
    ...{ signal, continueOnError: false, offset: 0 },
    onEvent: (event) => {
      if (event.kind === 'progress') onProgress(event.progress);
      if (event.kind === 'failed') failure = event.error;
      if ('result' in event) result = event.result;
    },
  });
  if (result && (failure || signal.aborted)) engine().forget(result.id);
  signal.throwIfAborted();
  if (failure) throw failure;
  if (result) return result.id;
  throw new DOMException('The statement was cancelled.', 'AbortError');
}
