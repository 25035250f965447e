import { plain, type Schema } from '../../types/type.ts';
import type { FileSource, RowBatch, RowRequest, RowTarget } from '../format.ts';
import { textOption, textsOption } from '../option-values.ts';
import { type FieldBatchOptions, fieldBatch } from '../rows/field-batch.ts';
import { Fields } from '../rows/fields.ts';
import { valueSettings } from '../rows/rules.ts';
import { textChunks } from '../rows/text-chunks.ts';
import { type ByteWindow, readWindows } from '../rows/window.ts';
import { type JsonRules, JsonSlice } from './slice.ts';
import { NdjsonTokenizer } from './tokenizer.ts';

/** The rows of an NDJSON file, in batches of one window each. */
export function readNdjson(file: FileSource, request: RowRequest, signal: AbortSignal): AsyncIterable<RowBatch> {
  const chunks = textChunks(file, request.format, signal, request.onProgress);
  return readWindows(chunks, ndjsonWindowReader(file.path, request), signal);
}

const RECORD: Schema = [{ name: '_$1', type: plain('Variant'), nullable: false }];

function columnsOf(target: RowTarget): Schema {
  if (target.kind === 'Columns') return target.columns;
  return target.kind === 'Positions' && target.count === 0 ? [] : RECORD;
}

function ndjsonWindowReader(path: string, request: RowRequest) {
  const { target, onRowError } = request;
  const columns = columnsOf(target);
  const fields = new Fields(columns.length);
  const tokenizer = new NdjsonTokenizer(fields, target, path);
  const rules = jsonRules(request, columns);
  const options: FieldBatchOptions = {
    columns,
    values: valueSettings(request),
    sliceOf: (source, column, report) => new JsonSlice(source, column, rules, report),
    lineOf: (row) => fields.numbers[row] ?? 0,
    onRowError,
  };
  return (window: ByteWindow) => {
    const consumed = tokenizer.read(window);
    return { consumed, batch: fieldBatch(fields, options, tokenizer.errors) };
  };
}

function jsonRules({ format, target, session }: RowRequest, columns: Schema): JsonRules {
  const missingAs = textOption(format, 'MISSING_FIELD_AS');
  const encoder = new TextEncoder();
  return {
    missingAs: missingAs === 'NULL' || missingAs === 'FIELD_DEFAULT' ? missingAs : 'ERROR',
    nullAs: textOption(format, 'NULL_FIELD_AS') === 'FIELD_DEFAULT' ? 'FIELD_DEFAULT' : 'NULL',
    nullIf: target.kind === 'Columns' ? textsOption(format, 'NULL_IF').map((text) => encoder.encode(text)) : [],
    settings: session,
    isSingleVariant: target.kind === 'Columns' && columns.length === 1 && columns[0]?.type.kind === 'Variant',
  };
}
