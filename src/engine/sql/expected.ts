import { SqlError } from '../base/errors.ts';
import { didYouMean } from '../base/text.ts';
import { type Token, tokenError } from './token.ts';

/** What may stand at a place besides given words: the noun of a completion list. */
export type ExpectedKind =
  | 'expression'
  | 'operator'
  | 'type'
  | 'table'
  | 'column'
  | 'database'
  | 'function'
  | 'stage'
  | 'file format'
  | 'connection'
  | 'stream'
  | 'task'
  | 'sequence'
  | 'setting'
  /** A name that the statement brings into being. */
  | 'name'
  | 'variable'
  | 'unit'
  /** `@stage/path`, quoted or not, or a URL where one is taken. */
  | 'location'
  | 'string'
  | 'integer';

/** A phrase in upper case as the grammar tried it, or a kind. */
export type Expected = string | { readonly kind: ExpectedKind };

/** One value for each kind, so that noting one allocates nothing. */
const KINDS = new Map<ExpectedKind, { readonly kind: ExpectedKind }>();

export function expectedKind(kind: ExpectedKind): Expected {
  const known = KINDS.get(kind);
  if (known) return known;
  const made = { kind };
  KINDS.set(kind, made);
  return made;
}

const PHRASES: { readonly [K in ExpectedKind]: string } = {
  expression: 'an expression',
  operator: 'an operator',
  type: 'a type',
  table: 'a table',
  column: 'a column',
  database: 'a database',
  function: 'a function',
  stage: 'a stage',
  'file format': 'a file format',
  connection: 'a connection',
  stream: 'a stream',
  task: 'a task',
  sequence: 'a sequence',
  setting: 'a setting',
  name: 'a name',
  variable: 'a variable',
  unit: 'a unit of time',
  location: 'a stage path or URL',
  string: 'a string',
  integer: 'an integer',
};

const SHOWN = 5;

/** ``unexpected `form`, expecting `FROM`, `,` or …``: words that the token may be misspelt from come first. */
export function unexpected(token: Token, expected: readonly Expected[]): SqlError {
  if (token.kind === 'Error') return tokenError(token);
  const words = [...new Set(expected.filter((one) => typeof one === 'string'))];
  const near = token.kind === 'Word' ? didYouMean(token.word, words.filter(isWord).map(firstWord)) : [];
  const kinds = kindsOf(expected).map((kind) => PHRASES[kind]);
  const others = words.filter((phrase) => !near.includes(firstWord(phrase)));
  const phrases = [...new Set([...near.map(quote), ...kinds, ...others.map(quote)])];
  const subject = token.kind === 'End' ? 'unexpected end of input' : `unexpected ${quote(shorten(token.text))}`;
  return new SqlError('SyntaxException', subject + expectingClause(phrases), {
    span: { start: token.start, end: token.end },
    suggestions: near,
  });
}

function isWord(phrase: string): boolean {
  return /^[A-Z]{2}/.test(phrase);
}

/** Of a phrase only its first word can stand in the place of a misspelt one. */
function firstWord(phrase: string): string {
  return phrase.split(' ', 1)[0] ?? phrase;
}

/** The kinds worth saying: an expression may be a column or a call, and an operator could stand nearly anywhere. */
function kindsOf(expected: readonly Expected[]): ExpectedKind[] {
  const kinds = expected.flatMap((one) => (typeof one === 'string' || one.kind === 'operator' ? [] : [one.kind]));
  return kinds.includes('expression') ? kinds.filter((kind) => kind !== 'column' && kind !== 'function') : kinds;
}

function expectingClause(phrases: readonly string[]): string {
  if (phrases.length === 0) return '';
  const shown = phrases.slice(0, SHOWN);
  const rest = phrases.length - shown.length;
  if (rest > 0) return `, expecting ${shown.join(', ')}, or ${rest} more ...`;
  const last = shown.pop() ?? '';
  if (shown.length === 0) return `, expecting ${last}`;
  return `, expecting ${shown.join(', ')}${shown.length > 1 ? ',' : ''} or ${last}`;
}

function quote(text: string): string {
  return `\`${text}\``;
}

function shorten(text: string): string {
  const [line = ''] = text.split('\n');
  return line.length < text.length || line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
