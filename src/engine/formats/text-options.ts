import type { OptionSpec, OptionValue } from './format.ts';

/** Options that several text formats have in common. */

/** An unset COMPRESSION; acts as AUTO and prints as None. */
export const UNSET_COMPRESSION = '';

const COMPRESSIONS = [
  'AUTO',
  'GZIP',
  'BZ2',
  'BROTLI',
  'ZSTD',
  'DEFLATE',
  'RAW_DEFLATE',
  'LZO',
  'SNAPPY',
  'XZ',
  'ZIP',
  'NONE',
] as const;

export const compression: OptionSpec = {
  name: 'COMPRESSION',
  doc: 'How whole files are compressed; AUTO goes by the extension and the first bytes.',
  accepts: 'word or text',
  default: UNSET_COMPRESSION,
  values: COMPRESSIONS,
};

export const recordDelimiter: OptionSpec = {
  name: 'RECORD_DELIMITER',
  doc: 'What ends a record; a newline and a carriage return with a newline mean the same.',
  accepts: 'text',
  default: '\n',
  check: (value) =>
    value === '\r\n' || isSymbol(value)
      ? undefined
      : "Expecting a single one-byte, non-alphanumeric character or '\\r\\n'.",
};

export const skipHeader: OptionSpec = {
  name: 'SKIP_HEADER',
  doc: 'How many records at the start of each file are skipped.',
  accepts: 'number',
  default: 0,
};

export const outputHeader: OptionSpec = {
  name: 'OUTPUT_HEADER',
  doc: 'Whether unloaded files start with the names of the columns.',
  accepts: 'boolean',
  default: false,
};

export const nullDisplay: OptionSpec = {
  name: 'NULL_DISPLAY',
  doc: 'The text that stands for NULL.',
  accepts: 'text',
  default: '\\N',
};

export const nanDisplay: OptionSpec = {
  name: 'NAN_DISPLAY',
  doc: 'The text that is unloaded for NaN.',
  accepts: 'text',
  default: 'NaN',
  check: (value) => (['nan', 'null'].includes(String(value).toLowerCase()) ? undefined : 'Expecting NaN or NULL.'),
};

export const trimSpace: OptionSpec = {
  name: 'TRIM_SPACE',
  doc: 'Whether whitespace around fields is stripped.',
  accepts: 'boolean',
  default: false,
};

export const errorOnColumnCountMismatch: OptionSpec = {
  name: 'ERROR_ON_COLUMN_COUNT_MISMATCH',
  doc: 'Whether a record that has more or fewer fields than the table has columns is an error.',
  accepts: 'boolean',
  default: true,
};

export const encoding: OptionSpec = {
  name: 'ENCODING',
  doc: 'The character encoding of the files, by its WHATWG label.',
  accepts: 'text',
  default: 'UTF-8',
  check: (value) => (isEncoding(String(value)) ? undefined : 'Expecting a WHATWG encoding label such as UTF-8 or gbk.'),
};

export const encodingErrorMode: OptionSpec = {
  name: 'ENCODING_ERROR_MODE',
  doc: 'strict ends the statement at bytes that cannot be decoded, replace puts U+FFFD in their place.',
  accepts: 'text',
  default: 'strict',
  check: (value) =>
    ['strict', 'replace'].includes(String(value).toLowerCase()) ? undefined : 'The valid values are strict | replace.',
};

export const EMPTY_AS = ['NULL', 'STRING', 'FIELD_DEFAULT'] as const;

export function emptyFieldAs(standard: (typeof EMPTY_AS)[number]): OptionSpec {
  return {
    name: 'EMPTY_FIELD_AS',
    doc: 'What an empty field becomes.',
    accepts: 'word',
    default: standard,
    values: EMPTY_AS,
  };
}

/** One byte that is neither letter nor digit. */
export function isSymbol(value: OptionValue): boolean {
  return typeof value === 'string' && value.length === 1 && value < '\x80' && !isAlphanumeric(value);
}

export function isAlphanumeric(character: string): boolean {
  return /^[A-Za-z0-9]$/.test(character);
}

function isEncoding(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    // TextDecoder has no other way to say which labels it knows.
    return false;
  }
}
