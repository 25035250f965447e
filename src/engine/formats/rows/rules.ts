import type { FileFormat, RowRequest } from '../format.ts';
import { flagOption, textOption } from '../option-values.ts';
import type { ValueSettings } from './column-data.ts';
import type { EmptyAs, FieldRules } from './slice.ts';

/** How the fields of a CSV or TEXT file become values; options that TEXT does not have mean what CSV has by default. */
export function fieldRules({ format, target, session }: RowRequest): FieldRules {
  const hasDefaults = target.kind === 'Columns';
  return {
    emptyAs: emptyAs(textOption(format, 'EMPTY_FIELD_AS'), hasDefaults),
    quotedEmptyAs: emptyAs(textOption(format, 'QUOTED_EMPTY_FIELD_AS'), hasDefaults),
    nullDisplay: new TextEncoder().encode(textOption(format, 'NULL_DISPLAY')),
    quotedNulls: flagOption(format, 'ALLOW_QUOTED_NULLS'),
    trim: flagOption(format, 'TRIM_SPACE'),
    binaryFormat: binaryFormat(format),
    settings: session,
  };
}

function emptyAs(option: string, hasDefaults: boolean): EmptyAs {
  if (option === 'FIELD_DEFAULT') return hasDefaults ? 'FIELD_DEFAULT' : 'NULL';
  return option === 'NULL' ? 'NULL' : 'STRING';
}

export function valueSettings({ format, session, disableVariantCheck }: RowRequest): ValueSettings {
  return { timezone: session.timezone, binaryFormat: binaryFormat(format), disableVariantCheck };
}

function binaryFormat(format: FileFormat): 'HEX' | 'BASE64' {
  return textOption(format, 'BINARY_FORMAT') === 'BASE64' ? 'BASE64' : 'HEX';
}
