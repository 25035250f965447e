import type { FileFormat, FormatName, OptionSpec, OptionValue } from './format.ts';
import { formatOf } from './index.ts';
import { typeLabel } from './options.ts';
import { UNSET_COMPRESSION } from './text-options.ts';

/** Options that are taken and mean nothing, so that nothing shows them. */
const UNSHOWN = ['ALLOW_DUPLICATE_KEYS'];

/** What SHOW FILE FORMATS has never shown. */
const NOT_LISTED: { readonly [K in FormatName]: readonly string[] } = {
  CSV: [],
  TEXT: ['QUOTE'],
  NDJSON: ['NULL_IF', ...UNSHOWN],
  PARQUET: ['COMPRESSION', 'NULL_IF', 'USE_LOGIC_TYPE'],
};

/** One line of options as SHOW FILE FORMATS prints them, its odd spacing included. */
export function showFormat(format: FileFormat): string {
  const { name, options } = formatOf(format);
  const listed = options.filter((spec) => !NOT_LISTED[name].includes(spec.name));
  const type = name === 'NDJSON' ? 'TYPE = NDJSON,' : `TYPE = ${name}`;
  return [type, ...listed.map((spec) => showOption(spec, format.options[spec.name] ?? spec.default))].join(' ');
}

function showOption(spec: OptionSpec, value: OptionValue): string {
  if (spec.name === 'SKIP_HEADER' || spec.name === 'OUTPUT_HEADER') return `${spec.name}= ${String(value)}`;
  const name = spec.name === 'NULL_FIELD_AS' ? 'NULL_FIELDS_AS' : spec.name;
  return `${name} = ${showValue(spec, value)}`;
}

function showValue(spec: OptionSpec, value: OptionValue): string {
  if (spec.name === 'COMPRESSION') return compressionLabel(value);
  if (spec.name === 'QUOTE_STYLE' || spec.name === 'BINARY_FORMAT') return String(value).toLowerCase();
  return spec.accepts === 'text' ? `'${escapeText(String(value))}'` : String(value);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  "'": "\\'",
  '"': '\\"',
  '\\': '\\\\',
};

function escapeText(text: string): string {
  return text.replace(/[\t\n\r'"\\]|[^\x20-\x7e]/gu, (character) => {
    return ESCAPES[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** All options of a format as the JSON of DESC STAGE has them, keys sorted. */
export function formatJson(format: FileFormat): Readonly<Record<string, OptionValue>> {
  const { name, options } = formatOf(format);
  const hidden = [...UNSHOWN, ...(name === 'TEXT' ? ['QUOTE'] : [])];
  const entries = options
    .filter((spec) => !hidden.includes(spec.name))
    .map((spec): [string, OptionValue] => [
      spec.name === 'SKIP_HEADER' ? 'headers' : spec.name.toLowerCase(),
      jsonValue(spec, format.options[spec.name] ?? spec.default),
    ]);
  if (name === 'CSV') entries.push(['geometry_format', 'EWKT']);
  entries.push(['type', typeLabel(name)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function jsonValue(spec: OptionSpec, value: OptionValue): OptionValue {
  if (spec.name === 'COMPRESSION') return compressionLabel(value);
  if (spec.name === 'QUOTE_STYLE') return String(value).toLowerCase();
  return spec.values ? camelCase(String(value)) : value;
}

function compressionLabel(value: OptionValue): string {
  return value === UNSET_COMPRESSION ? 'None' : camelCase(String(value));
}

/** `FIELD_DEFAULT` as `FieldDefault`. */
function camelCase(word: string): string {
  return word
    .toLowerCase()
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}
