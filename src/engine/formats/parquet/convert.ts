import { type Data, type DataType, Field, type RecordBatch } from 'apache-arrow';
import { assert, unreachable } from '../../base/errors.ts';
import { arrowType } from '../../types/arrow.ts';
import { arrowBatch } from '../../types/build/batch.ts';
import { columnData } from '../../types/build/column.ts';
import {
  binaryFromFixed,
  canonicalTexts,
  intervalsFromFixed,
  intervalsFromTexts,
  textsFromDecimals,
  validityOf,
  vectorsFromLists,
} from './convert-bytes.ts';
import { floatsFromHalves, multiplied, thousandths, wholeDays } from './convert-integers.ts';
import type { StoredField } from './schema.ts';
import { variantsFromGroup } from './shredded.ts';

/** Whether batches come from parquet-wasm in the engine's Arrow form already. */
export function isPlain(field: StoredField): boolean {
  return field.conversion === 'none' && field.children.every(isPlain);
}

/** A batch as parquet-wasm decoded it, in the engine's Arrow form. */
export function convertBatch(batch: RecordBatch, fields: readonly StoredField[]): RecordBatch {
  const children: Data[] = [];
  const arrowFields: Field[] = [];
  for (const [index, data] of batch.data.children.entries()) {
    const field = fields[index];
    const converted = field ? convertData(data, field) : data;
    const { name, nullable } = field ?? batch.schema.fields[index] ?? { name: '', nullable: true };
    children.push(converted);
    arrowFields.push(new Field(name, converted.type, nullable));
  }
  return arrowBatch(arrowFields, children, batch.numRows);
}

function convertData(data: Data, field: StoredField): Data {
  const type = arrowType(field.type);
  const { length } = data;
  switch (field.conversion) {
    case 'none':
      return isPlain(field) ? data : convertParts(data, field, type);
    case 'seconds':
      return columnData({ ...validityOf(data), type, data: multiplied(data.values, length, 1_000_000) });
    case 'millis':
      return columnData({ ...validityOf(data), type, data: multiplied(data.values, length, 1000) });
    case 'nanos':
      return columnData({ ...validityOf(data), type, data: thousandths(data.values, length) });
    case 'date millis':
      return columnData({ ...validityOf(data), type, data: wholeDays(data.values, length) });
    case 'half float':
      return columnData({ ...validityOf(data), type, data: floatsFromHalves(data.values, length) });
    case 'fixed':
      return binaryFromFixed(data);
    case 'interval':
      return intervalsFromFixed(data);
    case 'wide decimal':
      return textsFromDecimals(data, field.type);
    case 'json':
      return canonicalTexts(data);
    case 'shredded':
      return variantsFromGroup(data, field, convertData);
    case 'vector':
      return vectorsFromLists(data, type);
    case 'interval text':
      return intervalsFromTexts(data);
    default:
      return unreachable(field.conversion);
  }
}

/** Lists, maps and tuples with a part that changes. */
function convertParts(data: Data, field: StoredField, type: DataType): Data {
  const parts = { ...validityOf(data), type, valueOffsets: data.valueOffsets };
  switch (field.type.kind) {
    case 'Array':
      return columnData({ ...parts, child: convertChild(data, field, 0) });
    case 'Map':
      return columnData({ ...parts, child: convertEntries(data, field, type) });
    default:
      return columnData({ ...parts, children: field.children.map((_, index) => convertChild(data, field, index)) });
  }
}

function convertChild(data: Data, field: StoredField, index: number): Data {
  const child = data.children[index];
  const part = field.children[index];
  assert(child !== undefined && part !== undefined, 'a decoded column has the parts of its field');
  return convertData(child, part);
}

function convertEntries(data: Data, field: StoredField, type: DataType): Data {
  const entries = data.children[0];
  const entryField: Field | undefined = type.children[0];
  assert(entries !== undefined && entryField !== undefined, 'a map has entries');
  const children = [convertChild(entries, field, 0), convertChild(entries, field, 1)];
  return columnData({ ...validityOf(entries), type: entryField.type, children });
}
