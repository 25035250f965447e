import { type Span, SqlError } from '../base/errors.ts';
import { type ErrorHint, hint } from '../base/hints.ts';

export type TokenKind =
  | 'Word'
  | 'Quoted'
  | 'Number'
  | 'String'
  /** `$$…$$` */
  | 'Code'
  /** `X'4D5A'` */
  | 'Binary'
  /** `@stage/path` */
  | 'At'
  /** `fs:///dir/file`, which PUT and GET take without quotes. */
  | 'Uri'
  /** `$1` */
  | 'Position'
  /** `$name` */
  | 'Variable'
  | 'Symbol'
  /** A broken literal or a character that starts no token. */
  | 'Error'
  /** Stands behind the last token of every text, empty. */
  | 'End';

export interface Token extends Span {
  readonly kind: TokenKind;
  /** As written. */
  readonly text: string;
  /** What phrases are compared with: words in upper case, symbols as they are, else empty. */
  readonly word: string;
}

const ESCAPES: { readonly [char: string]: string } = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  "'": "'",
  '"': '"',
  '\\': '\\',
};

/** The value of a String or Code token, escapes resolved; an escape that Databend does not know keeps its backslash. */
export function stringValue(token: Token): string {
  if (token.kind === 'Code') return token.text.slice(2, -2);
  const quote = token.text[0] ?? '';
  const body = token.text.slice(1, -1);
  if (!body.includes('\\') && !body.includes(quote)) return body;
  return body.replace(/''|""|\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[0-7]{1,3}|[\s\S])/g, (part) =>
    part.startsWith('\\') ? escapeValue(part) : part[0] === quote ? quote : part,
  );
}

function escapeValue(part: string): string {
  const digits = part.slice(1);
  if (/^[0-7]/.test(digits)) return String.fromCharCode(Number.parseInt(digits, 8));
  if (digits.length > 1) return String.fromCharCode(Number.parseInt(digits.slice(1), 16));
  return ESCAPES[digits] ?? part;
}

/** The name that an identifier token stands for: folded to lower case unless it was quoted. */
export function identifierName(token: Token): string {
  if (token.kind !== 'Quoted') return token.text.toLowerCase();
  const quote = token.text[0] ?? '';
  return token.text.slice(1, -1).replaceAll(quote + quote, quote);
}

/** What is wrong with an Error token, at its place; a literal that is never closed is marked on its first line only. */
export function tokenError(token: Token): SqlError {
  const line = token.text.indexOf('\n');
  const span = { start: token.start, end: line < 0 ? token.end : token.start + line };
  return new SqlError('SyntaxException', 'unable to recognize the rest tokens', { span, ...adviceFor(token.text) });
}

interface Advice {
  readonly hint: ErrorHint;
  readonly suggestions?: readonly string[];
}

const UNCLOSED: readonly (readonly [prefix: string, hint: ErrorHint])[] = [
  ["'", hint('stringOpen')],
  ['"', hint('nameOpen')],
  ['`', hint('nameOpen')],
  ['$$', hint('codeOpen')],
  ['/*', hint('commentOpen')],
];

function adviceFor(text: string): Advice {
  const unclosed = UNCLOSED.find(([prefix]) => text.startsWith(prefix));
  if (unclosed) return { hint: unclosed[1] };
  if (/^x'/i.test(text)) return { hint: hint('binaryDigits') };
  if (text === '$') return { hint: hint('dollar') };
  const plain = text.normalize('NFKC');
  if (plain !== text) return { hint: hint('fullWidth', plain), suggestions: [plain] };
  if (/^[\p{L}\p{N}_$]+$/u.test(text)) {
    const quoted = `"${text}"`;
    return { hint: hint('quoteName', quoted), suggestions: [quoted] };
  }
  return { hint: hint('noToken') };
}
