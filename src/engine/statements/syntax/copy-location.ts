import type { Expr, ObjectName } from '../../sql/ast.ts';
import type { Location, OptionSetting, Query } from '../../sql/ast-query.ts';
import type { Parser } from '../../sql/parser.ts';
import { printExpr, printHints, printObjectName, printQuery, printStreamOptions } from '../../sql/print.ts';
import {
  FILE_FORMAT_OPTIONS,
  parseConnectedLocation,
  printConnectedLocation,
  printFileFormat,
  printOptionalWith,
  words,
} from './clauses.ts';
import { type CopyIntoTable, parseCopyIntoTable, printSettings } from './copy-table.ts';
import type { DmlNode, Head } from './head.ts';

export interface CopyIntoLocation extends DmlNode, CopyLocationOptions {
  readonly kind: 'CopyIntoLocation';
  readonly location: Location;
  readonly source:
    | {
        readonly kind: 'CopyTable';
        readonly name: ObjectName;
        readonly streamOptions: ReadonlyMap<string, string> | undefined;
      }
    | Query;
  readonly partitionBy: Expr | undefined;
}

/** As written: what was not stays undefined. */
export interface CopyLocationOptions {
  readonly fileFormat: readonly OptionSetting[] | undefined;
  readonly single: boolean | undefined;
  readonly maxFileSize: number | undefined;
  readonly overwrite: boolean | undefined;
  readonly includeQueryId: boolean | undefined;
  readonly useRawPath: boolean | undefined;
  readonly detailedOutput: boolean | undefined;
}

type Draft = { -readonly [K in keyof CopyLocationOptions]: CopyLocationOptions[K] };

/** COPY [hint] INTO: a name is a table to load, a location is where to unload to. */
export function parseCopy(p: Parser, head: Head): CopyIntoTable | CopyIntoLocation {
  const hints = p.hints();
  p.expect('INTO');
  const isLocation = p.token.kind === 'At' || p.token.kind === 'String';
  return isLocation ? parseCopyIntoLocation(p, head, hints) : parseCopyIntoTable(p, head, hints);
}

/**
 * [WITH …] COPY [hint] INTO <location> [CONNECTION = (…)] FROM {<table> [WITH …] | (<query>)}
 *   [PARTITION BY (<expr>)] <option>…
 */
function parseCopyIntoLocation(p: Parser, head: Head, hints: CopyIntoLocation['hints']): CopyIntoLocation {
  const location = parseConnectedLocation(p);
  p.expect('FROM');
  const source = copySource(p);
  const partitionBy = p.accept('PARTITION BY') ? p.parenthesized(() => p.expr()) : undefined;
  const options = copyOptions(p);
  const span = p.spanFrom(head.start);
  return { kind: 'CopyIntoLocation', with: head.with, hints, location, source, partitionBy, ...options, span };
}

function copySource(p: Parser): CopyIntoLocation['source'] {
  if (p.accept('(')) {
    const query = p.query();
    p.expect(')');
    return query;
  }
  const name = p.objectName('table');
  return { kind: 'CopyTable', name, streamOptions: p.streamOptions() };
}

type OptionReader = readonly [name: string, read: (p: Parser, options: Draft) => void];

function option<K extends keyof Draft>(name: string, key: K, read: (p: Parser) => Draft[K]): OptionReader {
  return [`${name} =`, (p, options) => (options[key] = read(p))];
}

const OPTIONS: readonly OptionReader[] = [
  option('FILE_FORMAT', 'fileFormat', (p) => p.optionSettings(FILE_FORMAT_OPTIONS)),
  option('SINGLE', 'single', (p) => p.boolean()),
  option('MAX_FILE_SIZE', 'maxFileSize', (p) => p.integer()),
  option('OVERWRITE', 'overwrite', (p) => p.boolean()),
  option('INCLUDE_QUERY_ID', 'includeQueryId', (p) => p.boolean()),
  option('USE_RAW_PATH', 'useRawPath', (p) => p.boolean()),
  option('DETAILED_OUTPUT', 'detailedOutput', (p) => p.boolean()),
];

/** Options in any order; what comes later wins. */
function copyOptions(p: Parser): CopyLocationOptions {
  const options: Draft = {
    fileFormat: undefined,
    single: undefined,
    maxFileSize: undefined,
    overwrite: undefined,
    includeQueryId: undefined,
    useRawPath: undefined,
    detailedOutput: undefined,
  };
  for (let next = nextOption(p); next; next = nextOption(p)) next[1](p, options);
  return options;
}

function nextOption(p: Parser): OptionReader | undefined {
  return OPTIONS.find(([name]) => p.accept(name));
}

export function printCopyIntoLocation(copy: CopyIntoLocation): string {
  const { source } = copy;
  const from =
    source.kind === 'Query'
      ? `(${printQuery(source)})`
      : words(printObjectName(source.name), source.streamOptions && printStreamOptions(source.streamOptions));
  return words(
    printOptionalWith(copy.with),
    'COPY',
    printHints(copy.hints),
    `INTO ${printConnectedLocation(copy.location)} FROM ${from}`,
    copy.partitionBy && `PARTITION BY (${printExpr(copy.partitionBy)})`,
    printFileFormat(copy.fileFormat),
    ...printSettings([
      ['SINGLE', copy.single],
      ['MAX_FILE_SIZE', copy.maxFileSize],
      ['OVERWRITE', copy.overwrite],
      ['INCLUDE_QUERY_ID', copy.includeQueryId],
      ['USE_RAW_PATH', copy.useRawPath],
      ['DETAILED_OUTPUT', copy.detailedOutput],
    ]),
  );
}
