import { type Span, SqlError } from '../base/errors.ts';
import type { Location, OptionLiteral, OptionSetting } from './ast-query.ts';
import { expectedKind } from './expected.ts';
import { RESERVED } from './keywords.ts';
import type { Parser } from './parser.ts';
import { stringValue, type Token } from './token.ts';

/** `@stage/path`, `'@stage/any path'` or `'scheme://…'`; the connection of a URL is read by those who take one. */
export function parseLocation(p: Parser): Location {
  p.note(expectedKind('location'));
  const { kind } = p.token;
  if (kind === 'At') return parseStagePath(p);
  if (kind !== 'String') return p.fail();
  const token = p.advance();
  return locationOf(stringValue(token), { start: token.start, end: token.end });
}

/** What stands between quotes. */
export function locationOf(text: string, span: Span): Location {
  if (text.startsWith('@')) return stageLocation(text.slice(1), span);
  return { kind: 'UriLocation', uri: checkedUri(text, span), connection: [], span };
}

/** `@stage/path`, the only form that LIST and REMOVE take. */
export function parseStagePath(p: Parser): Extract<Location, { kind: 'StageLocation' }> {
  const token = p.acceptToken('At', 'location') ?? p.fail();
  const span = { start: token.start, end: token.end };
  return stageLocation(atStringValue(token), span);
}

/** The text behind the `@`, its five escapes resolved. */
function atStringValue(token: Token): string {
  return token.text.slice(1).replace(/\\([ \t'"\\])/g, '$1');
}

function stageLocation(text: string, span: Span): Extract<Location, { kind: 'StageLocation' }> {
  const slash = text.indexOf('/');
  const stage = slash < 0 ? text : text.slice(0, slash);
  if (stage === '') throw new SqlError('BadArguments', 'stage path must include a stage name', { span });
  const path = slash < 0 ? '' : text.slice(slash).replace(/^\/+/, '');
  return { kind: 'StageLocation', stage, path, span };
}

/** A URL as written; what could never be one is refused where it stands. */
export function checkedUri(uri: string, span: Span): string {
  const problem = uriProblem(uri);
  if (problem) throw new SqlError('SyntaxException', problem, { span });
  return uri;
}

function uriProblem(uri: string): string | undefined {
  if (uri.startsWith('@')) return "uri location should not start with '@'";
  if (uri.startsWith('/')) return 'local filesystem paths must use fs:///path/ instead of /path/';
  if (uri.startsWith('file:///')) return 'local filesystem paths must use fs:///path/ instead of file:///path/';
  if (uri.startsWith('fs://') && !uri.startsWith('fs:///')) return 'fs locations must start with fs:///';
  return /^[a-z][a-z0-9+.-]*:\/\/./i.test(uri) ? undefined : 'invalid uri relative URL without a base';
}

export interface OptionSyntax {
  /** What stands between a name and its value. */
  readonly sign: '=' | '=>';
  /** The names that the grammar knows, in upper case; any word where there is no list. */
  readonly names?: readonly string[] | undefined;
}

/** `( NAME = value, … )`, with commas or blanks between. */
export function parseOptionSettings(p: Parser, syntax: OptionSyntax): OptionSetting[] {
  return p.parenthesized(() => {
    const settings: OptionSetting[] = [];
    while (!p.peek(')')) {
      settings.push(parseOptionSetting(p, syntax));
      p.accept(',');
    }
    return settings;
  });
}

/** One `NAME = value`. */
export function parseOptionSetting(p: Parser, { sign, names }: OptionSyntax): OptionSetting {
  const { start } = p.token;
  const name = names ? p.expectAny(...names) : p.word('setting');
  p.expect(sign);
  const value = parseOptionLiteral(p);
  return { name, value, span: p.spanFrom(start) };
}

/** A string, a word (in upper case if it is a keyword), TRUE or FALSE, an unsigned integer, or strings between parentheses. */
export function parseOptionLiteral(p: Parser): OptionLiteral {
  const { kind, text, word } = p.token;
  if (kind === 'Number') return { kind: 'number', value: p.integer() };
  if (p.accept('(')) {
    const value = p.peek(')') ? [] : p.list(() => p.string());
    p.expect(')');
    return { kind: 'texts', value };
  }
  const boolean = p.acceptAny('TRUE', 'FALSE');
  if (boolean) return { kind: 'boolean', value: boolean === 'TRUE' };
  if (kind === 'Word') return { kind: 'word', value: p.advance() && (RESERVED.has(word) ? word : text) };
  return { kind: 'text', value: p.string() };
}
