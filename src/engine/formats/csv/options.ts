import type { OptionSpec, OptionValue } from '../format.ts';
import {
  compression,
  EMPTY_AS,
  emptyFieldAs,
  encoding,
  encodingErrorMode,
  errorOnColumnCountMismatch,
  isAlphanumeric,
  nanDisplay,
  nullDisplay,
  outputHeader,
  recordDelimiter,
  skipHeader,
  trimSpace,
} from '../text-options.ts';

const MAX_DELIMITER_BYTES = 20;

const fieldDelimiter: OptionSpec = {
  name: 'FIELD_DELIMITER',
  doc: 'What stands between fields, up to 20 bytes.',
  accepts: 'text',
  default: ',',
  check: checkDelimiter,
};

function checkDelimiter(value: OptionValue): string | undefined {
  const text = String(value);
  if (isAlphanumeric(text)) return 'Expecting a non-alphanumeric character.';
  const bytes = new TextEncoder().encode(text).length;
  return bytes >= 1 && bytes <= MAX_DELIMITER_BYTES ? undefined : `Expecting 1 to ${MAX_DELIMITER_BYTES} bytes.`;
}

const quote: OptionSpec = {
  name: 'QUOTE',
  doc: 'The character that a quoted field starts and ends with.',
  accepts: 'text',
  default: '"',
  check: (value) => (["'", '"', '`'].includes(String(value)) ? undefined : 'The valid values are \', ", `.'),
};

const quoteStyle: OptionSpec = {
  name: 'QUOTE_STYLE',
  doc: 'Which fields are quoted in unloaded files.',
  accepts: 'word or text',
  default: 'QUOTE_NOT_NULL',
  values: ['QUOTE_NOT_NULL', 'QUOTE_MINIMAL'],
};

const escapeByte: OptionSpec = {
  name: 'ESCAPE',
  doc: 'The character that takes the next one literally inside quotes; empty for none.',
  accepts: 'text',
  default: '',
  check: (value) => (value === '' || value === '\\' ? undefined : "The valid values are '', '\\\\'."),
};

const binaryFormat: OptionSpec = {
  name: 'BINARY_FORMAT',
  doc: 'How BINARY values are spelled.',
  accepts: 'word',
  default: 'HEX',
  values: ['HEX', 'BASE64'],
};

const allowQuotedNulls: OptionSpec = {
  name: 'ALLOW_QUOTED_NULLS',
  doc: 'Whether a quoted field equal to NULL_DISPLAY is NULL.',
  accepts: 'boolean',
  default: false,
};

const quotedEmptyFieldAs: OptionSpec = {
  name: 'QUOTED_EMPTY_FIELD_AS',
  doc: 'What an empty field in quotes becomes.',
  accepts: 'word',
  default: 'STRING',
  values: EMPTY_AS,
};

/** In the order of SHOW FILE FORMATS. */
export const CSV_OPTIONS: readonly OptionSpec[] = [
  compression,
  fieldDelimiter,
  recordDelimiter,
  quote,
  quoteStyle,
  escapeByte,
  skipHeader,
  outputHeader,
  nullDisplay,
  nanDisplay,
  encoding,
  encodingErrorMode,
  emptyFieldAs('NULL'),
  binaryFormat,
  errorOnColumnCountMismatch,
  trimSpace,
  allowQuotedNulls,
  quotedEmptyFieldAs,
];
