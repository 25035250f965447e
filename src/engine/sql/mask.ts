import { maskUrls } from '../base/mask-urls.ts';
import { lex } from './lexer.ts';
import { printString } from './print-name.ts';
import { stringValue, type Token } from './token.ts';

const MASKED = "'***'";

/** Names whose values are secret wherever they stand. */
const SECRETS = new Set(
  (
    'ACCESS_KEY_ID ACCESS_KEY_SECRET SECRET_ACCESS_KEY AWS_KEY_ID AWS_SECRET_KEY AWS_TOKEN SECURITY_TOKEN SESSION_TOKEN ' +
    'MASTER_KEY ACCOUNT_KEY SECRET_ID SECRET_KEY CREDENTIAL CREDENTIALS PASSWORD AUTHORIZATION_HEADER SAS_TOKEN'
  ).split(' '),
);

/** A secret in quotes that the tokens missed, since a quote too many before it turned strings inside out. */
const LEFTOVER = new RegExp(
  `(\\b(?:${[...SECRETS].join('|')})["\`]?\\s*=>?\\s*)'{1,2}(?!'|\\*\\*\\*)(?:[^'\\\\]|''|\\\\[\\s\\S])*`,
  'gi',
);

/** Names of a connection whose values may be shown; any other, misspelt ones too, may hold a secret. */
const HARMLESS = new Set(
  (
    'STORAGE_TYPE TYPE URL ENDPOINT_URL PRESIGN_ENDPOINT_URL REGION CONNECTION_NAME ENABLE_VIRTUAL_HOST_STYLE ACCOUNT_NAME ' +
    'ROLE_ARN AWS_ROLE_ARN REPO_TYPE REVISION NAME_NODE USER_NAME HTTPS DISABLE_LIST_BATCH ROOT METHOD CONNECTION COMMENT'
  ).split(' '),
);

const HOLDERS = new Set(['CONNECTION', 'CREDENTIALS', 'ENCRYPTION', 'WEBHOOK']);

/** Something of this stands in every text that a secret can be found in; long inserts are told apart by it. */
const MAY_HOLD_SECRETS =
  /key|token|secret|credential|password|authorization|connection|encryption|webhook|identified|[?&]|:\/\//i;

/**
 * Any text with the secrets of its SQL replaced by `'***'`: values of connections, passwords and what signs a URL, in
 * statements, strings, `$$` bodies and comments alike. The text need not parse, nor even lex. Masking twice changes nothing.
 */
export function maskSecrets(text: string): string {
  if (!MAY_HOLD_SECRETS.test(text)) return text;
  const { tokens, comments } = lex(text);
  const parts = [...secretParts(text, tokens), ...comments.flatMap(({ start, end }) => commentPart(text, start, end))];
  parts.sort((a, b) => a.start - b.start);
  let masked = '';
  let at = 0;
  for (const { start, end, value } of parts) {
    if (start < at) continue;
    masked += text.slice(at, start) + value;
    at = end;
  }
  return (masked + text.slice(at)).replace(LEFTOVER, "$1'***");
}

/** What another text says about this one, such as an error that quotes it, without the secrets that this one holds. */
export function maskEcho(echo: string, text: string): string {
  let masked = maskSecrets(echo);
  for (const secret of secretsOf(text)) masked = masked.replaceAll(secret, '***');
  return masked;
}

/** The secrets of a text that are long enough to be told apart from its words. */
function secretsOf(text: string): readonly string[] {
  if (!MAY_HOLD_SECRETS.test(text)) return [];
  const parts = secretParts(text, lex(text).tokens).filter(({ value }) => value === MASKED);
  const values = parts.map(({ start, end }) => text.slice(start, end).replace(/^['"`$]+|['"`$]+$/g, ''));
  return values.filter((value) => value.length >= 4);
}

interface Part {
  readonly start: number;
  readonly end: number;
  /** What stands there in the masked text. */
  readonly value: string;
}

function commentPart(text: string, start: number, end: number): Part[] {
  const value = text.slice(start, start + 2) + maskUrls(maskSecrets(text.slice(start + 2, end)));
  return [{ start, end, value }];
}

function secretParts(text: string, tokens: readonly Token[]): Part[] {
  const parts: Part[] = [];
  const context = new Context();
  for (let at = 0; at < tokens.length; at++) {
    const [first, end] = [valueStart(tokens, at, context), tokens[at]];
    if (!end) break;
    context.see(tokens, at);
    const last = first === undefined ? undefined : valueEnd(tokens, first, context);
    if (first === undefined || last === undefined) parts.push(...tokenPart(end));
    else {
      const span = { start: tokens[first]?.start ?? 0, end: tokens[last]?.end ?? 0 };
      if (text.slice(span.start, span.end).trim() !== '') parts.push({ ...span, value: MASKED });
      at = last;
    }
  }
  return parts;
}

/** Whether the tokens stand among the parameters of a connection. */
class Context {
  private creates = false;
  private depths: number[] = [];
  private depth = 0;

  get isConnection(): boolean {
    return this.creates || this.depths.length > 0;
  }

  see(tokens: readonly Token[], at: number): void {
    const word = tokens[at]?.word ?? '';
    if (word === ';') this.creates = false;
    if (word === 'CONNECTION') this.creates ||= isCreated(tokens, at);
    if (word === '(') {
      this.depth++;
      if (holds(tokens, at)) this.depths.push(this.depth);
    }
    if (word !== ')') return;
    if (this.depths.at(-1) === this.depth) this.depths.pop();
    this.depth--;
  }
}

/** `CREATE [OR REPLACE] CONNECTION` */
function isCreated(tokens: readonly Token[], at: number): boolean {
  return /^(CREATE|REPLACE)$/.test(tokens[at - 1]?.word ?? '');
}

/** `CONNECTION = (`, `CONNECTION => (` and `CONNECTION (` */
function holds(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.word ?? '';
  return HOLDERS.has(isAssignment(before) ? (tokens[at - 2]?.word ?? '') : before);
}

function isAssignment(word: string | undefined): boolean {
  return word === '=' || word === '=>' || word === ':=';
}

/** The index of the first token of a secret value whose name is the token at an index. */
function valueStart(tokens: readonly Token[], at: number, context: Context): number | undefined {
  const name = nameOf(tokens[at]);
  if (name === 'BY') return isPassword(tokens, at) ? at + 1 : undefined;
  if (name === '' || (HOLDERS.has(name) && tokens[at + 2]?.word === '(')) return undefined;
  const isSecret = SECRETS.has(name) || (context.isConnection && !HARMLESS.has(name));
  if (!isSecret) return undefined;
  if (isAssignment(tokens[at + 1]?.word)) return at + 2;
  return isText(tokens[at + 1]) ? at + 1 : undefined;
}

function nameOf(token: Token | undefined): string {
  if (token?.kind === 'Quoted') return token.text.slice(1, -1).toUpperCase();
  return token?.kind === 'Word' ? token.word : '';
}

/** `IDENTIFIED [WITH method] BY 'password'` */
function isPassword(tokens: readonly Token[], at: number): boolean {
  return tokens.slice(Math.max(0, at - 3), at).some(({ word }) => word === 'IDENTIFIED') && isText(tokens[at + 1]);
}

function isText(token: Token | undefined): boolean {
  return token?.kind === 'String' || token?.kind === 'Code' || token?.kind === 'Error';
}

/** The index of the last token of a value: one string, or everything up to the next name, comma or parenthesis. */
function valueEnd(tokens: readonly Token[], first: number, context: Context): number | undefined {
  const { kind } = tokens[first] ?? {};
  if (kind === undefined || kind === 'End' || kind === 'Variable') return undefined;
  if (!context.isConnection || isText(tokens[first])) return endsValue(tokens, first) ? undefined : first;
  let last = first;
  while (!endsValue(tokens, last)) last++;
  return last > first ? last - 1 : undefined;
}

function endsValue(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (!token || token.kind === 'End' || /^[,;()]$/.test(token.word)) return true;
  return token.kind === 'Word' && isAssignment(tokens[at + 1]?.word);
}

/** A token that is no secret may still hold some: SQL in a string, or a URL. */
function tokenPart(token: Token): Part[] {
  const value = maskedToken(token);
  return value === token.text ? [] : [{ start: token.start, end: token.end, value }];
}

function maskedToken(token: Token): string {
  const { kind, text } = token;
  switch (kind) {
    case 'String': {
      const inside = stringValue(token);
      const masked = maskUrls(maskSecrets(inside));
      return masked === inside ? text : printString(masked);
    }
    case 'Code':
      return `$$${maskUrls(maskSecrets(text.slice(2, -2)))}$$`;
    case 'Uri':
      return maskUrls(text);
    case 'Error':
      // A literal that is never closed takes the rest of the text, which may hold statements.
      return text.length > 1 ? text.slice(0, 1) + maskUrls(maskSecrets(text.slice(1))) : text;
    default:
      return text;
  }
}
