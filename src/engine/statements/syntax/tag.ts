import { SqlError } from '../../base/errors.ts';
import type { Identifier, ObjectName, TypeName } from '../../sql/ast.ts';
import type { ExpectedKind } from '../../sql/expected.ts';
import type { Parser } from '../../sql/parser.ts';
import { printIdentifier, printObjectName } from '../../sql/print.ts';
import { printString, printType } from '../../sql/print-name.ts';
import { parseComment, parseStageName, printComment, printCreate, printIfExists, words } from './clauses.ts';
import type { CreateMode, Head, StatementNode } from './head.ts';

export interface CreateTag extends StatementNode {
  readonly kind: 'CreateTag';
  readonly mode: CreateMode;
  readonly name: Identifier;
  /** Any text without it. */
  readonly allowed: readonly string[] | undefined;
  readonly comment: string | undefined;
}

export interface DropTag extends StatementNode {
  readonly kind: 'DropTag';
  readonly ifExists: boolean;
  readonly name: Identifier;
}

/** What tags may stand on. */
export const TAGGED = ['DATABASE', 'TABLE', 'STAGE', 'CONNECTION', 'VIEW', 'STREAM', 'FUNCTION', 'PROCEDURE'] as const;
export type Tagged = (typeof TAGGED)[number];

/** ALTER <kind> … SET TAG or UNSET TAG. */
export interface AlterTags extends StatementNode {
  readonly kind: 'AlterTags';
  readonly of: Tagged;
  readonly ifExists: boolean;
  readonly name: ObjectName;
  /** Of a procedure. */
  readonly types: readonly TypeName[];
  readonly set: readonly { readonly tag: Identifier; readonly value: string }[];
  readonly unset: readonly Identifier[];
}

/** CREATE TAG [IF NOT EXISTS] <name> [ALLOWED_VALUES = ('…', …)] [COMMENT = '…'] */
export function parseCreateTag(p: Parser, { start, mode }: Head): CreateTag {
  if (mode === 'CREATE OR REPLACE')
    throw new SqlError('SyntaxException', 'a tag cannot be replaced: what refers to it would be lost', {
      span: p.spanFrom(start),
    });
  const name = p.name();
  const allowed = p.accept('ALLOWED_VALUES =') ? p.parenthesized(() => p.list(() => p.string())) : undefined;
  return { kind: 'CreateTag', mode, name, allowed, comment: parseComment(p), span: p.spanFrom(start) };
}

export function printCreateTag({ mode, name, allowed, comment }: CreateTag): string {
  return words(
    printCreate(mode, 'TAG'),
    printIdentifier(name),
    allowed && `ALLOWED_VALUES = (${allowed.map(printString).join(', ')})`,
    printComment(comment),
  );
}

/** DROP TAG [IF EXISTS] <name> */
export function parseDropTag(p: Parser, { start, ifExists }: Head): DropTag {
  return { kind: 'DropTag', ifExists, name: p.name(), span: p.spanFrom(start) };
}

export function printDropTag({ ifExists, name }: DropTag): string {
  return words('DROP TAG', printIfExists(ifExists), printIdentifier(name));
}

type Parse<Other> = (p: Parser, head: Head) => Other | AlterTags;

/** ALTER <kind> [IF EXISTS] <name> {SET TAG <tag> = '…', … | UNSET TAG <tag>, …}, and whatever else ALTER may do to it. */
export function orTags<Other>(of: Tagged, parse: (p: Parser, head: Head) => Other): Parse<Other> {
  return (p, head) => (setsTags(p) ? parseAlterTags(p, of, head) : parse(p, head));
}

/** The same of what ALTER can do nothing else to. */
export function onlyTags(of: Tagged): Parse<AlterTags> {
  return (p, head) => parseAlterTags(p, of, head);
}

/** A name takes five tokens at most. */
function setsTags(p: Parser): boolean {
  return [1, 2, 3, 4, 5].some(
    (at) =>
      /^(SET|UNSET)$/.test(p.ahead(at).word) &&
      p.ahead(at + 1).word === 'TAG' &&
      /^(Word|Quoted)$/.test(p.ahead(at + 2).kind),
  );
}

function parseAlterTags(p: Parser, of: Tagged, { start, ifExists }: Head): AlterTags {
  const name = parseTaggedName(p, of);
  const types = of === 'PROCEDURE' ? p.parenthesized(() => (p.peek(')') ? [] : p.list(() => p.type()))) : [];
  const isSet = p.expectAny('SET TAG', 'UNSET TAG') === 'SET TAG';
  const set = isSet ? p.list(() => parseSetting(p)) : [];
  const unset = isSet ? [] : p.list(() => p.name());
  return { kind: 'AlterTags', of, ifExists, name, types, set, unset, span: p.spanFrom(start) };
}

function parseSetting(p: Parser): AlterTags['set'][number] {
  const tag = p.name();
  p.expect('=');
  return { tag, value: p.string() };
}

const QUALIFIED: { readonly [Of in Tagged]?: ExpectedKind } = {
  DATABASE: 'database',
  TABLE: 'table',
  VIEW: 'table',
  STREAM: 'stream',
};

function parseTaggedName(p: Parser, of: Tagged): ObjectName {
  const what = QUALIFIED[of];
  if (what) return p.objectName(what);
  const name = of === 'STAGE' ? parseStageName(p) : p.name();
  return { parts: [name], span: name.span };
}

export function printAlterTags({ of, ifExists, name, types, set, unset }: AlterTags): string {
  const settings = set.map(({ tag, value }) => `${printIdentifier(tag)} = ${printString(value)}`);
  return words(
    `ALTER ${of}`,
    printIfExists(ifExists),
    `${printObjectName(name)}${of === 'PROCEDURE' ? `(${types.map(printType).join(', ')})` : ''}`,
    set.length > 0 ? `SET TAG ${settings.join(', ')}` : `UNSET TAG ${unset.map(printIdentifier).join(', ')}`,
  );
}
