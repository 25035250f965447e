import type { OptionSpec } from '../format.ts';
import {
  compression,
  emptyFieldAs,
  encoding,
  encodingErrorMode,
  errorOnColumnCountMismatch,
  isSymbol,
  nanDisplay,
  nullDisplay,
  outputHeader,
  recordDelimiter,
  skipHeader,
  trimSpace,
} from '../text-options.ts';

/** In the order of SHOW FILE FORMATS. */
export const TEXT_OPTIONS: readonly OptionSpec[] = [
  compression,
  {
    name: 'FIELD_DELIMITER',
    doc: 'What stands between fields; empty makes each record one field.',
    accepts: 'text',
    default: '\t',
    check: (value) =>
      value === '' || isSymbol(value) ? undefined : 'Expecting a single one-byte, non-alphanumeric character.',
  },
  recordDelimiter,
  skipHeader,
  outputHeader,
  nullDisplay,
  nanDisplay,
  encoding,
  encodingErrorMode,
  emptyFieldAs('FIELD_DEFAULT'),
  errorOnColumnCountMismatch,
  trimSpace,
  {
    name: 'QUOTE',
    doc: 'Taken and ignored: TEXT has no quotes.',
    accepts: 'text',
    default: '',
  },
];
