import type { Identifier, ObjectName } from '../../sql/ast.ts';
import type { Location, OptionSetting, With } from '../../sql/ast-query.ts';
import type { ExpectedKind } from '../../sql/expected.ts';
import type { Parser } from '../../sql/parser.ts';
import { printIdentifier, printObjectName, printWith } from '../../sql/print.ts';
import { printLocation, printOptions, printString } from '../../sql/print-name.ts';
import type { CreateMode, Persistence } from './head.ts';

/** Clauses that several families share, each with its printer. */

export type UriLocation = Extract<Location, { kind: 'UriLocation' }>;
export type StageLocation = Extract<Location, { kind: 'StageLocation' }>;

/** The options that FILE_FORMAT may name; which of them a type has, and which values, is said by `formats/`. */
export const FILE_FORMAT_OPTIONS: readonly string[] = (
  'TYPE FORMAT_NAME COMPRESSION RECORD_DELIMITER FIELD_DELIMITER SKIP_HEADER OUTPUT_HEADER QUOTE QUOTE_STYLE ESCAPE ' +
  'NAN_DISPLAY NULL_DISPLAY NULL_IF ENCODING ENCODING_ERROR_MODE EMPTY_FIELD_AS QUOTED_EMPTY_FIELD_AS ALLOW_QUOTED_NULLS ' +
  'ERROR_ON_COLUMN_COUNT_MISMATCH TRIM_SPACE BINARY_FORMAT NULL_FIELD_AS MISSING_FIELD_AS ALLOW_DUPLICATE_KEYS ' +
  'USE_LOGIC_TYPE ROW_TAG'
).split(' ');

/** Items with blanks between; what is missing leaves no trace. */
export function words(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part).join(' ');
}

/** `CREATE OR REPLACE STAGE`, `CREATE TABLE IF NOT EXISTS` */
export function printCreate(mode: CreateMode, noun: string, persistence?: Persistence): string {
  const [verb, suffix] = mode === 'CREATE IF NOT EXISTS' ? ['CREATE', 'IF NOT EXISTS'] : [mode, undefined];
  return words(verb, persistence, noun, suffix);
}

export function printIfExists(ifExists: boolean): string | undefined {
  return ifExists ? 'IF EXISTS' : undefined;
}

/** A file format in parentheses, or `undefined` where the statement names none. */
export function parseFileFormat(p: Parser): readonly OptionSetting[] | undefined {
  return p.accept('FILE_FORMAT =') ? p.optionSettings(FILE_FORMAT_OPTIONS) : undefined;
}

export function printFileFormat(format: readonly OptionSetting[] | undefined): string | undefined {
  return format && `FILE_FORMAT = ${printOptions(format)}`;
}

/** A location, a URL with its `CONNECTION = (…)`. */
export function parseConnectedLocation(p: Parser): Location {
  const location = p.location();
  return location.kind === 'UriLocation' ? withConnection(p, location) : location;
}

/** A URL that has been read, with the `CONNECTION = (…)` that may follow. */
export function withConnection(p: Parser, location: UriLocation): UriLocation {
  if (!p.accept('CONNECTION =')) return location;
  return { ...location, connection: p.optionSettings(), span: p.spanFrom(location.span.start) };
}

export function printConnectedLocation(location: Location): string {
  const connection = location.kind === 'UriLocation' ? location.connection : [];
  return words(printLocation(location), connection.length > 0 && `CONNECTION = ${printOptions(connection)}`);
}

/** `COMMENT = 'text'` */
export function parseComment(p: Parser): string | undefined {
  return p.acceptAny('COMMENT =', 'COMMENTS =') ? p.string() : undefined;
}

export function printComment(comment: string | undefined): string | undefined {
  return comment === undefined ? undefined : `COMMENT = ${printString(comment)}`;
}

/** `(a, b)`, or nothing. */
export function parseColumnNames(p: Parser, what: ExpectedKind = 'column'): readonly Identifier[] {
  return p.peek('(') ? p.parenthesized(() => p.list(() => p.name(what))) : [];
}

export function printColumnNames(columns: readonly Identifier[]): string | undefined {
  return columns.length > 0 ? `(${columns.map(printIdentifier).join(', ')})` : undefined;
}

/** The name of a stage; `~` is the user's own. */
export function parseStageName(p: Parser): Identifier {
  const { start, end } = p.token;
  return p.accept('~') ? { name: '~', quoted: false, span: { start, end } } : p.name('stage');
}

/** `[[AS] alias]`, for the target of DML. */
export function parseTargetAlias(p: Parser): Identifier | undefined {
  return p.tableAlias()?.name;
}

export function printTarget(table: ObjectName, alias: Identifier | undefined): string {
  return words(printObjectName(table), alias && `AS ${printIdentifier(alias)}`);
}

export function printOptionalWith(with_: With | undefined): string | undefined {
  return with_ && printWith(with_);
}
