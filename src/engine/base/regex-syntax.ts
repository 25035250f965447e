/** The syntax of regular expressions as Rust's `regex` crate has it: what cannot be matched in linear time does not exist. */

export type RegexNode =
  /** One character; `source` is what JavaScript writes for it, undefined where it would need a flag. */
  | { readonly kind: 'One'; readonly test: CharTest; readonly source: string | undefined }
  | { readonly kind: 'Assert'; readonly place: Place }
  | { readonly kind: 'Then' | 'Either'; readonly parts: readonly RegexNode[] }
  /** `most` is Infinity where there is no bound. */
  | { readonly kind: 'Repeat'; readonly part: RegexNode; readonly least: number; readonly most: number };

export type CharTest = (codePoint: number) => boolean;
export type Place = 'textStart' | 'textEnd' | 'lineStart' | 'lineEnd' | 'wordEdge' | 'noWordEdge';

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
}

/** Where the parser stands; `flags` hold to the end of the group. */
interface Reader {
  readonly text: string;
  at: number;
  flags: Flags;
  depth: number;
}

const MOST_DEPTH = 250;
const MOST_REPEATS = 1000;

const WORD = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}';
const CLASSES: { readonly [letter: string]: string | undefined } = {
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  s: '\\p{White_Space}',
  S: '\\P{White_Space}',
};
const CONTROLS: { readonly [letter: string]: string | undefined } = {
  ...{ n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07' },
};
const PLACES: { readonly [letter: string]: Place | undefined } = {
  ...{ A: 'textStart', z: 'textEnd', b: 'wordEdge', B: 'noWordEdge' },
};
const POSIX: { readonly [name: string]: string | undefined } = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: '\\t ',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\t-\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

/** Throws SyntaxError with what is wrong, in the words of the crate. */
export function parseRegex(text: string): RegexNode {
  const reader: Reader = { text, at: 0, flags: { i: false, m: false, s: false }, depth: 0 };
  const node = readEither(reader);
  if (reader.at < text.length) throw new SyntaxError('unopened group');
  return node;
}

function readEither(reader: Reader): RegexNode {
  if (++reader.depth > MOST_DEPTH) throw new SyntaxError('exceeded the maximum number of nested groups');
  const parts = [readThen(reader)];
  while (accept(reader, '|')) parts.push(readThen(reader));
  reader.depth--;
  const [only] = parts;
  return only && parts.length === 1 ? only : { kind: 'Either', parts };
}

function readThen(reader: Reader): RegexNode {
  const parts: RegexNode[] = [];
  while (reader.at < reader.text.length && !peek(reader, '|') && !peek(reader, ')')) {
    const atom = readAtom(reader);
    if (atom) parts.push(readRepeats(reader, atom));
  }
  return { kind: 'Then', parts };
}

function readRepeats(reader: Reader, atom: RegexNode): RegexNode {
  const range = readRange(reader);
  if (!range) return atom;
  // Whether it takes much or little first decides where it matches, not whether.
  accept(reader, '?');
  return readRepeats(reader, { kind: 'Repeat', part: atom, ...range });
}

function readRange(reader: Reader): { readonly least: number; readonly most: number } | undefined {
  if (accept(reader, '*')) return { least: 0, most: Number.POSITIVE_INFINITY };
  if (accept(reader, '+')) return { least: 1, most: Number.POSITIVE_INFINITY };
  if (accept(reader, '?')) return { least: 0, most: 1 };
  if (!peek(reader, '{')) return undefined;
  const [whole, low = '', comma, high = ''] = take(reader, /\{\s*(\d+)\s*(,)?\s*(\d*)\s*\}/y) ?? [];
  if (whole === undefined) throw new SyntaxError('repetition quantifier expects a valid decimal');
  const least = Number(low);
  const most = comma === undefined ? least : high === '' ? Number.POSITIVE_INFINITY : Number(high);
  if (most < least) throw new SyntaxError('invalid repetition count range, the start must be <= the end');
  if (least > MOST_REPEATS || (most > MOST_REPEATS && Number.isFinite(most)))
    throw new SyntaxError('Compiled regex exceeds size limit');
  return { least, most };
}

/** Undefined for what only sets flags. */
function readAtom(reader: Reader): RegexNode | undefined {
  const char = nextChar(reader);
  const { i, m, s } = reader.flags;
  switch (char) {
    case '(':
      return readGroup(reader);
    case '[':
      return one(readClass(reader), i);
    case '.':
      return one(s ? '[\\s\\S]' : '[^\\n]', false);
    case '^':
      return { kind: 'Assert', place: m ? 'lineStart' : 'textStart' };
    case '$':
      return { kind: 'Assert', place: m ? 'lineEnd' : 'textEnd' };
    case '*':
    case '+':
    case '?':
    case '{':
      throw new SyntaxError('repetition operator missing expression');
    case '\\': {
      if (accept(reader, 'W')) return one(`[^${WORD}]`, i);
      const place = PLACES[reader.text[reader.at] ?? ''];
      if (!place) return one(`[${readEscape(reader)}]`, i);
      reader.at++;
      return { kind: 'Assert', place };
    }
    default:
      return one(`[${literal(char)}]`, i);
  }
}

function readGroup(reader: Reader): RegexNode | undefined {
  const outer = reader.flags;
  if (peek(reader, '?')) {
    if (take(reader, /\?<?[=!]/y))
      throw new SyntaxError('look-around, including look-ahead and look-behind, is not supported');
    if (!take(reader, /\?P?<[\p{Alphabetic}_][\w.[\]]*>/uy)) {
      const [whole, on = '', off = '', end] = take(reader, /\?([imsuU]*)(?:-([imsuU]+))?([:)])/y) ?? [];
      if (whole === undefined) throw new SyntaxError('unrecognized flag');
      reader.flags = withFlags(outer, on, off);
      if (end === ')') return undefined;
    }
  }
  const node = readEither(reader);
  if (!accept(reader, ')')) throw new SyntaxError('unclosed group');
  reader.flags = outer;
  return node;
}

function withFlags({ i, m, s }: Flags, on: string, off: string): Flags {
  const flag = (letter: string, before: boolean) => !off.includes(letter) && (before || on.includes(letter));
  return { i: flag('i', i), m: flag('m', m), s: flag('s', s) };
}

/** Behind the bracket: what one character is to match, as JavaScript writes it. */
function readClass(reader: Reader): string {
  const isNegated = accept(reader, '^');
  const parts = [accept(reader, ']') ? '\\]' : ''];
  let hasNoWord = false;
  while (!accept(reader, ']')) {
    if (take(reader, /\\W/y)) hasNoWord = true;
    else parts.push(readClassItem(reader));
  }
  const any = hasNoWord ? `(?:[${parts.join('')}]|[^${WORD}])` : `[${parts.join('')}]`;
  return isNegated ? `(?!${any})[\\s\\S]` : any;
}

function readClassItem(reader: Reader): string {
  const [posix, name = ''] = take(reader, /\[:(\^?\w+):\]/y) ?? [];
  if (posix !== undefined) return posixClass(name);
  if (take(reader, /\[|&&|--|~~/y)) throw new SyntaxError('classes inside of classes are not supported');
  const low = readClassChar(reader);
  if (!take(reader, /-(?!\])/y)) return low;
  const high = readClassChar(reader);
  if (!/^\\u/.test(low) || !/^\\u/.test(high) || codeOf(high) < codeOf(low))
    throw new SyntaxError('invalid character class range, the start must be <= the end');
  return `${low}-${high}`;
}

function posixClass(name: string): string {
  const set = POSIX[name.replace('^', '')];
  if (set === undefined || name.startsWith('^')) throw new SyntaxError(`unrecognized class [:${name}:]`);
  return set;
}

function readClassChar(reader: Reader): string {
  const char = nextChar(reader);
  return char === '\\' ? readEscape(reader) : literal(char);
}

const codeOf = (escaped: string) => Number.parseInt(escaped.slice(3, -1), 16);

/** Behind the backslash: what may stand between brackets. */
function readEscape(reader: Reader): string {
  const hex = take(reader, /[xuU]\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})/y);
  if (hex) return literal(String.fromCodePoint(codePoint(hex.slice(1).join(''))));
  const property = take(reader, /([pP])(?:\{(\^?[\w=:. -]+)\}|(\w))/y);
  if (property) return propertyClass(property[1] ?? 'p', property[2] ?? property[3] ?? '');
  const char = nextChar(reader);
  if (char === 'w') return WORD;
  const known = CLASSES[char] ?? (CONTROLS[char] && literal(CONTROLS[char]));
  if (known) return known;
  if (/[0-9]/.test(char)) throw new SyntaxError('backreferences are not supported');
  if (/[A-Za-z<>]/.test(char)) throw new SyntaxError('unrecognized escape sequence');
  return literal(char);
}

/** A general category or a script. */
function propertyClass(letter: string, name: string): string {
  const isNegated = name.startsWith('^') !== (letter === 'P');
  const bare = name.replace('^', '');
  for (const property of [bare, `Script=${bare}`]) {
    const source = `\\${isNegated ? 'P' : 'p'}{${property}}`;
    if (isValid(`[${source}]`)) return source;
  }
  throw new SyntaxError('Unicode property not found');
}

function isValid(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    // A name that Unicode does not know.
    return false;
  }
}

function codePoint(hex: string): number {
  const code = Number.parseInt(hex, 16);
  if (code > 0x10ffff) throw new SyntaxError('hexadecimal literal is not a Unicode scalar value');
  return code;
}

const literal = (char: string) => `\\u{${char.codePointAt(0)?.toString(16)}}`;

const ASCII = 128;

/** A test of single characters, looked up where they are ASCII. */
function one(source: string, ignoreCase: boolean): RegexNode {
  const regex = new RegExp(`^${source}$`, ignoreCase ? 'iu' : 'u');
  const ascii = Array.from({ length: ASCII }, (_, code) => regex.test(String.fromCharCode(code)));
  const test = (code: number) => (code < ASCII ? ascii[code] === true : regex.test(String.fromCodePoint(code)));
  return { kind: 'One', test, source: ignoreCase ? undefined : source };
}

const peek = ({ text, at }: Reader, char: string) => text[at] === char;

function accept(reader: Reader, char: string): boolean {
  if (!peek(reader, char)) return false;
  reader.at++;
  return true;
}

/** What a sticky expression matches here. */
function take(reader: Reader, sticky: RegExp): RegExpExecArray | null {
  sticky.lastIndex = reader.at;
  const found = sticky.exec(reader.text);
  if (found) reader.at = sticky.lastIndex;
  return found;
}

function nextChar(reader: Reader): string {
  const code = reader.text.codePointAt(reader.at);
  if (code === undefined) throw new SyntaxError('incomplete escape sequence or unclosed character class');
  const char = String.fromCodePoint(code);
  reader.at += char.length;
  return char;
}
