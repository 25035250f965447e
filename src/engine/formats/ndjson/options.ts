import type { OptionSpec } from '../format.ts';
import { compression } from '../text-options.ts';

/** In the order of SHOW FILE FORMATS. */
export const NDJSON_OPTIONS: readonly OptionSpec[] = [
  compression,
  {
    name: 'MISSING_FIELD_AS',
    doc: 'What a column gets whose key a record does not have: an error, NULL, or its default.',
    accepts: 'word or text',
    default: 'ERROR',
    values: ['ERROR', 'NULL', 'FIELD_DEFAULT'],
  },
  {
    name: 'NULL_FIELD_AS',
    doc: 'What a column gets for a null: NULL or its default.',
    accepts: 'word or text',
    default: 'NULL',
    values: ['NULL', 'FIELD_DEFAULT'],
  },
  {
    name: 'NULL_IF',
    doc: 'Texts that become NULL when they are loaded into a column that can be NULL.',
    accepts: 'texts',
    default: [],
  },
  {
    name: 'ALLOW_DUPLICATE_KEYS',
    doc: 'Taken for the sake of others; of equal keys the last wins in any case.',
    accepts: 'boolean',
    default: false,
  },
];
