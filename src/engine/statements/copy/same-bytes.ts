import { mapConcurrently } from '../../base/async.ts';
import type { ProgressSink } from '../../base/progress.ts';
import type { FileFormat, FileSource } from '../../formats/format.ts';
import { invalid, readFooter } from '../../formats/parquet/footer.ts';
import { parquetFormat } from '../../formats/parquet/format.ts';
import { gatherStatistics } from '../../formats/parquet/statistics.ts';
import { describeDataFile, type EncodedFile } from '../../table/data-file.ts';
import type { TableField } from '../../table/delta-schema.ts';
import { hasOwnForm } from '../../table/own-form.ts';

/** Smaller files are worth joining; a larger one would not fit in memory with its decoded rows. */
const LEAST_BYTES = 8 * 1024 * 1024;
const MOST_BYTES = 256 * 1024 * 1024;

export interface Adoption {
  readonly format: FileFormat;
  readonly fields: readonly TableField[];
  readonly progress: ProgressSink;
}

/**
 * The file's own bytes as a data file of the table, where they are what our writer could have written. All rows are
 * decoded once: nothing broken enters a table, and the statistics are of the rows, whatever the footer says of them.
 */
export async function adoptFile(
  file: FileSource,
  { format, fields, progress }: Adoption,
  signal: AbortSignal,
): Promise<EncodedFile | undefined> {
  if (file.size < LEAST_BYTES || file.size > MOST_BYTES || format.options['USE_LOGIC_TYPE'] === false) return undefined;
  const footer = await readFooter(file, signal);
  if (!hasOwnForm(footer, fields)) return undefined;
  progress.phase('scanning');
  const bytes = await readWhole(file, progress, signal);
  // What is decoded is what is stored, even if the file changes meanwhile.
  const held: FileSource = {
    path: file.path,
    size: file.size,
    read: async ({ start, end }) => bytes.subarray(start, end),
  };
  const columns = fields.map(({ name }) => name);
  const statistics = gatherStatistics(fields);
  let rows = 0;
  for await (const { batch } of parquetFormat.read(
    held,
    { format, columns, predicates: [], limit: undefined },
    signal,
  )) {
    statistics.add(batch);
    rows += batch.numRows;
    progress.add({ rows: batch.numRows });
  }
  const gathered = statistics.columns();
  const lacks = fields.some(({ nullable }, index) => !nullable && gathered[index]?.nullCount !== 0);
  return lacks || rows !== footer.rows || rows === 0 ? undefined : describeDataFile(bytes, rows, fields, gathered);
}

const PART_BYTES = 16 * 1024 * 1024;

async function readWhole(
  file: FileSource,
  progress: ProgressSink,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const { path, size } = file;
  const bytes = new Uint8Array(size);
  const starts = Array.from({ length: Math.ceil(size / PART_BYTES) }, (_, part) => part * PART_BYTES);
  await mapConcurrently(starts, 4, async (start) => {
    const end = Math.min(size, start + PART_BYTES);
    const part = await file.read({ start, end }, signal);
    if (part.length !== end - start) throw invalid(path, 'it has become shorter while it was read');
    bytes.set(part, start);
    progress.add({ bytes: part.length });
  });
  return bytes;
}
