import type { Progress, Session, SqlError } from '../../engine/index.ts';
import { saveLeft } from './download.ts';
import { engine } from './engine.ts';
import { withoutEnd } from './result-view.ts';
import type { ResultRows } from './results.ts';
import { sessionOf } from './runs.ts';
import { stagePath } from './uploads.ts';

export const EXPORTS = ['CSV', 'NDJSON', 'PARQUET', 'ARROW'] as const;

export type ExportFormat = (typeof EXPORTS)[number];

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
export function exportText(query: string, path: string, format: ExportFormat): string {
  const options = format === 'CSV' ? ' OUTPUT_HEADER = true' : '';
  return `COPY INTO 'browser:///${path}' FROM (\n${withoutEnd(query)}\n) FILE_FORMAT = (TYPE = ${format}${options}) SINGLE = true USE_RAW_PATH = true`;
}

export interface ExportRequest {
  readonly worksheet: string;
  readonly query: string;
  readonly format: Exclude<ExportFormat, 'ARROW'>;
  readonly name: string;
}

/** The statement that writes a query's rows into a folder of a stage, for a person to run. */
export function stageExportText(query: string, place: string, format: Exclude<ExportFormat, 'ARROW'>): string {
  const options = format === 'CSV' ? ' OUTPUT_HEADER = true' : '';
  return `COPY INTO ${stagePath(place)}\nFROM (\n${withoutEnd(query)}\n)\nFILE_FORMAT = (TYPE = ${format}${options});`;
}

export interface ExportOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Pick<Progress, 'phase'> & Partial<Progress>) => void;
}

/** Writes the rows of a query to this device: unloaded into the browser's own files, and saved from there. */
export async function exportQuery(
  { worksheet, query, format, name }: ExportRequest,
  how: ExportOptions,
): Promise<void> {
  const path = `${crypto.randomUUID()}/${name}`;
  try {
    await unload(sessionOf(worksheet), exportText(query, path, format), how);
    await saveLeft(path, name);
  } catch (error) {
    // Cancelled when it was written already.
    void engine().leave(path);
    throw error;
  }
}

async function unload(session: Session, sql: string, { signal, onProgress }: ExportOptions): Promise<void> {
  let failure: SqlError | undefined;
  await session.run(sql, {
    ...{ signal, continueOnError: false, offset: 0 },
    onEvent: (event) => {
      if (event.kind === 'progress') onProgress(event.progress);
      if (event.kind === 'failed') failure = event.error;
      if (event.kind === 'finished') engine().forget(event.result.id);
    },
  });
  signal.throwIfAborted();
  if (failure) throw failure;
}

const BATCH_ROWS = 65_536;
/** Chunks of so many bytes become a Blob, which the browser keeps outside the page's memory. */
const PART_BYTES = 8 << 20;

/** A result that is there already as an Arrow file: page by page, each given to the browser as it is written. */
export async function arrowFile(rows: ResultRows, name: string, { signal, onProgress }: ExportOptions): Promise<File> {
  const { RecordBatchFileWriter, RecordBatch, Schema } = await import('apache-arrow');
  const writer = new RecordBatchFileWriter();
  const file = collect(writer);
  for (let start = 0; start < rows.rows; ) {
    const batch = await rows.page(start, Math.min(BATCH_ROWS, rows.rows - start), signal);
    signal.throwIfAborted();
    if (batch.numRows === 0) break;
    // The engine's columns have names by place.
    const fields = batch.schema.fields.map((field, index) => field.clone({ name: rows.columns[index]?.name ?? '' }));
    writer.write(new RecordBatch(new Schema(fields), batch.data));
    start += batch.numRows;
    onProgress({ phase: 'writing', rows: start, rowsTotal: rows.rows });
  }
  writer.finish();
  return new File([await file], name, { type: 'application/vnd.apache.arrow.file' });
}

/** The bytes as one Blob; what came is handed over in parts while more is written. */
export async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Blob> {
  const parts: Blob[] = [];
  let held: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    held.push(new Uint8Array(chunk));
    size += chunk.length;
    if (size < PART_BYTES) continue;
    parts.push(new Blob(held));
    held = [];
    size = 0;
  }
  return new Blob([...parts, ...held]);
}
