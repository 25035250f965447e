import type { Field, RecordBatch } from 'apache-arrow';
import type { WriterProperties } from 'parquet-wasm/esm';
import { SqlError } from '../../base/errors.ts';
import { ipcStream } from '../../types/ipc.ts';
import type { EncodeOptions } from './encode.ts';
import type { EncodingChoice } from './encoding.ts';
import { type ParquetGlue, withParquet } from './wasm.ts';

const ROW_GROUP_BYTES = 128 * 1024 * 1024;
/** Values that the writer takes at a time. Its default of 1,024 makes plain columns take a third longer. */
const WRITE_BATCH = 65_536;
const CREATED_BY = 'boathouse version 0.1.0';

export interface Content {
  readonly batches: readonly RecordBatch[];
  /** As declared. */
  readonly fields: readonly Field[];
  readonly rows: number;
  readonly groupRows: number;
  readonly choice: EncodingChoice;
}

/** A whole file out of parquet-wasm. */
export async function wasmFile(content: Content, options: EncodeOptions): Promise<Uint8Array<ArrayBuffer>> {
  const stream = ipcStream(content.batches, content.fields);
  const bytes = await withParquet(
    (glue) => glue.writeParquet(glue.Table.fromIPCStream(stream), properties(glue, options, content)),
    (reason, cause) => new SqlError('Internal', `a Parquet file could not be written: ${reason}`, { cause }),
  );
  return bytes as Uint8Array<ArrayBuffer>;
}

function properties(
  glue: ParquetGlue,
  options: EncodeOptions,
  { fields, groupRows, choice }: Content,
): WriterProperties {
  let builder = new glue.WriterPropertiesBuilder()
    .setCreatedBy(CREATED_BY)
    .setCompression(glue.Compression[CODECS[options.compression ?? 'SNAPPY']])
    .setStatisticsEnabled(glue.EnabledStatistics.Chunk)
    .setWriteBatchSize(WRITE_BATCH)
    .setMaxRowGroupSize(groupRows)
    .setMaxRowGroupBytes(ROW_GROUP_BYTES)
    .setDictionaryEnabled(choice.nestedDictionary);
  if (options.keyValues) builder = builder.setKeyValueMetadata(new Map(options.keyValues));
  for (const { index, dictionary, encoding } of choice.columns) {
    const name = fields[index]?.name ?? '';
    builder = builder.setColumnDictionaryEnabled(name, dictionary).setColumnEncoding(name, glue.Encoding[encoding]);
  }
  return builder.build();
}

const CODECS = { SNAPPY: 'SNAPPY', ZSTD: 'ZSTD', NONE: 'UNCOMPRESSED' } as const;
