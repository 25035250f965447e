import type { Piece } from './layout-pieces.ts';

/** Pieces with those between brackets, CASE … END and BEGIN … END taken together. */
export type LayoutNode = Piece | Group;

export interface Group {
  readonly kind: 'Group';
  readonly open: Piece;
  readonly body: readonly LayoutNode[];
  /** Absent where the text ends first. */
  readonly close: Piece | undefined;
}

/** A part of a statement that may stand on a line of its own. */
export interface Clause {
  /** The words that begin it: `ORDER BY`. */
  readonly head: readonly Piece[];
  readonly rest: readonly LayoutNode[];
}

const CLOSERS: { readonly [open: string]: string } = { '(': ')', '[': ']', '{': '}', CASE: 'END', BEGIN: 'END' };

export function layoutTree(pieces: readonly Piece[]): LayoutNode[] {
  let at = 0;
  const until = (closer: string | undefined): LayoutNode[] => {
    const nodes: LayoutNode[] = [];
    for (let piece = pieces[at]; piece && piece.token.word !== closer; piece = pieces[at]) {
      const opens = at > 0 || piece.token.word !== 'BEGIN' ? opener(piece, pieces[at + 1]) : undefined;
      at++;
      if (opens === undefined) nodes.push(piece);
      else {
        const body = until(opens);
        nodes.push({ kind: 'Group', open: piece, body, close: pieces[at++] });
      }
    }
    return nodes;
  };
  return until(undefined);
}

/** What closes the group that a piece opens, if it opens one. */
function opener(piece: Piece, next: Piece | undefined): string | undefined {
  const { word } = piece.token;
  if (word === 'CASE' && next?.token.word === '-') return undefined;
  // `BEGIN;` is a transaction.
  const isBlock = piece.isKeyword && next?.token.word !== ';' && next?.token.word !== 'TRANSACTION';
  if (word === 'BEGIN') return isBlock ? CLOSERS[word] : undefined;
  return word === 'CASE' && !piece.isKeyword ? undefined : CLOSERS[word];
}

export function wordOf(node: LayoutNode | undefined): string {
  return node?.kind === 'Piece' ? node.token.word : '';
}

function keywordOf(node: LayoutNode | undefined): string {
  return node?.kind === 'Piece' && node.isKeyword ? node.token.word : '';
}

/** CREATE and ALTER TASK are known by their noun, as what follows is a statement; with CTEs the verb stands behind them. */
export function verbOf(nodes: readonly LayoutNode[]): string {
  const words = nodes.map(keywordOf);
  const [verb = ''] = words;
  if (/^(CREATE|ALTER)$/.test(verb) && words.slice(0, 4).includes('TASK')) return 'TASK';
  return verb === 'WITH' ? (words.find((word) => DML.has(word)) ?? verb) : verb;
}

/** The nodes of a task before its AS, and those from it on. */
export function taskParts(nodes: readonly LayoutNode[]): [head: readonly LayoutNode[], body: readonly LayoutNode[]] {
  const at = nodes.findIndex((node) => keywordOf(node) === 'AS');
  return at < 0 ? [nodes, []] : [nodes.slice(0, at), nodes.slice(at)];
}

/** Words that begin a clause wherever the grammar takes them. */
const STARTERS = new Set(
  (
    'WITH SELECT FROM WHERE GROUP HAVING WINDOW QUALIFY ORDER LIMIT OFFSET UNION EXCEPT INTERSECT VALUES SET USING ' +
    'WHEN ELSE CLUSTER PARTITION AFTER'
  ).split(' '),
);
/** Those that do so in some statements only. */
const STARTERS_OF = new Map<string, RegExp>([
  ['SET', /^UPDATE$/],
  ['USING', /^MERGE$/],
  ['WHEN', /^(MERGE|CASE|TASK)$/],
  ['AFTER', /^TASK$/],
  ['VALUES', /^(?!MERGE)/],
  ['CLUSTER', /^CREATE$/],
  ['PARTITION', /^(CREATE|COPY)$/],
  ['WITH', /^INSERT$/],
]);
/** What a statement that begins with CTEs goes on with. */
const DML = new Set('INSERT UPDATE DELETE MERGE COPY'.split(' '));
const JOIN_WORDS = new Set('NATURAL INNER LEFT RIGHT FULL CROSS ASOF OUTER SEMI ANTI ANY JOIN'.split(' '));
const HEAD_WORDS = new Set('SELECT DISTINCT ALL GROUP ORDER BY UNION EXCEPT INTERSECT WITH RECURSIVE'.split(' '));

/** The clauses of a statement or of what stands between brackets; the first has no head where it begins otherwise. */
export function clausesOf(nodes: readonly LayoutNode[], verb: string): Clause[] {
  const starts = [0];
  nodes.forEach((_, at) => {
    if (at > 0 && startsClause(nodes, at, verb)) starts.push(at);
  });
  return starts.map((start, index) => clauseOf(nodes.slice(start, starts[index + 1])));
}

function startsClause(nodes: readonly LayoutNode[], at: number, verb: string): boolean {
  const [previous, word] = [keywordOf(nodes[at - 1]), keywordOf(nodes[at])];
  if (JOIN_WORDS.has(word)) return !JOIN_WORDS.has(previous);
  const verbs = STARTERS_OF.get(word);
  if (verbs) return verbs.test(verb);
  if (word === 'FROM') return previous !== 'DELETE' && previous !== 'DISTINCT';
  if (DML.has(word)) return nodes[at - 1]?.kind === 'Group';
  return STARTERS.has(word) || isOption(nodes, at, verb);
}

/** `NAME = value` of CREATE, ALTER and COPY, in front of any query. */
function isOption(nodes: readonly LayoutNode[], at: number, verb: string): boolean {
  if (!/^(CREATE|ALTER|COPY|TASK)$/.test(verb) || wordOf(nodes[at + 1]) !== '=') return false;
  return (
    /^[A-Z]/.test(wordOf(nodes[at])) && !nodes.slice(0, at).some((node) => /^(SELECT|WHEN)$/.test(keywordOf(node)))
  );
}

function clauseOf(nodes: readonly LayoutNode[]): Clause {
  const head: Piece[] = [];
  for (const node of nodes) {
    const isFirst = head.length === 0 && STARTERS.has(keywordOf(node));
    const goesOn = head.length > 0 && HEAD_WORDS.has(keywordOf(node));
    if (node.kind !== 'Piece' || (!isFirst && !goesOn)) break;
    head.push(node);
  }
  return { head, rest: nodes.slice(head.length) };
}

/** What stands between commas; each part but the last ends with its comma. */
export function itemsOf(nodes: readonly LayoutNode[], separator = ','): LayoutNode[][] {
  const items: LayoutNode[][] = [[]];
  for (const node of nodes) {
    items.at(-1)?.push(node);
    if (wordOf(node) === separator) items.push([]);
  }
  return items.filter((item) => item.length > 0);
}

/** The parts of a condition: AND and OR begin a new one, but the AND of BETWEEN. */
export function conditionsOf(nodes: readonly LayoutNode[]): LayoutNode[][] {
  const parts: LayoutNode[][] = [[]];
  let inBetween = false;
  for (const node of nodes) {
    const word = keywordOf(node);
    if (word === 'BETWEEN') inBetween = true;
    else if (word === 'AND' && inBetween) inBetween = false;
    else if (word === 'AND' || word === 'OR') parts.push([]);
    parts.at(-1)?.push(node);
  }
  return parts.filter((part) => part.length > 0);
}
