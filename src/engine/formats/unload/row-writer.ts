import type { RecordBatch } from 'apache-arrow';
import { SqlError } from '../../base/errors.ts';
import { type Cell, type CellReader, cellReader } from '../../types/cell.ts';
import { jsonString } from '../../types/json/escapes.ts';
import type { ShowSettings } from '../../types/show.ts';
import { plain, type Schema, type SqlType } from '../../types/type.ts';
import type { FileFormat } from '../format.ts';
import { flagOption, textOption } from '../option-values.ts';
import { csvField } from './csv-field.ts';
import { textBytes } from './encode-text.ts';
import { textField } from './text-field.ts';
import { jsonOfCell, unloadSettings } from './values.ts';

/** Writes rows as records of a text format, for COPY INTO a location. */
export interface RowWriter {
  /** What each file begins with; often nothing. */
  readonly header: Uint8Array<ArrayBuffer>;
  /** The rows of a batch from `start` up to `end`; the bytes lie there until more are written. */
  write(batch: RecordBatch, start: number, end: number): Uint8Array<ArrayBuffer>;
}

/** One value of a column as a field. */
export type ShowField = (cell: Cell) => string;

/** The writer of a row format; batches are in the engine's Arrow form of the schema. */
export function rowWriter(format: FileFormat, schema: Schema, timezone: string): RowWriter {
  const settings = unloadSettings(timezone);
  switch (format.type) {
    case 'CSV':
      return recordWriter(
        schema,
        delimited(format, schema, (type) => csvField(format, type, settings)),
      );
    case 'TEXT':
      return recordWriter(
        schema,
        delimited(format, schema, (type) => textField(format, type, settings)),
      );
    case 'NDJSON':
      return recordWriter(schema, jsonLines(schema, settings));
    case 'PARQUET':
      throw new SqlError('Internal', 'Parquet is not written row by row');
  }
}

interface RecordParts {
  readonly header: string;
  /** Before each field, by its place. */
  readonly prefixes: readonly string[];
  readonly fields: readonly ShowField[];
  readonly recordEnd: string;
  readonly encoding: string;
}

/** UTF-16 units. Short texts are gone again before the collector has to keep them. */
const ENCODED_AT_ONCE = 4096;

function recordWriter(schema: Schema, { header, prefixes, fields, recordEnd, encoding }: RecordParts): RowWriter {
  const bytes = textBytes(encoding);
  bytes.add(header);
  return {
    header: bytes.take().slice(),
    write(batch, start, end) {
      const readers = schema.map(({ type }, index) => readerOf(batch, index, type));
      let text = '';
      for (let row = start; row < end; row++) {
        for (let index = 0; index < fields.length; index++) {
          text += prefixes[index];
          text += fields[index]?.(readers[index]?.(row) ?? null);
        }
        text += recordEnd;
        if (text.length < ENCODED_AT_ONCE) continue;
        bytes.add(text);
        text = '';
      }
      bytes.add(text);
      return bytes.take();
    },
  };
}

function readerOf(batch: RecordBatch, index: number, type: SqlType): CellReader {
  const data = batch.data.children[index];
  if (!data) throw new SqlError('Internal', `a batch lacks its column ${index}`);
  return cellReader(data, type);
}

function delimited(format: FileFormat, schema: Schema, fieldOf: (type: SqlType) => ShowField): RecordParts {
  const delimiter = textOption(format, 'FIELD_DELIMITER');
  checkDelimiter(format, delimiter);
  const recordEnd = textOption(format, 'RECORD_DELIMITER');
  const prefixes = schema.map((_, index) => (index === 0 ? '' : delimiter));
  const showName = fieldOf(plain('String'));
  const names = schema.map(({ name }) => showName(name)).join(delimiter);
  return {
    header: flagOption(format, 'OUTPUT_HEADER') ? `${names}${recordEnd}` : '',
    prefixes,
    fields: schema.map(({ type }) => fieldOf(type)),
    recordEnd,
    encoding: textOption(format, 'ENCODING') || 'UTF-8',
  };
}

function checkDelimiter({ type }: FileFormat, delimiter: string): void {
  if (new TextEncoder().encode(delimiter).length > 1) {
    throw new SqlError('BadArguments', `It is not supported to unload ${type} file with multi-bytes FIELD_DELIMITER`);
  }
  if (delimiter === '') {
    throw new SqlError('BadArguments', `It is not supported to unload ${type} file when FIELD_DELIMITER is ''`);
  }
}

function jsonLines(schema: Schema, settings: ShowSettings): RecordParts {
  return {
    header: '',
    prefixes: schema.map(({ name }, index) => `${index === 0 ? '{' : ','}${jsonString(name)}:`),
    fields: schema.map(
      ({ type }) =>
        (cell) =>
          jsonOfCell(cell, type, settings),
    ),
    recordEnd: schema.length === 0 ? '{}\n' : '}\n',
    encoding: 'UTF-8',
  };
}
