import type { Field, RecordBatch } from 'apache-arrow';
import type { WriterProperties } from 'parquet-wasm/esm';
import { assert, SqlError } from '../../base/errors.ts';
import { ipcStream } from '../../types/ipc.ts';
import { declaredField } from './declare.ts';
import { chooseEncodings } from './encoding.ts';
import { type ParquetGlue, withParquet } from './wasm.ts';

export interface EncodeOptions {
  /**
   * How the file names and describes its columns: names, nullability, metadata, and for timestamps the time zone ('UTC'
   * means adjusted to UTC). In the order and of the layout of the data; needed where there is no batch at all.
   */
  readonly fields?: readonly Field[] | undefined;
  /** SNAPPY where not given. */
  readonly compression?: ParquetCompression | undefined;
  /** The most rows of a row group; even groups of about a quarter of a million where not given. */
  readonly rowGroupRows?: number | undefined;
  readonly keyValues?: ReadonlyMap<string, string> | undefined;
}

export type ParquetCompression = 'SNAPPY' | 'ZSTD' | 'NONE';

export interface EncodedParquet {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rows: number;
}

/** Small enough that a reader holds some, large enough that pages and statistics cost little. */
export const ROW_GROUP_ROWS = 250_000;
const ROW_GROUP_BYTES = 128 * 1024 * 1024;
/** Values that the writer takes at a time. Its default of 1,024 makes plain columns take a third longer. */
const WRITE_BATCH = 65_536;
const CREATED_BY = 'boathouse version 0.1.0';

/**
 * Writes one Parquet file of record batches. The rows must fit in wasm memory together: some hundred megabytes of Arrow at
 * most; `joinParquet` makes longer files. Pure, for any worker that has called `initParquet`.
 */
export async function encodeParquet(
  batches: readonly RecordBatch[],
  options: EncodeOptions = {},
): Promise<EncodedParquet> {
  const own = batches[0]?.schema.fields ?? options.fields;
  assert(own !== undefined, 'a file without batches is given its fields');
  const fields = own.map((field, index) => declaredField(field, options.fields?.[index]));
  const stream = ipcStream(batches, fields);
  const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  const bytes = await withParquet(
    (glue) => glue.writeParquet(glue.Table.fromIPCStream(stream), properties(glue, options, { batches, fields, rows })),
    (reason, cause) => new SqlError('Internal', `a Parquet file could not be written: ${reason}`, { cause }),
  );
  return { bytes: bytes as Uint8Array<ArrayBuffer>, rows };
}

interface Content {
  readonly batches: readonly RecordBatch[];
  /** As declared. */
  readonly fields: readonly Field[];
  readonly rows: number;
}

function properties(glue: ParquetGlue, options: EncodeOptions, { batches, fields, rows }: Content): WriterProperties {
  const rowGroupRows = Math.max(1, options.rowGroupRows ?? evenGroups(rows));
  const choice = chooseEncodings(batches, Math.min(rows, rowGroupRows));
  let builder = new glue.WriterPropertiesBuilder()
    .setCreatedBy(CREATED_BY)
    .setCompression(glue.Compression[CODECS[options.compression ?? 'SNAPPY']])
    .setStatisticsEnabled(glue.EnabledStatistics.Chunk)
    .setWriteBatchSize(WRITE_BATCH)
    .setMaxRowGroupSize(rowGroupRows)
    .setMaxRowGroupBytes(ROW_GROUP_BYTES)
    .setDictionaryEnabled(choice.nestedDictionary);
  if (options.keyValues) builder = builder.setKeyValueMetadata(new Map(options.keyValues));
  for (const { index, dictionary, encoding } of choice.columns) {
    const name = fields[index]?.name ?? '';
    builder = builder.setColumnDictionaryEnabled(name, dictionary).setColumnEncoding(name, glue.Encoding[encoding]);
  }
  return builder.build();
}

function evenGroups(rows: number): number {
  return Math.ceil(rows / Math.max(1, Math.round(rows / ROW_GROUP_ROWS)));
}

const CODECS = { SNAPPY: 'SNAPPY', ZSTD: 'ZSTD', NONE: 'UNCOMPRESSED' } as const;
