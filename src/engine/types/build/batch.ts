import {
  Schema as ArrowSchema,
  type Data,
  type DataType,
  type Field,
  makeData,
  RecordBatch,
  Struct,
} from 'apache-arrow';
import { assert } from '../../base/errors.ts';
import { arrowSchema, arrowType, MAX_DECIMAL128_PRECISION } from '../arrow.ts';
import type { Cell } from '../cell.ts';
import type { Schema, SqlType } from '../type.ts';
import { type ColumnBuilder, columnData } from './column.ts';
import { FixedListBuilder, ListBuilder, TupleBuilder, timestampTzParts } from './nested.ts';
import {
  BooleanBuilder,
  BytesBuilder,
  NumberBuilder,
  WordsBuilder,
  wideDecimalBuilder,
  writeDecimal,
  writeInterval,
} from './scalars.ts';

/** A batch of rows given as cells; for small results and tests. */
export function batchOf(schema: Schema, rows: readonly (readonly Cell[])[]): RecordBatch {
  const columns = schema.map((column, index) => {
    const builder = columnBuilder(column.type);
    for (const row of rows) builder.append(row[index] ?? null);
    return builder.finish();
  });
  return batchFromColumns(schema, columns, rows.length);
}

export function batchFromColumns(schema: Schema, columns: readonly Data[], rows: number): RecordBatch {
  return arrowBatch(arrowSchema(schema).fields, columns, rows);
}

/** Columns in any Arrow form as a batch; a field's type is that of its column. */
export function arrowBatch(fields: readonly Field[], columns: readonly Data[], rows: number): RecordBatch {
  const schema = new ArrowSchema([...fields]);
  const struct = makeData({ type: new Struct(schema.fields), length: rows, nullCount: 0, children: [...columns] });
  return new RecordBatch(schema, struct);
}

export function columnBuilder(type: SqlType): ColumnBuilder {
  switch (type.kind) {
    case 'Null':
      return nullBuilder();
    case 'Boolean':
      return new BooleanBuilder();
    case 'String':
    case 'Variant':
    case 'Binary':
    case 'Geometry':
    case 'Geography':
      return new BytesBuilder(arrowType(type));
    case 'Decimal':
      return type.precision > MAX_DECIMAL128_PRECISION
        ? wideDecimalBuilder(type.scale)
        : new WordsBuilder(arrowType(type), writeDecimal);
    case 'Interval':
      return new WordsBuilder(arrowType(type), writeInterval);
    case 'TimestampTz':
      return new TupleBuilder(
        arrowType(type),
        [columnBuilder({ kind: 'Timestamp' }), columnBuilder({ kind: 'Int32' })],
        timestampTzParts,
      );
    case 'Array':
      return new ListBuilder(arrowType(type), columnBuilder(type.element));
    case 'Bitmap':
      return new ListBuilder(arrowType(type), columnBuilder({ kind: 'UInt64' }));
    case 'Vector':
      return new FixedListBuilder(arrowType(type), type.dimension);
    case 'Map':
      return new ListBuilder(
        arrowType(type),
        new TupleBuilder(
          entryType(type),
          [columnBuilder(type.key), columnBuilder(type.value)],
          (cell) => cell as readonly Cell[],
        ),
      );
    case 'Tuple':
      return new TupleBuilder(
        arrowType(type),
        type.fields.map((field) => columnBuilder(field.type)),
        (cell) => cell as readonly Cell[],
      );
    default:
      return new NumberBuilder(type);
  }
}

function entryType(type: SqlType): DataType {
  const entries = arrowType(type).children[0];
  assert(entries !== undefined, 'a map type has an entry type');
  return entries.type;
}

function nullBuilder(): ColumnBuilder {
  let length = 0;
  return {
    get length() {
      return length;
    },
    append: () => {
      length++;
    },
    finish: () => {
      const data = columnData({ type: arrowType({ kind: 'Null' }), length });
      length = 0;
      return data;
    },
  };
}
