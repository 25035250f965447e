import { type Data, DataType, Field, type RecordBatch } from 'apache-arrow';
import { assert } from '../base/errors.ts';
import { arrowType, sameArrowType } from '../types/arrow.ts';
import { arrowBatch, columnBuilder } from '../types/build/batch.ts';
import { cellReader } from '../types/cell.ts';
import type { Schema, SqlType } from '../types/type.ts';

/**
 * The batches as one file can have them: a column that is a dictionary in one batch and large or plain in another becomes
 * plain in all. Rare, so it goes value by value. Further columns than those of the schema stay as they are.
 */
export function uniformBatches(batches: readonly RecordBatch[], schema: Schema): readonly RecordBatch[] {
  const [first] = batches;
  if (!first || batches.every((batch) => schema.every((_, index) => isAlike(first, batch, index)))) return batches;
  const columns = schema.map(({ type }, index) =>
    uniformColumn(
      batches.map((batch) => columnOf(batch, index)),
      type,
    ),
  );
  return batches.map((batch, position) =>
    withColumns(
      batch,
      batch.data.children.map((data, index) => columns[index]?.[position] ?? data),
    ),
  );
}

function isAlike(first: RecordBatch, batch: RecordBatch, index: number): boolean {
  return sameArrowType(columnOf(first, index).type, columnOf(batch, index).type);
}

function columnOf(batch: RecordBatch, index: number): Data {
  const data = batch.data.children[index];
  assert(data !== undefined, `a batch has a column ${index}`);
  return data;
}

/** Dictionaries of different batches differ at least in their id, which only has to be made the same. */
function uniformColumn(parts: readonly Data[], type: SqlType): readonly Data[] {
  const target = parts[0]?.type;
  const aligned = parts.map((data) => (target && isSameDictionary(data.type, target) ? data.clone(target) : data));
  const isUniform = aligned.every((data) => target && sameArrowType(data.type, target));
  return isUniform ? aligned : parts.map((data) => plainColumn(data, type));
}

function isSameDictionary(a: DataType, b: DataType): boolean {
  return (
    DataType.isDictionary(a) &&
    DataType.isDictionary(b) &&
    sameArrowType(a.dictionary, b.dictionary) &&
    sameArrowType(a.indices, b.indices)
  );
}

function plainColumn(data: Data, type: SqlType): Data {
  if (sameArrowType(data.type, arrowType(type))) return data;
  const builder = columnBuilder(type);
  const read = cellReader(data, type);
  for (let row = 0; row < data.length; row++) builder.append(read(row));
  return builder.finish();
}

function withColumns(batch: RecordBatch, columns: readonly Data[]): RecordBatch {
  const fields = batch.schema.fields.map((field, index) => {
    const type = columns[index]?.type;
    assert(type !== undefined, `a batch has a column ${index}`);
    return new Field(field.name, type, field.nullable, field.metadata);
  });
  return arrowBatch(fields, columns, batch.numRows);
}
