import { type QueryRows, type Session, toSqlError } from '../../engine/index.ts';
import { saveBlob } from './download.ts';
import { engine } from './engine.ts';
import { withoutEnd } from './result-view.ts';
import type { ResultRows } from './results.ts';
import { cellRows } from './rows.ts';
import { sessionOf } from './runs.ts';
import { quoted, stagePath } from './uploads.ts';

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

/** The statement that writes a query's rows as one file into a folder of the user stage. */
export function exportText(query: string, folder: string, format: ExportFormat): string {
  const options = format === 'CSV' ? ' OUTPUT_HEADER = true' : '';
  return `COPY INTO @~/${folder}/ FROM (\n${withoutEnd(query)}\n) FILE_FORMAT = (TYPE = ${format}${options}) SINGLE = true DETAILED_OUTPUT = true`;
}

export interface ExportRequest {
  readonly worksheet: string;
  readonly query: string;
  readonly format: Exclude<ExportFormat, 'ARROW'>;
  readonly name: string;
}

/** Writes the rows of a query to this device: unloaded into the user stage, taken from there, and removed again. */
export async function exportQuery(
  { worksheet, query, format, name }: ExportRequest,
  signal: AbortSignal,
): Promise<void> {
  const session = sessionOf(worksheet);
  const folder = `export_${name.replace(/\W/g, '_')}`;
  try {
    const unloaded: QueryRows = await session.query(exportText(query, folder, format), signal);
    const path = String(cellRows(unloaded)[0]?.[0] ?? '');
    await session.query(`GET ${stagePath(`@~/${path}`)} 'browser:///'`, signal);
    saveBlob(name, new Blob([await engine().take(path.slice(path.lastIndexOf('/') + 1))]));
  } finally {
    await removeFolder(session, folder);
  }
}

/** Also what a cancelled export has left. */
async function removeFolder(session: Session, folder: string): Promise<void> {
  try {
    await session.query(`REMOVE @~/${folder}/ PATTERN = ${quoted('.*')}`, new AbortController().signal);
  } catch (error) {
    // Nothing was written yet.
    if (toSqlError(error).kind === 'Internal') throw error;
  }
}

const BATCH_ROWS = 65_536;

/** Writes a result that is there already as an Arrow file: the batches of the engine, page by page. */
export async function exportArrow(rows: ResultRows, name: string, signal: AbortSignal): Promise<void> {
  const { RecordBatchFileWriter } = await import('apache-arrow');
  const writer = new RecordBatchFileWriter();
  for (let start = 0; start < rows.rows; ) {
    const batch = await rows.page(start, Math.min(BATCH_ROWS, rows.rows - start), signal);
    if (batch.numRows === 0) break;
    writer.write(batch);
    start += batch.numRows;
  }
  writer.finish();
  saveBlob(name, new Blob([Uint8Array.from(await writer.toUint8Array())]));
}
