import { SqlError } from '../../base/errors.ts';
import { type Column, plain, type Schema } from '../../types/type.ts';
import type { FileFormat, FileSource, InferRequest } from '../format.ts';
import { numberOption, textOption } from '../option-values.ts';
import { Fields } from './fields.ts';
import { checkInferSize } from './infer-size.ts';
import { textOf } from './messages.ts';
import type { RecordShape, TokenizerSinks } from './records.ts';
import { inferredChunks } from './text-chunks.ts';
import { ValueShapes } from './value-shapes.ts';
import { readWindows } from './window.ts';

/** Cuts records without a header. */
export type TokenizerOf = (
  format: FileFormat,
  shape: RecordShape,
  sinks: TokenizerSinks,
) => { read(window: Parameters<Parameters<typeof readWindows>[1]>[0]): number };

/** What the columns of a CSV or TEXT file seem to be; the first record names them if there is a header. */
export async function inferFieldSchema(
  file: FileSource,
  request: InferRequest,
  tokenizerOf: TokenizerOf,
  signal: AbortSignal,
): Promise<Schema> {
  checkInferSize(file);
  const { format } = request;
  if (new TextEncoder().encode(textOption(format, 'FIELD_DELIMITER')).length > 1) {
    const message = `It is not supported to infer ${format.type} file with multi-bytes FIELD_DELIMITER`;
    throw new SqlError('BadArguments', message);
  }
  const width = await recordWidth(file, format, tokenizerOf, signal);
  return sampleColumns(file, request, { width, tokenizerOf }, signal);
}

/** The number of fields of the first record. */
async function recordWidth(
  file: FileSource,
  format: FileFormat,
  tokenizerOf: TokenizerOf,
  signal: AbortSignal,
): Promise<number> {
  let width = 0;
  const shape = { strict: true, missingIsEmpty: false, limit: Number.POSITIVE_INFINITY };
  const tokenizer = tokenizerOf(format, shape, {
    fields: new Fields(0),
    reportWidth: ({ fieldCount }) => {
      width ||= fieldCount;
    },
  });
  const read = (window: Parameters<typeof tokenizer.read>[0]) => {
    const consumed = tokenizer.read(window);
    return { consumed, batch: width || undefined };
  };
  for await (const found of readWindows(inferredChunks(file, format, signal), read, signal)) return found;
  return width;
}

interface Sample {
  readonly width: number;
  readonly tokenizerOf: TokenizerOf;
}

async function sampleColumns(
  file: FileSource,
  { format, maxRecords = Number.POSITIVE_INFINITY }: InferRequest,
  { width, tokenizerOf }: Sample,
  signal: AbortSignal,
): Promise<Schema> {
  const headers = numberOption(format, 'SKIP_HEADER');
  const fields = new Fields(width);
  const shapes = Array.from({ length: width }, () => new ValueShapes());
  let names: string[] = [];
  let records = 0;
  const shape = { strict: true, missingIsEmpty: true, limit: Number.POSITIVE_INFINITY };
  const tokenizer = tokenizerOf(format, shape, {
    fields,
    reportWidth: ({ fieldCount, line }) => {
      if (records + fields.rows >= maxRecords + headers) return;
      const message = `incorrect number of fields for line ${line + 1} of '${file.path}', expected ${width} got ${fieldCount}`;
      throw new SqlError('BadBytes', message);
    },
  });
  const read = (window: Parameters<typeof tokenizer.read>[0]) => {
    const consumed = tokenizer.read(window);
    for (let row = 0; row < fields.rows && records < maxRecords + headers; row++, records++) {
      const texts = shapes.map((_, index) => fieldText(fields, row, index));
      if (records === 0 && headers > 0) names = texts;
      if (records >= headers) for (const [index, text] of texts.entries()) shapes[index]?.add(text);
    }
    return { consumed, batch: records >= maxRecords + headers || undefined };
  };
  for await (const _ of readWindows(inferredChunks(file, format, signal), read, signal)) break;
  return shapes.map((values, index): Column => {
    return { name: names[index] ?? `column_${index + 1}`, type: plain(values.kind()), nullable: true };
  });
}

function fieldText({ bytes, starts, ends, stride }: Fields, row: number, index: number): string {
  const at = row * stride + index;
  return textOf(bytes, starts[at] ?? 0, ends[at] ?? 0);
}
