import {
  Table as ArrowTable,
  DateDay,
  Field,
  Float32,
  Float64,
  Int32,
  List,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  TimestampMicrosecond,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import {
  Compression,
  EnabledStatistics,
  Encoding,
  Table,
  WriterPropertiesBuilder,
  writeParquet,
} from 'parquet-wasm/node';
import { DIMENSION } from './vectors.mjs';

/** A kind of column: its Arrow data, and how the file encodes it where a dictionary is not best. */
const KINDS = {
  text: { data: (values) => vectorFromArray(values, new Utf8()).data[0] },
  id: { data: (values) => vectorFromArray(values, new Utf8()).data[0], encoding: Encoding.DELTA_BYTE_ARRAY },
  int: { data: (values) => vectorFromArray(values, new Int32()).data[0] },
  double: { data: (values) => vectorFromArray(values, new Float64()).data[0] },
  date: { data: (values) => numbers(new DateDay(), Int32Array.from(values, daysOf)) },
  time: {
    data: (values) => numbers(new TimestampMicrosecond('UTC'), BigInt64Array.from(values)),
    encoding: Encoding.DELTA_BINARY_PACKED,
  },
  vector: { data: lists },
};

const daysOf = (text) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

function numbers(type, data) {
  return makeData({ type, length: data.length, nullCount: 0, data });
}

/** Lists of `DIMENSION` floats that stand one after the other. */
function lists(values) {
  const length = values.length / DIMENSION;
  const type = new List(new Field('element', new Float32(), true));
  const valueOffsets = Int32Array.from({ length: length + 1 }, (_, row) => row * DIMENSION);
  return makeData({ type, length, nullCount: 0, valueOffsets, child: numbers(new Float32(), values) });
}

/** A Parquet file of columns given as `{ name, kind, values }`. */
export function parquetFile(columns) {
  const children = columns.map(({ kind, values }) => KINDS[kind].data(values));
  const schema = new Schema(columns.map(({ name }, index) => new Field(name, children[index].type, true)));
  const data = makeData({ type: new Struct(schema.fields), length: children[0].length, nullCount: 0, children });
  const stream = tableToIPC(new ArrowTable([new RecordBatch(schema, data)]), 'stream');
  let builder = new WriterPropertiesBuilder()
    .setCreatedBy('CityDrive export pipeline')
    .setCompression(Compression.ZSTD)
    .setStatisticsEnabled(EnabledStatistics.Chunk)
    .setMaxRowGroupSize(1000);
  for (const { name, kind } of columns) {
    const { encoding } = KINDS[kind];
    if (encoding !== undefined) {
      builder = builder.setColumnDictionaryEnabled(name, false).setColumnEncoding(name, encoding);
    }
  }
  return writeParquet(Table.fromIPCStream(stream), builder.build());
}
