import type { FileFormat, RowFormat } from '../format.ts';
import { inferFieldSchema } from '../rows/infer-fields.ts';
import { previewText } from '../rows/preview.ts';
import type { RecordShape, TokenizerSinks } from '../rows/records.ts';
import { TEXT_OPTIONS } from './options.ts';
import { readText } from './read.ts';
import { TextTokenizer, textDialect } from './tokenizer.ts';

export const textFormat: RowFormat = {
  kind: 'row',
  name: 'TEXT',
  aliases: ['TSV', 'TABSEPARATED'],
  doc: 'Records of fields between tabs or other delimiters, with backslashes instead of quotes.',
  suffix: '.txt',
  options: TEXT_OPTIONS,
  access: 'positions',
  read: readText,
  inferSchema: (file, request, signal) => inferFieldSchema(file, request, headlessTokenizer, signal),
  preview: (file, request, signal) => previewText(file, request, headlessTokenizer, signal),
};

function headlessTokenizer(format: FileFormat, shape: RecordShape, sinks: TokenizerSinks): TextTokenizer {
  return new TextTokenizer({ ...textDialect(format), skipHeader: 0 }, shape, sinks);
}
