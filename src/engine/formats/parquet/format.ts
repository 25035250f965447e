import { prefetch, yieldToMessages } from '../../base/async.ts';
import type { ColumnarFormat, FileBatch, FileFormat, FileSource, OptionSpec } from '../format.ts';
import { decodeBatches } from './decode.ts';
import type { Excerpt } from './excerpt.ts';
import { firstPages } from './first-pages.ts';
import { footerRead, type ParquetFooter, readFooter } from './footer.ts';
import { fetchRowGroup, groupMayMatch, planRead } from './plan.ts';

const OPTIONS: readonly OptionSpec[] = [
  {
    name: 'COMPRESSION',
    doc: 'How unloaded files are compressed; loading goes by the file.',
    accepts: 'word or text',
    default: 'ZSTD',
    values: ['ZSTD', 'SNAPPY', 'NONE'],
  },
  {
    name: 'MISSING_FIELD_AS',
    doc: 'What a column gets that the file does not have: an error, NULL, or its default.',
    accepts: 'word or text',
    default: 'ERROR',
    values: ['ERROR', 'NULL', 'FIELD_DEFAULT'],
  },
  {
    name: 'NULL_IF',
    doc: 'Texts that become NULL when they are loaded into a column that can be NULL.',
    accepts: 'texts',
    default: [],
  },
  {
    name: 'USE_LOGIC_TYPE',
    doc: 'FALSE reads dates and timestamps as the integers that are stored.',
    accepts: 'boolean',
    default: true,
  },
];

/**
 * A scan asks `readSchema` and then `read` for the columns it needs, none being an answer too: rows without columns cost
 * no bytes. Both share the footer, which is read once for each `FileSource`, so one source is kept per file.
 */
export const parquetFormat: ColumnarFormat = {
  kind: 'columnar',
  name: 'PARQUET',
  aliases: [],
  doc: 'Apache Parquet: columns with types and statistics, of which only what is needed is read.',
  suffix: '.parquet',
  options: OPTIONS,

  async readSchema(file, format, signal) {
    return (await footerOf(file, format, signal)).schema;
  },

  async countRows(file, { format, predicates }, signal) {
    const footer = await footerOf(file, format, signal);
    const kept = footer.rowGroups.filter((group) => groupMayMatch(footer, group, predicates));
    const rowsOf = (groups: ParquetFooter['rowGroups']) => groups.reduce((sum, { rows }) => sum + rows, 0);
    return { rows: rowsOf(kept), all: rowsOf(footer.rowGroups) };
  },

  async *read(file, request, signal) {
    const footer = await footerOf(file, request.format, signal);
    const reads = planRead(footer, request);
    request.onProgress?.({ bytes: 0, rowGroupsTotal: footer.rowGroups.length });
    const stop = new AbortController();
    const untilStop = AbortSignal.any([signal, stop.signal]);
    const fetches = reads.map((read) => async () => {
      const cut = await firstPages(file, read, untilStop);
      return fetchRowGroup(file, cut, untilStop, request.onProgress);
    });
    let index = 0;
    try {
      for await (const excerpt of prefetch(fetches, 1)) {
        request.onProgress?.({ bytes: 0, rowGroups: 1 });
        yield* decodeSlices(excerpt, reads[index++]?.firstRow ?? 0, signal);
      }
    } finally {
      // Whoever wants no more rows wants no more bytes either.
      stop.abort();
    }
  },
};

async function* decodeSlices(excerpt: Excerpt, firstRow: number, signal: AbortSignal): AsyncGenerator<FileBatch> {
  for (const slice of excerpt.slices) {
    await yieldToMessages();
    signal.throwIfAborted();
    let row = firstRow + slice.offset;
    for (const batch of await decodeBatches(excerpt, slice)) {
      yield { batch, firstRow: row };
      row += batch.numRows;
    }
  }
}

/** For scans of tables whose columns are known to be VARIANT; no option of FILE_FORMAT. */
export const VARIANT_GROUPS = 'VARIANT_GROUPS';

/** The columns of a file by their field ids, for formats that know columns by them. */
export async function columnsByFieldId(
  file: FileSource,
  format: FileFormat,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, string>> {
  const { root } = await footerOf(file, format, signal);
  return new Map(
    root.children.flatMap(({ fieldId, name }) => (fieldId === undefined ? [] : [[fieldId, name] as const])),
  );
}

/** A source stands for bytes that do not change, so its footer is read once. */
const footers = new WeakMap<FileSource, ParquetFooter>();

async function footerOf(file: FileSource, { options }: FileFormat, signal: AbortSignal): Promise<ParquetFooter> {
  const footer = footers.get(file) ?? (await readFooter(file, signal));
  footers.set(file, footer);
  const reading = { logicTypes: options['USE_LOGIC_TYPE'] !== false, variantGroups: options[VARIANT_GROUPS] === true };
  return reading.logicTypes && !reading.variantGroups ? footer : footerRead(footer, reading);
}
