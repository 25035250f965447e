import type { FileFormat, RowFormat } from '../format.ts';
import { inferFieldSchema } from '../rows/infer-fields.ts';
import { previewText } from '../rows/preview.ts';
import type { RecordShape, TokenizerSinks } from '../rows/records.ts';
import { csvDialect } from './dialect.ts';
import { CSV_OPTIONS } from './options.ts';
import { readCsv } from './read.ts';
import { CsvTokenizer } from './tokenizer.ts';

export const csvFormat: RowFormat = {
  kind: 'row',
  name: 'CSV',
  aliases: [],
  doc: 'Records of fields between delimiters, quoted where they have to be.',
  suffix: '.csv',
  options: CSV_OPTIONS,
  access: 'positions',
  read: readCsv,
  inferSchema: (file, request, signal) => inferFieldSchema(file, request, headlessTokenizer, signal),
  preview: (file, request, signal) => previewText(file, request, headlessTokenizer, signal),
};

function headlessTokenizer(format: FileFormat, shape: RecordShape, sinks: TokenizerSinks): CsvTokenizer {
  return new CsvTokenizer({ ...csvDialect(format), skipHeader: 0 }, shape, sinks);
}
