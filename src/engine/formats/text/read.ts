import type { FileSource, RowBatch, RowRequest } from '../format.ts';
import { type FieldBatchOptions, fieldBatch, fieldColumns } from '../rows/field-batch.ts';
import { Fields } from '../rows/fields.ts';
import { recordShape, tokenizerSinks, type WrongWidth } from '../rows/records.ts';
import { fieldRules, valueSettings } from '../rows/rules.ts';
import { FieldSlice } from '../rows/slice.ts';
import { textChunks } from '../rows/text-chunks.ts';
import { type ByteWindow, readWindows } from '../rows/window.ts';
import { TextTokenizer, textDialect } from './tokenizer.ts';

/** The rows of a TEXT file, in batches of one window each. */
export function readText(file: FileSource, request: RowRequest, signal: AbortSignal): AsyncIterable<RowBatch> {
  const chunks = textChunks(file, request.format, signal, request.onProgress);
  return readWindows(chunks, textWindowReader(request), signal);
}

function textWindowReader(request: RowRequest) {
  const { format, target, onRowError } = request;
  const columns = fieldColumns(target);
  const fields = new Fields(columns.length);
  const shape = recordShape(target, columns.length, format);
  const { reportWidth } = tokenizerSinks(fields, request);
  const sinks = {
    fields,
    // Databend stops counting at the first field too many.
    reportWidth: (record: WrongWidth) =>
      reportWidth({ ...record, fieldCount: Math.min(record.fieldCount, columns.length + 1) }),
  };
  const tokenizer = new TextTokenizer(textDialect(format), shape, sinks);
  const rules = fieldRules(request);
  const options: FieldBatchOptions = {
    columns,
    sliceOf: (source, column, report) => new FieldSlice(source, column, rules, report),
    values: valueSettings(request),
    lineOf: (row) => tokenizer.lines[row] ?? 0,
    onRowError,
  };
  return (window: ByteWindow) => {
    const consumed = tokenizer.read(window);
    return { consumed, batch: fieldBatch(fields, options) };
  };
}
