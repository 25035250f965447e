import { SqlError } from '../../base/errors.ts';
import type { Identifier } from '../../sql/ast.ts';
import type { OptionSetting } from '../../sql/ast-query.ts';
import type { Parser } from '../../sql/parser.ts';
import { printIdentifier } from '../../sql/print.ts';
import {
  parseComment,
  parseFileFormat,
  parseStageName,
  printComment,
  printConnectedLocation,
  printCreate,
  printFileFormat,
  printIfExists,
  type UriLocation,
  withConnection,
  words,
} from './clauses.ts';
import type { CreateMode, Head, StatementNode } from './head.ts';

export interface CreateStage extends StatementNode {
  readonly kind: 'CreateStage';
  readonly mode: CreateMode;
  readonly name: Identifier;
  /** Absent for an internal stage. */
  readonly location: UriLocation | undefined;
  readonly fileFormat: readonly OptionSetting[] | undefined;
  readonly comment: string | undefined;
}

export interface AlterStage extends StatementNode {
  readonly kind: 'AlterStage';
  readonly ifExists: boolean;
  readonly name: Identifier;
  readonly set: Pick<CreateStage, 'location' | 'fileFormat' | 'comment'>;
  readonly unset: readonly ('FILE_FORMAT' | 'COMMENT')[];
}

export interface DropStage extends StatementNode {
  readonly kind: 'DropStage';
  readonly ifExists: boolean;
  readonly name: Identifier;
}

/**
 * CREATE [OR REPLACE] STAGE [IF NOT EXISTS] <name> [[URL =] '<url>' [CONNECTION = (…)]] [FILE_FORMAT = (…)]
 *   [{COMMENT | COMMENTS} = 'text']
 */
export function parseCreateStage(p: Parser, { start, mode }: Head): CreateStage {
  const name = parseStageName(p);
  const location = stageUrl(p);
  const fileFormat = parseFileFormat(p);
  const comment = parseComment(p);
  return { kind: 'CreateStage', mode, name, location, fileFormat, comment, span: p.spanFrom(start) };
}

/** [URL =] '<url>' [CONNECTION = (…)] */
function stageUrl(p: Parser): UriLocation | undefined {
  if (!p.accept('URL =') && p.token.kind !== 'String') return undefined;
  const location = p.location();
  if (location.kind === 'UriLocation') return withConnection(p, location);
  throw new SqlError('SyntaxException', "uri location should not start with '@'", { span: location.span });
}

export function printCreateStage({ mode, name, ...stage }: CreateStage): string {
  return words(printCreate(mode, 'STAGE'), printIdentifier(name), ...settings(stage));
}

function settings({ location, fileFormat, comment }: AlterStage['set']): (string | undefined)[] {
  return [location && `URL = ${printConnectedLocation(location)}`, printFileFormat(fileFormat), printComment(comment)];
}

type Draft = { -readonly [K in keyof AlterStage['set']]: AlterStage['set'][K] };

/** ALTER STAGE [IF EXISTS] <name> {SET {[URL =] '<url>' [CONNECTION = (…)] | FILE_FORMAT = (…) | COMMENT = '…'} … | UNSET …} */
export function parseAlterStage(p: Parser, { start, ifExists }: Head): AlterStage {
  const name = parseStageName(p);
  const set: Draft = { location: undefined, fileFormat: undefined, comment: undefined };
  const isSet = p.expectAny('SET', 'UNSET') === 'SET';
  while (isSet && stageSetting(p, set)) p.accept(',');
  const unset = isSet ? [] : p.list(() => p.expectAny('FILE_FORMAT', 'COMMENT'));
  return { kind: 'AlterStage', ifExists, name, set, unset, span: p.spanFrom(start) };
}

/** Reads one setting if one comes next. */
function stageSetting(p: Parser, set: Draft): boolean {
  const location = stageUrl(p);
  const fileFormat = location ? undefined : parseFileFormat(p);
  const comment = location || fileFormat ? undefined : parseComment(p);
  set.location = location ?? set.location;
  set.fileFormat = fileFormat ?? set.fileFormat;
  set.comment = comment ?? set.comment;
  return location !== undefined || fileFormat !== undefined || comment !== undefined;
}

export function printAlterStage({ ifExists, name, set, unset }: AlterStage): string {
  const head = words('ALTER STAGE', printIfExists(ifExists), printIdentifier(name));
  if (unset.length > 0) return `${head} UNSET ${unset.join(', ')}`;
  return words(head, 'SET', ...settings(set));
}

/** DROP STAGE [IF EXISTS] <name> */
export function parseDropStage(p: Parser, { start, ifExists }: Head): DropStage {
  return { kind: 'DropStage', ifExists, name: parseStageName(p), span: p.spanFrom(start) };
}

export function printDropStage({ ifExists, name }: DropStage): string {
  return words('DROP STAGE', printIfExists(ifExists), printIdentifier(name));
}
