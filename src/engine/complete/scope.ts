import type { Token } from '../sql/token.ts';

/** What stands in a FROM clause, read off the tokens so that the statement need not parse yet. */
export interface ScopeItem {
  /** Database and name, or the name alone; empty for what has no name of its own. */
  readonly parts: readonly string[];
  /** By what its columns are qualified; empty where it has no name. */
  readonly alias: string;
  /** The reference as written, its alias included. */
  readonly start: number;
  readonly end: number;
  /** Where the list begins that it stands in. */
  readonly listStart: number;
}

export interface ScopeCte {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export interface Scope {
  /** Those of the query around the caret first, then those of the queries around that. */
  readonly items: readonly ScopeItem[];
  /** CTEs that are complete before the caret. */
  readonly ctes: readonly ScopeCte[];
}

const STARTS = new Set(['FROM', 'JOIN', 'INTO', 'UPDATE', 'TABLE', 'DESC', 'DESCRIBE', 'USING']);
const SET_OPERATORS = new Set(['UNION', 'EXCEPT', 'INTERSECT', 'MINUS']);
const NO_ALIAS = new Set(
  (
    'WHERE GROUP ORDER HAVING LIMIT OFFSET JOIN INNER LEFT RIGHT FULL CROSS ON USING QUALIFY UNION EXCEPT INTERSECT SET ' +
    'VALUES SELECT FROM AS FILE_FORMAT PATTERN WINDOW LATERAL ANTI SEMI ASOF NATURAL AT BEFORE WHEN ADD DROP MODIFY RENAME ' +
    'SAMPLE PIVOT UNPIVOT FILES ON_ERROR PURGE FORCE MINUS'
  ).split(' '),
);

/** What the names at a place may stand for. */
export function scopeAt(tokens: readonly Token[], offset: number): Scope {
  const items: ScopeItem[] = [];
  const ctes: ScopeCte[] = [];
  for (const block of blocksAround(tokens, offset)) {
    items.push(...itemsOf(block, offset));
    ctes.push(...ctesOf(block).filter(({ end }) => end <= offset));
  }
  return { items, ctes };
}

/** The tokens of the statement, then of each parenthesis around a place that holds a query; the innermost first. */
function blocksAround(tokens: readonly Token[], offset: number): Token[][] {
  const open: number[] = [];
  tokens.forEach(({ word, start }, at) => {
    if (start >= offset) return;
    if (word === '(') open.push(at);
    else if (word === ')') open.pop();
  });
  const inner = open
    .map((at) => tokens.slice(at + 1, groupEnd(tokens, at) - 1))
    .filter(([first]) => /^(SELECT|WITH|FROM|VALUES)$/.test(first?.word ?? ''));
  return [tokens.slice(), ...inner].reverse();
}

/** The index behind the parenthesis that closes the one at an index, or behind the last token. */
function groupEnd(tokens: readonly Token[], at: number): number {
  let depth = 0;
  for (let next = at; next < tokens.length; next++) {
    const word = tokens[next]?.word;
    if (word === '(') depth++;
    else if (word === ')' && --depth === 0) return next + 1;
  }
  return tokens.length + 1;
}

/** The references of the SELECT at a place, where set operators divide the block. */
function itemsOf(block: readonly Token[], offset: number): ScopeItem[] {
  let found: ScopeItem[] = [];
  for (let at = 0; at < block.length; at++) {
    const { word = '', start = 0 } = block[at] ?? {};
    if (SET_OPERATORS.has(word)) {
      if (start >= offset) break;
      found = [];
    } else if (word === '(') at = groupEnd(block, at) - 1;
    else if (STARTS.has(word)) at = readList(block, at + 1, found) - 1;
  }
  return found;
}

/** Reads references with commas between them. Gives the index behind the last. */
function readList(block: readonly Token[], start: number, found: ScopeItem[]): number {
  let at = start;
  for (;;) {
    const read = readItem(block, at, found[0]?.listStart ?? block[start]?.start ?? 0);
    if (!read) return at;
    found.push(read.item);
    at = read.next;
    if (block[at]?.word !== ',') return at;
    at++;
  }
}

interface ReadItem {
  readonly item: ScopeItem;
  readonly next: number;
}

function readItem(block: readonly Token[], at: number, listStart: number): ReadItem | undefined {
  const first = block[at];
  const from = first?.word === 'LATERAL' ? at + 1 : at;
  const { parts, next: behind } = readSource(block, from);
  if (!first || behind === from) return undefined;
  const skip = block[behind]?.word === 'AS' ? behind + 1 : behind;
  const alias = block[skip];
  const hasAlias = alias?.kind === 'Quoted' || (alias?.kind === 'Word' && !NO_ALIAS.has(alias.word));
  const named = hasAlias ? skip + 1 : behind;
  const next = hasAlias && block[named]?.word === '(' ? groupEnd(block, named) : named;
  const end = block[Math.min(next, block.length) - 1]?.end ?? first.end;
  return {
    item: { parts, alias: hasAlias ? nameOf(alias) : (parts.at(-1) ?? ''), start: first.start, end, listStart },
    next,
  };
}

/** A name, a call, a subquery or files of a stage. */
function readSource(block: readonly Token[], from: number): { readonly parts: string[]; readonly next: number } {
  const { kind, word } = block[from] ?? {};
  if (word === '(') return { parts: [], next: Math.min(groupEnd(block, from), block.length) };
  if (kind === 'At' || kind === 'String')
    return { parts: [], next: block[from + 1]?.word === '(' ? groupEnd(block, from + 1) : from + 1 };
  const { parts, next } = readName(block, from);
  // `INSERT INTO t (a, b)` names columns, `numbers(3)` calls.
  const isCall = parts.length === 1 && block[next]?.word === '(' && block[from - 1]?.word !== 'INTO';
  return isCall ? { parts: [], next: groupEnd(block, next) } : { parts, next };
}

function readName(block: readonly Token[], start: number): { readonly parts: string[]; readonly next: number } {
  const parts: string[] = [];
  let at = start;
  while (block[at]?.kind === 'Word' || block[at]?.kind === 'Quoted') {
    const token = block[at];
    if (!token || (token.kind === 'Word' && NO_ALIAS.has(token.word))) break;
    parts.push(nameOf(token));
    at++;
    if (block[at]?.word !== '.') break;
    at++;
  }
  return { parts, next: at };
}

function ctesOf(block: readonly Token[]): ScopeCte[] {
  const found: ScopeCte[] = [];
  if (block[0]?.word !== 'WITH') return found;
  for (let at = block[1]?.word === 'RECURSIVE' ? 2 : 1; at < block.length; at++) {
    const name = block[at];
    const columns = block[at + 1]?.word === '(' ? groupEnd(block, at + 1) : at + 1;
    const body = block[columns + 1]?.word === 'MATERIALIZED' ? columns + 2 : columns + 1;
    if (!name || block[columns]?.word !== 'AS' || block[body]?.word !== '(') break;
    const next = groupEnd(block, body);
    const last = block[next - 1];
    if (!last) break;
    found.push({ name: nameOf(name), start: name.start, end: last.end });
    at = next;
    if (block[at]?.word !== ',') break;
  }
  return found;
}

function nameOf({ kind, text }: Token): string {
  return kind === 'Quoted' ? text.slice(1, -1) : text.toLowerCase();
}
