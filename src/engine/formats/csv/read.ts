import type { FileSource, RowBatch, RowRequest } from '../format.ts';
import { type FieldBatchOptions, fieldBatch, fieldColumns } from '../rows/field-batch.ts';
import { Fields } from '../rows/fields.ts';
import { recordShape, tokenizerSinks } from '../rows/records.ts';
import { fieldRules, valueSettings } from '../rows/rules.ts';
import { FieldSlice } from '../rows/slice.ts';
import { textChunks } from '../rows/text-chunks.ts';
import { type ByteWindow, readWindows } from '../rows/window.ts';
import { csvDialect } from './dialect.ts';
import { CsvTokenizer } from './tokenizer.ts';

/** The rows of a CSV file, in batches of one window each. */
export function readCsv(file: FileSource, request: RowRequest, signal: AbortSignal): AsyncIterable<RowBatch> {
  const chunks = textChunks(file, request.format, signal, request.onProgress);
  return readWindows(chunks, csvWindowReader(request), signal);
}

function csvWindowReader(request: RowRequest) {
  const { format, target, onRowError } = request;
  const columns = fieldColumns(target);
  const fields = new Fields(columns.length);
  const shape = recordShape(target, columns.length, format);
  const tokenizer = new CsvTokenizer(csvDialect(format), shape, tokenizerSinks(fields, request));
  const rules = fieldRules(request);
  const options: FieldBatchOptions = {
    columns,
    sliceOf: (source, column, report) => new FieldSlice(source, column, rules, report),
    values: valueSettings(request),
    lineOf: (row) => tokenizer.firstLine + row,
    onRowError,
  };
  return (window: ByteWindow) => {
    const consumed = tokenizer.read(window);
    return { consumed, batch: fieldBatch(fields, options) };
  };
}
