import { type DataType, Field, FixedSizeList, List, Map_, type RecordBatch, Struct } from 'apache-arrow';
import { arrowType, MAX_DECIMAL128_PRECISION } from '../../types/arrow.ts';
import { batchFromColumns, columnBuilder } from '../../types/build/batch.ts';
import { type Cell, cellReader, type IntervalCell } from '../../types/cell.ts';
import { showInterval } from '../../types/show.ts';
import { plain, type Schema, type SqlType } from '../../types/type.ts';
import { type EncodedParquet, encodeParquet, type ParquetCompression } from './encode.ts';
import { TYPE_KEY } from './extension.ts';

const ROW_GROUP_ROWS = 1_000_000;

/**
 * Writes rows in the engine's Arrow form as COPY INTO a location does: types that Parquet cannot name stand in the
 * columns' metadata, so that they come back as they were. Others read VARIANT as text, GEOMETRY as EWKB, VECTOR and
 * BITMAP as lists, INTERVAL and DECIMAL of over 38 digits as text.
 */
export function unloadParquet(
  batches: readonly RecordBatch[],
  schema: Schema,
  compression: ParquetCompression,
): Promise<EncodedParquet> {
  const fields = schema.map(({ name, type, nullable }) => unloadedField(name, type, nullable));
  return encodeParquet(
    batches.map((batch) => withoutIntervals(batch, schema)),
    { fields, compression, rowGroupRows: ROW_GROUP_ROWS },
  );
}

function unloadedField(name: string, type: SqlType, nullable = true): Field {
  return new Field(name, unloadedType(type), nullable, metadataOf(type));
}

function unloadedType(type: SqlType): DataType {
  switch (type.kind) {
    case 'Interval':
      return arrowType(plain('String'));
    case 'Array':
      return new List(unloadedField('element', type.element));
    case 'Vector':
      return new FixedSizeList(type.dimension, unloadedField('element', plain('Float32')));
    case 'Tuple':
      return new Struct(type.fields.map((field) => unloadedField(field.name, field.type)));
    case 'Map': {
      const parts = [unloadedField('key', type.key, false), unloadedField('value', type.value)];
      const entry = new Struct<{ key: DataType; value: DataType }>(parts);
      return new Map_(new Field('key_value', entry, false));
    }
    default:
      return arrowType(type);
  }
}

function metadataOf(type: SqlType): Map<string, string> {
  switch (type.kind) {
    case 'Geometry':
    case 'Geography':
      return new Map([['Extension', type.kind]]);
    case 'Variant':
    case 'Interval':
    case 'Bitmap':
    case 'TimestampTz':
    case 'Vector':
      return named(type);
    case 'Decimal':
      return type.precision > MAX_DECIMAL128_PRECISION ? named(type) : new Map();
    default:
      return new Map();
  }
}

const named = (type: SqlType) => new Map([[TYPE_KEY, JSON.stringify(type)]]);

/** The Parquet writer knows no intervals of months, days and nanoseconds. */
function withoutIntervals(batch: RecordBatch, schema: Schema): RecordBatch {
  if (!schema.some(({ type }) => hasInterval(type))) return batch;
  const shown = schema.map((column) => ({ ...column, type: textType(column.type) }));
  const columns = batch.data.children.map((data, index) => {
    const { type } = schema[index] ?? { type: plain('Null') };
    if (!hasInterval(type)) return data;
    const read = cellReader(data, type);
    const builder = columnBuilder(textType(type));
    for (let row = 0; row < data.length; row++) builder.append(textCell(read(row), type));
    return builder.finish();
  });
  return batchFromColumns(shown, columns, batch.numRows);
}

function hasInterval(type: SqlType): boolean {
  switch (type.kind) {
    case 'Interval':
      return true;
    case 'Array':
      return hasInterval(type.element);
    case 'Map':
      return hasInterval(type.key) || hasInterval(type.value);
    case 'Tuple':
      return type.fields.some((field) => hasInterval(field.type));
    default:
      return false;
  }
}

function textType(type: SqlType): SqlType {
  switch (type.kind) {
    case 'Interval':
      return plain('String');
    case 'Array':
      return { kind: 'Array', element: textType(type.element) };
    case 'Map':
      return { kind: 'Map', key: textType(type.key), value: textType(type.value) };
    case 'Tuple':
      return { kind: 'Tuple', fields: type.fields.map(({ name, type: field }) => ({ name, type: textType(field) })) };
    default:
      return type;
  }
}

function textCell(cell: Cell, type: SqlType): Cell {
  if (cell === null) return null;
  switch (type.kind) {
    case 'Interval':
      return showInterval(cell as IntervalCell);
    case 'Array':
      return (cell as readonly Cell[]).map((item) => textCell(item, type.element));
    case 'Map':
      return (cell as readonly (readonly Cell[])[]).map(([key = null, value = null]) => [
        textCell(key, type.key),
        textCell(value, type.value),
      ]);
    case 'Tuple':
      return type.fields.map((field, index) => textCell((cell as readonly Cell[])[index] ?? null, field.type));
    default:
      return cell;
  }
}
