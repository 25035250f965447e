import { SqlError } from '../../base/errors.ts';
import type { Identifier, ObjectName, StringLiteral, VariableRef } from '../../sql/ast.ts';
import type { Location, OptionSetting, SelectItem, TableAlias } from '../../sql/ast-query.ts';
import type { Parser } from '../../sql/parser.ts';
import { printExpr, printHints, printObjectName, printSelectItems, printTableAlias } from '../../sql/print.ts';
import { printString } from '../../sql/print-name.ts';
import {
  FILE_FORMAT_OPTIONS,
  parseColumnNames,
  parseConnectedLocation,
  printColumnNames,
  printConnectedLocation,
  printFileFormat,
  printOptionalWith,
  words,
} from './clauses.ts';
import type { DmlNode, Head } from './head.ts';

export interface CopyIntoTable extends DmlNode, CopyTableOptions {
  readonly kind: 'CopyIntoTable';
  readonly table: ObjectName;
  /** Empty for all columns. */
  readonly columns: readonly Identifier[];
  readonly location: Location;
  /** `FROM (SELECT <items> FROM <location> [<alias>])`; absent when the files are loaded as they are. */
  readonly transform: CopyTransform | undefined;
}

export interface CopyTransform {
  readonly items: readonly SelectItem[];
  readonly alias: TableAlias | undefined;
}

/** As written: what was not stays undefined. */
export interface CopyTableOptions {
  readonly files: readonly string[] | undefined;
  readonly pattern: StringLiteral | VariableRef | undefined;
  readonly fileFormat: readonly OptionSetting[] | undefined;
  readonly sizeLimit: number | undefined;
  readonly maxFiles: number | undefined;
  readonly splitSize: number | undefined;
  readonly purge: boolean | undefined;
  readonly force: boolean | undefined;
  readonly disableVariantCheck: boolean | undefined;
  readonly returnFailedOnly: boolean | undefined;
  readonly onError: OnError | undefined;
  readonly columnMatchMode: ColumnMatchMode | undefined;
  readonly schemaEvolution: SchemaEvolution | undefined;
}

export interface OnError {
  readonly action: 'CONTINUE' | 'ABORT' | 'SKIP_FILE';
  /** Of `ABORT_<n>` and `SKIP_FILE_<n>`. */
  readonly count: number | undefined;
}

export type ColumnMatchMode = 'CASE_SENSITIVE' | 'CASE_INSENSITIVE' | 'POSITION';

/** `AUTO` or a number for each that was written. */
export interface SchemaEvolution {
  readonly sampleFiles: number | 'AUTO' | undefined;
  readonly sampleRecordsPerFile: number | 'AUTO' | undefined;
  readonly sampleTotalRecords: number | 'AUTO' | undefined;
}

type Draft = { -readonly [K in keyof CopyTableOptions]: CopyTableOptions[K] };

/**
 * [WITH …] COPY [hint] INTO <table> [(<column>, …)]
 * FROM {<location> [CONNECTION = (…)] | (SELECT <item>, … FROM <location> [CONNECTION = (…)] [[AS] <alias>])} <option>…
 */
export function parseCopyIntoTable(p: Parser, head: Head, hints: CopyIntoTable['hints']): CopyIntoTable {
  const table = p.objectName('table');
  const columns = parseColumnNames(p);
  p.expect('FROM');
  const { location, transform } = copySource(p);
  const options = copyOptions(p);
  const span = p.spanFrom(head.start);
  return { kind: 'CopyIntoTable', with: head.with, hints, table, columns, location, transform, ...options, span };
}

function copySource(p: Parser): Pick<CopyIntoTable, 'location' | 'transform'> {
  if (!p.accept('(')) return { location: parseConnectedLocation(p), transform: undefined };
  p.expect('SELECT');
  const items = p.selectItems();
  p.expect('FROM');
  const location = parseConnectedLocation(p);
  const alias = p.tableAlias();
  p.expect(')');
  return { location, transform: { items, alias } };
}

type OptionReader = readonly [name: string, read: (p: Parser, options: Draft) => void];

function option<K extends keyof Draft>(name: string, key: K, read: (p: Parser) => Draft[K]): OptionReader {
  return [`${name} =`, (p, options) => (options[key] = read(p))];
}

const OPTIONS: readonly OptionReader[] = [
  option('FILES', 'files', files),
  option('PATTERN', 'pattern', pattern),
  option('FILE_FORMAT', 'fileFormat', (p) => p.optionSettings(FILE_FORMAT_OPTIONS)),
  option('SIZE_LIMIT', 'sizeLimit', (p) => p.integer()),
  option('MAX_FILES', 'maxFiles', (p) => p.integer()),
  option('SPLIT_SIZE', 'splitSize', (p) => p.integer()),
  option('PURGE', 'purge', (p) => p.boolean()),
  option('FORCE', 'force', (p) => p.boolean()),
  option('DISABLE_VARIANT_CHECK', 'disableVariantCheck', (p) => p.boolean()),
  option('RETURN_FAILED_ONLY', 'returnFailedOnly', (p) => p.boolean()),
  option('ON_ERROR', 'onError', onError),
  option('COLUMN_MATCH_MODE', 'columnMatchMode', columnMatchMode),
  option('SCHEMA_EVOLUTION', 'schemaEvolution', (p) => p.parenthesized(() => schemaEvolution(p))),
];

/** Options in any order; what comes later wins. */
function copyOptions(p: Parser): CopyTableOptions {
  const options: Draft = {
    files: undefined,
    pattern: undefined,
    fileFormat: undefined,
    sizeLimit: undefined,
    maxFiles: undefined,
    splitSize: undefined,
    purge: undefined,
    force: undefined,
    disableVariantCheck: undefined,
    returnFailedOnly: undefined,
    onError: undefined,
    columnMatchMode: undefined,
    schemaEvolution: undefined,
  };
  for (let next = nextOption(p); next; next = nextOption(p)) next[1](p, options);
  return options;
}

function nextOption(p: Parser): OptionReader | undefined {
  return OPTIONS.find(([name]) => p.accept(name));
}

function files(p: Parser): readonly string[] {
  return p.parenthesized(() => (p.peek(')') ? [] : p.list(() => p.string())));
}

/** A regular expression: a string, or a `$variable` that holds one. */
function pattern(p: Parser): StringLiteral | VariableRef {
  const { start, kind } = p.token;
  if (kind !== 'Variable') return { kind: 'StringLiteral', value: p.string(), span: p.spanFrom(start) };
  const name = p.advance().text.slice(1).toLowerCase();
  return { kind: 'VariableRef', name, span: p.spanFrom(start) };
}

/** {CONTINUE | ABORT[_<n>] | SKIP_FILE[_<n>]} */
function onError(p: Parser): OnError {
  const { start } = p.token;
  const word = p.word();
  const [, action, count] = /^(CONTINUE|ABORT|SKIP_FILE)(?:(?<!CONTINUE)_([1-9]\d*))?$/.exec(word) ?? [];
  if (action !== 'CONTINUE' && action !== 'ABORT' && action !== 'SKIP_FILE') {
    const message = 'OnError must one of { CONTINUE | SKIP_FILE | SKIP_FILE_<num> | ABORT | ABORT_<num> }';
    throw new SqlError('SyntaxException', message, { span: p.spanFrom(start) });
  }
  return { action, count: count === undefined ? undefined : Number(count) };
}

/** Databend's documents write the words with a hyphen. */
const MATCH_MODES = new Map<string, ColumnMatchMode>([
  ['CASE_SENSITIVE', 'CASE_SENSITIVE'],
  ['CASE_INSENSITIVE', 'CASE_INSENSITIVE'],
  ['POSITION', 'POSITION'],
  ['CASE - SENSITIVE', 'CASE_SENSITIVE'],
  ['CASE - INSENSITIVE', 'CASE_INSENSITIVE'],
]);

function columnMatchMode(p: Parser): ColumnMatchMode {
  return MATCH_MODES.get(p.expectAny(...MATCH_MODES.keys())) ?? p.fail();
}

const SAMPLES = {
  SAMPLE_FILES: 'sampleFiles',
  SAMPLE_RECORDS_PER_FILE: 'sampleRecordsPerFile',
  SAMPLE_TOTAL_RECORDS: 'sampleTotalRecords',
} as const;

function schemaEvolution(p: Parser): SchemaEvolution {
  const samples: { -readonly [K in keyof SchemaEvolution]: SchemaEvolution[K] } = {
    sampleFiles: undefined,
    sampleRecordsPerFile: undefined,
    sampleTotalRecords: undefined,
  };
  p.list(() => {
    const name = p.expectAny('SAMPLE_FILES', 'SAMPLE_RECORDS_PER_FILE', 'SAMPLE_TOTAL_RECORDS');
    p.expect('=');
    samples[SAMPLES[name]] = p.accept('AUTO') ? 'AUTO' : p.integer();
  });
  return samples;
}

/** With each option that has a default, and the options of its format sorted. */
export function spelledOut(copy: CopyIntoTable): CopyIntoTable {
  return {
    ...copy,
    fileFormat: copy.fileFormat && [...copy.fileFormat].sort((a, b) => (a.name < b.name ? -1 : 1)),
    purge: copy.purge ?? false,
    force: copy.force ?? false,
    disableVariantCheck: copy.disableVariantCheck ?? false,
    returnFailedOnly: copy.returnFailedOnly ?? false,
    onError: copy.onError ?? { action: 'ABORT', count: undefined },
  };
}

export function printCopyIntoTable(copy: CopyIntoTable): string {
  return words(
    printOptionalWith(copy.with),
    'COPY',
    printHints(copy.hints),
    `INTO ${printObjectName(copy.table)}`,
    printColumnNames(copy.columns),
    `FROM ${printCopySource(copy)}`,
    copy.files && `FILES = (${copy.files.map(printString).join(', ')})`,
    copy.pattern && `PATTERN = ${printExpr(copy.pattern)}`,
    printFileFormat(copy.fileFormat),
    ...printSettings([
      ['SIZE_LIMIT', copy.sizeLimit],
      ['MAX_FILES', copy.maxFiles],
      ['SPLIT_SIZE', copy.splitSize],
      ['PURGE', copy.purge],
      ['FORCE', copy.force],
      ['DISABLE_VARIANT_CHECK', copy.disableVariantCheck],
      ['ON_ERROR', copy.onError && printOnError(copy.onError)],
      ['RETURN_FAILED_ONLY', copy.returnFailedOnly],
      ['COLUMN_MATCH_MODE', copy.columnMatchMode],
      ['SCHEMA_EVOLUTION', copy.schemaEvolution && printEvolution(copy.schemaEvolution)],
    ]),
  );
}

function printCopySource({ location, transform }: CopyIntoTable): string {
  const place = printConnectedLocation(location);
  if (!transform) return place;
  const from = words('FROM', place, transform.alias && printTableAlias(transform.alias));
  return `(SELECT ${printSelectItems(transform.items)} ${from})`;
}

/** `NAME = value` for each that has one. */
export function printSettings(
  settings: readonly (readonly [name: string, value: string | number | boolean | undefined])[],
): string[] {
  return settings.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} = ${typeof value === 'boolean' ? String(value).toUpperCase() : value}`],
  );
}

function printOnError({ action, count }: OnError): string {
  return count === undefined ? action : `${action}_${count}`;
}

function printEvolution(evolution: SchemaEvolution): string {
  const samples = Object.entries(SAMPLES).map(([name, key]): [string, number | string | undefined] => [
    name,
    evolution[key],
  ]);
  return `(${printSettings(samples).join(', ')})`;
}
