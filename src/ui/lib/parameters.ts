import { type SqlPiece, sqlPieces } from './sql-text.ts';

export const PARAMETER_TYPES = ['Text', 'Number', 'Date', 'Timestamp', 'Boolean', 'Name', 'Sql'] as const;

export type ParameterType = (typeof PARAMETER_TYPES)[number];

/** What a person gave for a parameter. */
export interface ParameterValue {
  readonly type: ParameterType;
  readonly text: string;
}

export type ParameterValues = { readonly [name: string]: ParameterValue };

/** A place of a text where the value of a parameter goes: `:name` or `{{name}}`. */
export interface ParameterUse {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** What stands around it decides how a value is written there. */
  readonly within: 'sql' | 'string' | 'path';
  /** The word before it. */
  readonly after: string;
}

/** A text with its parameters filled in, and the way back to the text that it was made of. */
export interface FilledText {
  readonly text: string;
  back(span: Stretch): Stretch;
}

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const BRACES = /\{\{\s*([\p{L}_][\p{L}\p{N}_]*)\s*\}\}/gu;
const WORD = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/**
 * The parameters of a text in order. `:name` stands for itself: right behind a name, a bracket or a quote it is a path
 * into JSON, behind a colon a cast, and a variable where the text declares one of that name.
 */
export function parameterUses(text: string): readonly ParameterUse[] {
  if (!/:[\p{L}_]|\{\{/u.test(text)) return [];
  const pieces = placed(sqlPieces(text));
  const own = declared(pieces);
  const uses: ParameterUse[] = [];
  let after = '';
  pieces.forEach((piece, at) => {
    const next = pieces[at + 1];
    if (piece.text === ':' && next && WORD.test(next.text) && isFree(text[piece.start - 1]) && !own.has(next.text))
      uses.push({ name: next.text, start: piece.start, end: next.start + next.text.length, within: 'sql', after });
    if (WORD.test(piece.text)) after = piece.text.toUpperCase();
  });
  return [...uses, ...bracedUses(text, pieces)].sort((a, b) => a.start - b.start);
}

interface Placed extends SqlPiece {
  readonly start: number;
}

function placed(pieces: readonly SqlPiece[]): readonly Placed[] {
  let start = 0;
  return pieces.map((piece) => {
    const at = start;
    start += piece.text.length;
    return { ...piece, start: at };
  });
}

function isFree(before: string | undefined): boolean {
  return before === undefined || /[\s(,=<>+*/%|&!-]/.test(before);
}

/** Variables of a script: `LET x := 1`, `FOR x IN …`. */
function declared(pieces: readonly Placed[]): ReadonlySet<string> {
  const words = pieces.filter(({ text }) => WORD.test(text));
  return new Set(words.filter((_, at) => /^(LET|FOR)$/i.test(words[at - 1]?.text ?? '')).map(({ text }) => text));
}

function bracedUses(text: string, pieces: readonly Placed[]): readonly ParameterUse[] {
  return [...text.matchAll(BRACES)].flatMap(({ 0: whole, 1: name = '', index: start }) => {
    const piece = pieces.findLast((one) => one.start <= start);
    if (piece?.tint === 'com') return [];
    const within = piece?.tint === 'str' ? 'string' : piece?.tint === 'stage' ? 'path' : 'sql';
    const after = /([\p{L}_]+)\s*$/u.exec(text.slice(0, start))?.[1] ?? '';
    return [{ name, start, end: start + whole.length, within, after: after.toUpperCase() } as const];
  });
}

/** The names, each once, in the order of their first places, with the type that they are of unless another is chosen. */
export function parameterNames(text: string): readonly { readonly name: string; readonly type: ParameterType }[] {
  const first = new Map<string, ParameterType>();
  for (const { name, after } of parameterUses(text))
    if (!first.has(name)) first.set(name, /^(LIMIT|OFFSET)$/.test(after) ? 'Number' : 'Text');
  return [...first].map(([name, type]) => ({ name, type }));
}

/** Undefined for what was not given; `constructor` is a name like any other. */
export function givenValue(values: ParameterValues, name: string): ParameterValue | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

const SHAPES: { readonly [K in ParameterType]: RegExp } = {
  Text: /^[\s\S]*$/,
  Number: /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i,
  Date: /^\d{4}-\d{2}-\d{2}$/,
  Timestamp: /^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?$/,
  Boolean: /^(true|false)$/i,
  Name: /\S/,
  Sql: /\S/,
};

/** Whether a text can be what the type says. */
export function isGiven({ type, text }: ParameterValue): boolean {
  return SHAPES[type].test(type === 'Text' ? text : text.trim());
}

/** The value as it is written in SQL. */
export function valueSql({ type, text }: ParameterValue): string {
  const value = text.trim();
  switch (type) {
    case 'Text':
      return literal(text);
    case 'Date':
      return `${literal(value)}::DATE`;
    case 'Timestamp':
      return `${literal(value.replace('T', ' '))}::TIMESTAMP`;
    case 'Boolean':
      return value.toUpperCase();
    case 'Name':
      return value
        .split('.')
        .map((part) => `"${part.replaceAll('"', '""')}"`)
        .join('.');
    case 'Number':
    case 'Sql':
      return value;
  }
}

const literal = (text: string) => `'${inString(text)}'`;
const inString = (text: string) => text.replaceAll('\\', '\\\\').replaceAll("'", "''");

function written(value: ParameterValue, within: ParameterUse['within']): string {
  if (within === 'string') return inString(value.text);
  return within === 'path' ? value.text.replace(/[\s,`;'"()\\]/g, '\\$&') : valueSql(value);
}

/** Puts values in the places of their parameters; those without one stay as they are. */
export function fillParameters(text: string, values: ParameterValues): FilledText {
  const filled = parameterUses(text).flatMap((use) => {
    const value = givenValue(values, use.name);
    return value ? [{ use, sql: written(value, use.within) }] : [];
  });
  let [result, at] = ['', 0];
  const places = filled.map(({ use, sql }) => {
    result += text.slice(at, use.start);
    const start = result.length;
    result += sql;
    at = use.end;
    return { use, start, end: result.length };
  });
  result += text.slice(at);
  const back = (offset: number, edge: 'start' | 'end') => {
    const place = places.findLast(({ start }) => start < offset || (edge === 'start' && start === offset));
    if (!place) return offset;
    return offset <= place.end && (edge === 'end' || offset < place.end)
      ? place.use[edge]
      : offset - place.end + place.use.end;
  };
  return { text: result, back: ({ start, end }) => ({ start: back(start, 'start'), end: back(end, 'end') }) };
}

/** What was kept, or came with a link. */
export function readParameters(kept: unknown): ParameterValues {
  if (typeof kept !== 'object' || kept === null) return {};
  return Object.fromEntries(Object.entries(kept).flatMap(([name, value]) => (isValue(value) ? [[name, value]] : [])));
}

function isValue(value: unknown): value is ParameterValue {
  if (typeof value !== 'object' || value === null || !('type' in value && 'text' in value)) return false;
  const { type, text } = value;
  return PARAMETER_TYPES.some((known) => known === type) && typeof text === 'string';
}
