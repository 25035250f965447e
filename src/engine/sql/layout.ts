import type { Comment, Piece } from './layout-pieces.ts';
import {
  type Clause,
  clausesOf,
  conditionsOf,
  type Group,
  itemsOf,
  type LayoutNode,
  layoutTree,
  taskParts,
  verbOf,
  wordOf,
} from './layout-tree.ts';

const WIDTH = 80;
const STEP = 2;

/** A statement in lines: on one if it fits, else a clause a line, and a list item a line where a clause is too long. */
export function layoutStatement(pieces: readonly Piece[]): string {
  const writer = new Writer();
  writeStatement(writer, layoutTree(pieces), 0);
  return writer.text;
}

/** Holds back the white space before a piece until it is known whether a comment comes first. */
class Writer {
  private readonly lines: string[] = [];
  private line = '';
  private pending: '' | ' ' | '\n' = '';
  private indent = 0;
  /** Whether a comment stands here that nothing can follow on its line. */
  private isClosed = false;

  get text(): string {
    return [...this.lines, this.line].join('\n');
  }

  /** How far the line has come. */
  get column(): number {
    return this.pending === '\n' ? this.indent : this.line.length + this.pending.length;
  }

  newline(indent: number): void {
    this.indent = indent;
    this.pending = '\n';
  }

  write(piece: Piece): void {
    if (piece.spaced && this.pending === '') this.pending = ' ';
    for (const comment of piece.comments) this.comment(comment);
    if (this.pending === '\n') this.breakLine();
    else if (!this.isEmpty) this.line += this.pending;
    this.line += piece.text;
    this.pending = '';
    this.isClosed = false;
  }

  private get isEmpty(): boolean {
    return this.line === '' && this.lines.length === 0;
  }

  private breakLine(): void {
    if (this.isEmpty) return;
    this.lines.push(this.line);
    this.line = ' '.repeat(this.indent);
  }

  /** On the line that has come so far, or on one of its own. */
  private comment({ text, isLine, ownLine, blankBefore, blankAfter }: Comment): void {
    const isFirst = this.isEmpty;
    if (!isFirst && (ownLine || this.isClosed)) {
      if (blankBefore) this.emptyLine();
      this.breakLine();
      this.line += text;
    } else this.line += isFirst ? text : ` ${text}`;
    this.isClosed = isLine;
    if (isLine || ownLine) this.newline(this.indent);
    else if (this.pending === '') this.pending = ' ';
    if (blankAfter && ownLine && isFirst) this.emptyLine();
  }

  private emptyLine(): void {
    this.lines.push(this.line);
    this.line = '';
  }
}

/** The nodes on one line; undefined where it gets too long, or a comment stands in it behind the first node. */
function flatText(nodes: readonly LayoutNode[], width: number, isFirst = true): string | undefined {
  let text = '';
  for (const node of nodes) {
    const isAtStart = isFirst && text === '';
    const part = node.kind === 'Group' ? flatGroup(node, width, isAtStart) : flatPiece(node, isAtStart);
    if (part === undefined || text.length > width) return undefined;
    text += firstPiece(node).spaced && text !== '' ? ` ${part}` : part;
  }
  return text;
}

function firstPiece(node: LayoutNode): Piece {
  return node.kind === 'Group' ? node.open : node;
}

function flatPiece({ text, comments }: Piece, isFirst: boolean): string | undefined {
  return comments.length > 0 && !isFirst ? undefined : text;
}

function flatGroup({ open, body, close }: Group, width: number, isFirst: boolean): string | undefined {
  const isBlock = open.token.word === 'BEGIN';
  const first = flatPiece(open, isFirst);
  const inside = flatText(body, width, false);
  const last = close ? flatPiece(close, false) : '';
  if (isBlock || first === undefined || inside === undefined || last === undefined) return undefined;
  const gap = body[0] && firstPiece(body[0]).spaced ? ' ' : '';
  return first + gap + inside + (close?.spaced ? ' ' : '') + last;
}

function fits(writer: Writer, nodes: readonly LayoutNode[]): boolean {
  const width = WIDTH - 1 - writer.column;
  const text = flatText(nodes, width);
  return text !== undefined && text.length <= width;
}

function writeStatement(writer: Writer, nodes: readonly LayoutNode[], indent: number): void {
  const verb = verbOf(nodes);
  if (fits(writer, nodes)) writeFlat(writer, nodes);
  else if (verb === 'TASK') writeTask(writer, nodes, indent);
  else writeClauses(writer, nodes, { indent, verb });
}

/** The statement that a task runs stands below its AS. */
function writeTask(writer: Writer, nodes: readonly LayoutNode[], indent: number): void {
  const [head, [as, ...body]] = taskParts(nodes);
  writeClauses(writer, head, { indent, verb: 'TASK' });
  if (as?.kind !== 'Piece') return;
  writer.newline(indent);
  writer.write(as);
  const isBlock = firstWord(body) === 'BEGIN';
  const inner = isBlock ? indent : indent + STEP;
  writer.newline(inner);
  if (isBlock) writeNodes(writer, body, inner);
  else writeStatement(writer, body, inner);
}

function firstWord([node]: readonly LayoutNode[]): string {
  return node ? firstPiece(node).token.word : '';
}

interface Place {
  readonly indent: number;
  /** What the clauses belong to: a statement's verb, CASE, or nothing for a subquery. */
  readonly verb: string;
}

/** A clause a line; those of CREATE and ALTER are indented up to the query that they may end with. */
function writeClauses(writer: Writer, nodes: readonly LayoutNode[], { indent, verb }: Place): void {
  let isQuery = !/^(CREATE|ALTER|TASK)$/.test(verb);
  clausesOf(nodes, verb).forEach((clause, index) => {
    isQuery ||= /^(SELECT|WITH|VALUES|FROM)$/.test(clause.head[0]?.token.word ?? '');
    const at = index > 0 && !isQuery ? indent + STEP : indent;
    if (index > 0) writer.newline(at);
    writeClause(writer, clause, at);
  });
}

function writeClause(writer: Writer, { head, rest }: Clause, indent: number): void {
  if (fits(writer, [...head, ...rest])) {
    writeFlat(writer, [...head, ...rest]);
    return;
  }
  for (const piece of head) writer.write(piece);
  const word = head[0]?.token.word ?? '';
  const items = itemsOf(rest);
  if (word === 'WITH') writeItems(writer, items, indent);
  else if (/^(SELECT|GROUP|ORDER|VALUES|SET|FROM|WINDOW)$/.test(word) && items.length > 1) {
    writer.newline(indent + STEP);
    writeItems(writer, items, indent + STEP);
  } else writeCondition(writer, rest, indent);
}

function writeItems(writer: Writer, items: readonly (readonly LayoutNode[])[], indent: number): void {
  items.forEach((item, index) => {
    if (index > 0) writer.newline(indent);
    writeNodes(writer, item, indent);
  });
}

/** A line for each part between AND and OR, where they do not fit on one. */
function writeCondition(writer: Writer, nodes: readonly LayoutNode[], indent: number): void {
  if (fits(writer, nodes)) {
    writeFlat(writer, nodes);
    return;
  }
  conditionsOf(nodes).forEach((part, index) => {
    if (index > 0) writer.newline(indent + STEP);
    writeNodes(writer, part, index > 0 ? indent + STEP : indent);
  });
}

/** Nodes one after the other; groups that do not fit are opened. */
function writeNodes(writer: Writer, nodes: readonly LayoutNode[], indent: number): void {
  if (fits(writer, nodes)) {
    writeFlat(writer, nodes);
    return;
  }
  nodes.forEach((node, index) => {
    if (node.kind === 'Piece') writer.write(node);
    else writeGroup(writer, node, { indent, verb: wordOf(nodes[index - 1]) });
  });
}

function writeGroup(writer: Writer, group: Group, place: Place): void {
  if (fits(writer, [group])) {
    writeFlat(writer, [group]);
    return;
  }
  const { open, body, close } = group;
  const inner = place.indent + STEP;
  writer.write(open);
  if (open.token.word !== 'CASE' || wordOf(body[0]) === 'WHEN') writer.newline(inner);
  writeBody(writer, group, { indent: inner, verb: open.token.word === 'CASE' ? 'CASE' : place.verb });
  if (body.length > 0) writer.newline(place.indent);
  if (close) writer.write(close);
}

function writeBody(writer: Writer, { open, body }: Group, place: Place): void {
  if (open.token.word === 'BEGIN') {
    itemsOf(body, ';').forEach((statement, index) => {
      if (index > 0) writer.newline(place.indent);
      writeStatement(writer, statement, place.indent);
    });
    return;
  }
  const hasClauses = clausesOf(body, place.verb).length > 1 || open.token.word === 'CASE';
  if (hasClauses) writeClauses(writer, body, place);
  else if (itemsOf(body).length > 1) writeItems(writer, itemsOf(body), place.indent);
  else writeCondition(writer, body, place.indent);
}

function writeFlat(writer: Writer, nodes: readonly LayoutNode[]): void {
  for (const node of nodes) {
    if (node.kind === 'Piece') writer.write(node);
    else {
      writer.write(node.open);
      writeFlat(writer, node.body);
      if (node.close) writer.write(node.close);
    }
  }
}
