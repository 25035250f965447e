import { type Data, DataType, Field, Int64, type RecordBatch } from 'apache-arrow';
import { assert } from '../base/errors.ts';
import { arrowBatch, columnBuilder } from '../types/build/batch.ts';
import { zeroCell } from '../types/cell.ts';
import { physicalName, type TableField } from './delta-schema.ts';
import type { RowTrackingColumns } from './metadata.ts';
import { storageForm, storedField } from './storage-form.ts';

/**
 * Rows in the engine's form as a data file of the table holds them: columns by their physical names, in the form that
 * `delta-schema.ts` describes. Dictionary and large encodings stay. `tracking` names two further columns of the batch.
 */
export function toStorage(
  batch: RecordBatch,
  fields: readonly TableField[],
  tracking?: RowTrackingColumns,
): RecordBatch {
  const columns = fields.map((field, index) => {
    const data = columnOf(batch, index);
    // A column of NULL literals has no type of its own.
    const typed = DataType.isNull(data.type) ? constantColumn({ ...field, nullable: true }, data.length) : data;
    return storageForm(field.type, field.delta.type).store(typed);
  });
  const arrow = columns.map((column, index) => storedField(fieldOf(fields, index).delta, column.type));
  for (const [index, name] of (tracking ? [tracking.rowId, tracking.commitVersion] : []).entries()) {
    columns.push(columnOf(batch, fields.length + index));
    arrow.push(new Field(name, new Int64(), true));
  }
  return arrowBatch(arrow, columns, batch.numRows);
}

/**
 * Rows of a data file in the engine's form: the columns that `fields` names, in their order. A column that the file does
 * not have is NULL, or zero where NULL is not allowed.
 */
export function fromStorage(batch: RecordBatch, fields: readonly TableField[]): RecordBatch {
  const positions = new Map(batch.schema.fields.map((field, index) => [field.name, index]));
  const columns = fields.map((field) => {
    const position = positions.get(physicalName(field.delta));
    if (position === undefined) return constantColumn(field, batch.numRows);
    return storageForm(field.type, field.delta.type).restore(columnOf(batch, position));
  });
  const arrow = columns.map((column, index) => {
    const { name, nullable } = fieldOf(fields, index);
    return new Field(name, column.type, nullable);
  });
  return arrowBatch(arrow, columns, batch.numRows);
}

function columnOf(batch: RecordBatch, index: number): Data {
  const column = batch.data.children[index];
  assert(column !== undefined, `a batch has a column ${index}`);
  return column;
}

function fieldOf(fields: readonly TableField[], index: number): TableField {
  const field = fields[index];
  assert(field !== undefined, `a table has a column ${index}`);
  return field;
}

function constantColumn({ type, nullable }: Pick<TableField, 'type' | 'nullable'>, rows: number): Data {
  const builder = columnBuilder(type);
  const cell = nullable ? null : zeroCell(type);
  for (let row = 0; row < rows; row++) builder.append(cell);
  return builder.finish();
}
