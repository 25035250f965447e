import { type Span, SqlError } from '../base/errors.ts';
import { own } from '../base/own.ts';
import type { FileFormat, Format, FormatName, OptionSpec, OptionValue } from './format.ts';
import { FORMATS, findFormat } from './index.ts';

/** One `NAME = value` as the parser gives it; the name in any case. */
export interface WrittenOption {
  readonly name: string;
  readonly value:
    | { readonly kind: 'text' | 'word'; readonly value: string }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'texts'; readonly value: readonly string[] };
  readonly span: Span;
}

/** Databend's types that we cannot read; their names are reserved all the same. */
const OTHER_TYPES = ['LANCE', 'XML', 'JSON', 'ORC', 'AVRO', 'ARROW', 'ARROW_STREAM'];

/** Whether a name stands for a type, so that no file format of one's own may have it. */
export function isReservedFormatName(name: string): boolean {
  return findFormat(name) !== undefined || OTHER_TYPES.includes(name.toUpperCase());
}

/** A type with all its options at their defaults. */
export function defaultFormat(type: FormatName): FileFormat {
  const specs = findFormat(type)?.options ?? [];
  return { type, options: Object.fromEntries(specs.map((spec) => [spec.name, spec.default])) };
}

/**
 * What `FORMAT_NAME = 'csv'` and `FILE_FORMAT => 'csv'` name: the built-in object of a type; undefined for other names.
 * Databend's object for NDJSON differs from `TYPE = NDJSON` in that a null becomes the column's default.
 */
export function builtInFormat(name: string): FileFormat | undefined {
  const format = findFormat(name);
  if (!format) {
    if (OTHER_TYPES.includes(name.toUpperCase())) throw unsupportedType(name.toUpperCase());
    return undefined;
  }
  const { type, options } = defaultFormat(format.name);
  return type === 'NDJSON' ? { type, options: { ...options, NULL_FIELD_AS: 'FIELD_DEFAULT' } } : { type, options };
}

/** What CREATE FILE FORMAT and FILE_FORMAT say; `findNamed` gives a format that was created, or throws. */
export function formatFromOptions(
  written: readonly WrittenOption[],
  findNamed: (name: string, span: Span) => FileFormat,
): FileFormat {
  const named = written.findLast(({ name }) => name.toUpperCase() === 'FORMAT_NAME');
  if (named) {
    const name = String(named.value.value);
    return builtInFormat(name) ?? findNamed(name, named.span);
  }
  const typed = written.findLast(({ name }) => name.toUpperCase() === 'TYPE');
  if (!typed) {
    throw new SqlError(
      'IllegalFileFormat',
      'Invalid FILE_FORMAT options: FILE_FORMAT must include at least one of the TYPE or NAME option. Currently, neither is specified.',
      { span: written[0]?.span },
    );
  }
  const format = formatOfType(String(typed.value.value), typed.span);
  const options = written.filter(({ name }) => name.toUpperCase() !== 'TYPE');
  refuseUnknown(format, options);
  const values = options.map((option) => [option.name.toUpperCase(), optionValue(format, option)]);
  return { type: format.name, options: { ...defaultFormat(format.name).options, ...Object.fromEntries(values) } };
}

function formatOfType(type: string, span: Span): Format {
  const format = findFormat(type);
  if (format) return format;
  if (OTHER_TYPES.includes(type.toUpperCase())) throw unsupportedType(type.toUpperCase()).at(span);
  throw new SqlError(
    'IllegalFileFormat',
    `Unknown file format type '${type}', must be one of ( CSV | TEXT | NDJSON | PARQUET | LANCE | ORC | AVRO | JSON | ARROW | ARROW_STREAM )`,
    { span },
  );
}

function unsupportedType(type: string): SqlError {
  const names = FORMATS.map(({ name }) => name).join(', ');
  return new SqlError('Unimplemented', `Unsupported file format '${type}'. Supported formats: ${names}.`);
}

/** A type as it is spelt in messages and in the options of a stage. */
export function typeLabel(type: FormatName): string {
  return { CSV: 'Csv', TEXT: 'Text', NDJSON: 'NdJson', PARQUET: 'Parquet' }[type];
}

function refuseUnknown({ name: type, options }: Format, written: readonly WrittenOption[]): void {
  const unknown = written.filter(({ name }) => !options.some((spec) => spec.name === name.toUpperCase()));
  if (unknown.length === 0) return;
  const leftovers = unknown
    .map(({ name, value }) => `${JSON.stringify(name.toLowerCase())}: ${JSON.stringify(String(value.value))}`)
    .sort();
  throw new SqlError('IllegalFileFormat', `Unsupported options for ${typeLabel(type)}:  {${leftovers.join(', ')}}`, {
    span: unknown[0]?.span,
    suggestions: options.map(({ name }) => name),
  });
}

const EXPECTED: { readonly [K in OptionSpec['accepts']]: string } = {
  text: 'a string literal',
  word: 'a keyword',
  'word or text': 'a keyword or a string literal',
  boolean: 'TRUE or FALSE',
  number: 'an unsigned integer',
  texts: "a list of string literals, such as ('a', 'b')",
};

function optionValue({ name: type, options }: Format, { name, value, span }: WrittenOption): OptionValue {
  const spec = options.find((known) => known.name === name.toUpperCase());
  if (!spec) throw new SqlError('Internal', `an option ${name} was let through`);
  if (!accepts(spec, value.kind)) {
    throw new SqlError('SyntaxException', `option ${spec.name} expects ${EXPECTED[spec.accepts]}`, { span });
  }
  if (spec.values) return choiceOf(spec, spec.values, String(value.value), { type, span });
  const problem = spec.check?.(value.value);
  if (problem !== undefined) throw invalidValue(spec, String(value.value), problem, { type, span });
  return value.value;
}

function accepts({ accepts: accepted, check }: OptionSpec, kind: WrittenOption['value']['kind']): boolean {
  if (accepted === 'word or text') return kind === 'word' || kind === 'text';
  // QUOTE = NONE and the like pass the grammar of Databend and are refused by value.
  return kind === accepted || (accepted === 'text' && kind === 'word' && check !== undefined);
}

interface OptionPlace {
  readonly type: FormatName;
  readonly span: Span;
}

function choiceOf(spec: OptionSpec, values: readonly string[], written: string, place: OptionPlace): OptionValue {
  const value = written.toUpperCase() === 'RAWDEFLATE' ? 'RAW_DEFLATE' : written.toUpperCase();
  if (values.includes(value)) return value;
  if (spec.name === 'COMPRESSION' && place.type !== 'PARQUET') {
    const names = values.map((name) => name.toLowerCase()).join(' | ');
    const message = `Unknown file compression type, must one of { ${names} }`;
    throw new SqlError('IllegalFileFormat', message, { span: place.span });
  }
  throw invalidValue(spec, written, `The valid values are ${values.join(' | ')}.`, place);
}

function invalidValue({ name }: OptionSpec, value: string, expectation: string, { type, span }: OptionPlace): SqlError {
  if (name === 'MISSING_FIELD_AS' || name === 'NULL_FIELD_AS') {
    return new SqlError('InvalidArgument', `Invalid option value: ${name} is set to ${value}. ${expectation}`, {
      span,
    });
  }
  const message = `Invalid ${type} option value: ${name} is currently set to '${value}'. ${expectation}`;
  return new SqlError('BadArguments', message, { span });
}

const COMPRESSED = /\.(?:gz|zst|zstd|br|bz2|xz|zl|deflate|zip)$/i;

const TYPE_BY_EXTENSION: Readonly<Record<string, FormatName>> = {
  csv: 'CSV',
  tsv: 'TEXT',
  txt: 'TEXT',
  ndjson: 'NDJSON',
  jsonl: 'NDJSON',
};

/** The type that a file's name suggests where no format is given, else Parquet. */
export function formatByName(path: string): FileFormat {
  const extension = path.replace(COMPRESSED, '').split('.').at(-1)?.toLowerCase() ?? '';
  return defaultFormat(own(TYPE_BY_EXTENSION, extension) ?? 'PARQUET');
}
