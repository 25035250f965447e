import type { RowFormat } from '../format.ts';
import { inferNdjson } from './infer.ts';
import { NDJSON_OPTIONS } from './options.ts';
import { readNdjson } from './read.ts';

export const ndjsonFormat: RowFormat = {
  kind: 'row',
  name: 'NDJSON',
  aliases: ['JSONEACHROW'],
  doc: 'One JSON value a line.',
  suffix: '.ndjson',
  options: NDJSON_OPTIONS,
  access: 'variant',
  read: readNdjson,
  inferSchema: inferNdjson,
};
