import { makeData, RecordBatch, Struct } from 'apache-arrow';
import { SqlError } from '../base/errors.ts';
import { encodeParquet } from '../formats/parquet/encode.ts';
import { joinParquet } from '../formats/parquet/join.ts';
import { withParquet } from '../formats/parquet/wasm.ts';
import { arrowSchema } from '../types/arrow.ts';
import { ipcStream } from '../types/ipc.ts';
import { plain, type Schema } from '../types/type.ts';

/** Ten columns of numbers; those of the second kind take eight bytes a value, the first ones two on average. */
const NARROW: Schema = Array.from({ length: 10 }, (_, index) => ({
  name: `c${index}`,
  type: plain(index < 2 ? 'Float64' : 'Int32'),
  nullable: false,
}));
const WIDE: Schema = NARROW.map((column) => ({ ...column, type: plain('Float64') }));

function batchOf(schema: Schema, rows: number): RecordBatch {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const { fields } = arrowSchema(schema);
  const children = fields.map(({ type }, index) => {
    const isFloat = schema[index]?.type.kind === 'Float64';
    const data = isFloat ? new Float64Array(rows) : new Int32Array(rows);
    for (let row = 0; row < rows; row++) data[row] = isFloat ? random() : Math.floor(random() * 3 ** (index - 2));
    return makeData({ type, length: rows, nullCount: 0, data } as never);
  });
  const schemaOf = arrowSchema(schema);
  return new RecordBatch(schemaOf, makeData({ type: new Struct(fields), length: rows, nullCount: 0, children }));
}

/** Row groups of 122,880 rows, as DuckDB writes them; some 2.5 MB each. */
export async function narrowReadings(groups: number): Promise<Uint8Array<ArrayBuffer>> {
  const { bytes } = await encodeParquet([batchOf(NARROW, 122_880)], { rowGroupRows: 122_880 });
  return joinParquet(Array.from({ length: groups }, () => bytes));
}

/** Row groups of 25 MB with an offset index, their pages of 20,000 rows as most writers make them. */
export async function wideReadings(groups: number): Promise<Uint8Array<ArrayBuffer>> {
  const rows = 312_500;
  const stream = ipcStream([batchOf(WIDE, rows)], arrowSchema(WIDE).fields);
  const bytes = await withParquet(
    (glue) => {
      const properties = new glue.WriterPropertiesBuilder()
        .setCompression(glue.Compression.UNCOMPRESSED)
        .setDictionaryEnabled(false)
        .setMaxRowGroupSize(rows);
      return glue.writeParquet(glue.Table.fromIPCStream(stream), properties.build());
    },
    (reason, cause) => new SqlError('Internal', reason, { cause }),
  );
  return joinParquet(Array.from({ length: groups }, () => bytes as Uint8Array<ArrayBuffer>));
}
