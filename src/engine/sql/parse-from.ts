import type { Changes, DerivedTable, Join, JoinType, NamedTable, Sample, TableRef, Travel } from './ast-query.ts';
import { expectedKind } from './expected.ts';
import { parseTableAlias } from './parse-alias.ts';
import { parsePivot } from './parse-pivot.ts';
import type { Parser } from './parser.ts';

/** What stands behind FROM: items between commas. */
export function parseFromList(p: Parser): TableRef[] {
  const items: TableRef[] = [];
  do {
    p.part(() => items.push(parseTableRef(p)), 0, ',');
  } while (p.accept(','));
  return items;
}

/** One item of FROM with its joins, which associate to the left. */
export function parseTableRef(p: Parser): TableRef {
  const { start } = p.token;
  let left = tableFactor(p);
  for (let head = joinHead(p); head; head = joinHead(p)) {
    const right = tableFactor(p);
    const condition = head.natural ? ({ kind: 'Natural' } as const) : p.part(() => joinCondition(p), undefined);
    left = { kind: 'Join', type: head.type, left, right, condition, span: p.spanFrom(start) };
  }
  return left;
}

const JOINS: readonly (readonly [phrase: string, type: JoinType])[] = [
  ['JOIN', 'INNER'],
  ['INNER JOIN', 'INNER'],
  ['LEFT JOIN', 'LEFT'],
  ['RIGHT JOIN', 'RIGHT'],
  ['FULL JOIN', 'FULL'],
  ['CROSS JOIN', 'CROSS'],
  ['LEFT OUTER JOIN', 'LEFT'],
  ['RIGHT OUTER JOIN', 'RIGHT'],
  ['FULL OUTER JOIN', 'FULL'],
  ['SEMI JOIN', 'LEFT SEMI'],
  ['LEFT SEMI JOIN', 'LEFT SEMI'],
  ['RIGHT SEMI JOIN', 'RIGHT SEMI'],
  ['ANTI JOIN', 'LEFT ANTI'],
  ['LEFT ANTI JOIN', 'LEFT ANTI'],
  ['RIGHT ANTI JOIN', 'RIGHT ANTI'],
  ['INNER ANY JOIN', 'INNER ANY'],
  ['LEFT ANY JOIN', 'LEFT ANY'],
  ['RIGHT ANY JOIN', 'RIGHT ANY'],
  ['ASOF JOIN', 'ASOF'],
  ['ASOF LEFT JOIN', 'LEFT ASOF'],
  ['ASOF RIGHT JOIN', 'RIGHT ASOF'],
  ['ASOF FULL JOIN', 'FULL ASOF'],
];

const NATURAL_JOINS = JOINS.filter(([, type]) => ['INNER', 'LEFT', 'RIGHT', 'FULL'].includes(type));

function joinHead(p: Parser): { type: JoinType; natural: boolean } | undefined {
  const natural = p.accept('NATURAL');
  const join = (natural ? NATURAL_JOINS : JOINS).find(([phrase]) => p.accept(phrase));
  if (!join) return natural ? p.fail() : undefined;
  return { type: join[1], natural };
}

/** `ON e` or `USING (c, …)`; which joins need one is the binder's business. */
function joinCondition(p: Parser): Join['condition'] {
  if (p.accept('ON')) return { kind: 'On', expr: p.expr() };
  if (!p.accept('USING')) return undefined;
  return { kind: 'Using', columns: p.parenthesized(() => p.list(() => p.name('column'))) };
}

function tableFactor(p: Parser): TableRef {
  const { start, kind } = p.token;
  const lateral = p.accept('LATERAL');
  if (p.peek('(')) return parenthesized(p, lateral);
  if (lateral) return tableFunction(p, start, true);
  if (kind === 'At' || kind === 'String') return p.stagedFiles();
  p.note(expectedKind('location'));
  p.note(expectedKind('function'));
  const isFunction =
    (kind === 'Word' || kind === 'Quoted') && p.ahead(1).word === '(' && p.token.word !== 'IDENTIFIER' && p.atName();
  return isFunction ? tableFunction(p, start, false) : namedTable(p);
}

function tableFunction(p: Parser, start: number, lateral: boolean): TableRef {
  if (p.ahead(1).word !== '(' || !p.atName()) p.name('function');
  const call = p.call();
  return { kind: 'TableFunction', lateral, call, alias: parseTableAlias(p), span: p.spanFrom(start) };
}

/** A derived table, a parenthesised join, or a query whose first operand stands in parentheses of its own. */
function parenthesized(p: Parser, lateral: boolean): TableRef {
  const { start } = p.token;
  p.expect('(');
  if (p.startsQuery()) return derivedTable(p, start, lateral);
  const inner = parseTableRef(p);
  if (inner.kind === 'DerivedTable' && !inner.alias && p.continuesQuery()) {
    const query = p.queryFrom({ ...inner.query, span: inner.span }, inner.span.start);
    return derivedTable(p, start, lateral, query);
  }
  p.expect(')');
  return { ...inner, span: p.spanFrom(start) };
}

function derivedTable(p: Parser, start: number, lateral: boolean, read = p.query()): DerivedTable {
  p.expect(')');
  const alias = parseTableAlias(p);
  const pivot = parsePivot(p);
  return { kind: 'DerivedTable', lateral, query: read, alias, pivot, span: p.spanFrom(start) };
}

/** `name [AT …] [WITH …] [alias] [PIVOT …] [SAMPLE …]` */
function namedTable(p: Parser): NamedTable {
  const { start } = p.token;
  const name = p.objectName('table');
  const changes = p.accept('CHANGES (') ? changesClause(p) : undefined;
  const travel = p.peek('AT (') ? parseTravel(p) : undefined;
  const streamOptions = parseStreamOptions(p);
  const alias = parseTableAlias(p);
  const pivot = parsePivot(p);
  const sample = p.accept('SAMPLE') ? sampleClause(p) : undefined;
  return { kind: 'NamedTable', name, alias, travel, changes, streamOptions, sample, pivot, span: p.spanFrom(start) };
}

const TRAVEL_POINTS: readonly Travel['to'][] = ['SNAPSHOT', 'TIMESTAMP', 'OFFSET', 'VERSION', 'STREAM', 'TAG'];

/** `AT ({SNAPSHOT | TIMESTAMP | OFFSET | VERSION | STREAM | TAG} => e [, NO_CHECK => TRUE])` */
export function parseTravel(p: Parser): Travel {
  const { start } = p.token;
  p.expect('AT (');
  return travelPoint(p, start, TRAVEL_POINTS);
}

/** A travel point without AT, as FLASHBACK and OPTIMIZE take it. */
export function parseTravelPoint(p: Parser): Travel {
  const { start } = p.token;
  p.expect('(');
  return travelPoint(p, start, TRAVEL_POINTS);
}

function travelPoint(p: Parser, start: number, points: readonly Travel['to'][]): Travel {
  const to = p.expectAny(...points);
  p.expect('=>');
  const value = p.expr();
  const noCheck = p.accept(', NO_CHECK =>') && p.boolean();
  p.expect(')');
  return { to, value, noCheck, span: p.spanFrom(start) };
}

/** The rest of `CHANGES (INFORMATION => {DEFAULT | APPEND_ONLY}) AT (…) [END (…)]` */
function changesClause(p: Parser): Changes {
  const { start } = p.token;
  p.expect('INFORMATION =>');
  const appendOnly = p.expectAny('DEFAULT', 'APPEND_ONLY') === 'APPEND_ONLY';
  p.expect(')');
  const at = parseTravel(p);
  const endStart = p.token.start;
  const end = p.accept('END (') ? travelPoint(p, endStart, ['SNAPSHOT', 'TIMESTAMP', 'OFFSET', 'TAG']) : undefined;
  return { appendOnly, at, end, span: p.spanFrom(start) };
}

/** `WITH CONSUME` or `WITH (CONSUME = TRUE, MAX_BATCH_SIZE = n)`, behind the name of a stream. */
export function parseStreamOptions(p: Parser): ReadonlyMap<string, string> | undefined {
  if (p.accept('WITH CONSUME')) return new Map([['consume', 'true']]);
  if (!p.accept('WITH (')) return undefined;
  const options = p.list((): [string, string] => {
    const name = p.word('setting').toLowerCase();
    p.expect('=');
    const { value } = p.optionLiteral();
    return [name, String(value).toLowerCase()];
  });
  p.expect(')');
  return new Map(options);
}

/** The rest of `SAMPLE [BLOCK (percent)] [ROW (percent | n ROWS)]` */
function sampleClause(p: Parser): Sample {
  const blockPercent = p.accept('BLOCK') ? p.parenthesized(() => p.number()) : undefined;
  const takesRows = blockPercent === undefined ? p.expectAny('ROW') : p.accept('ROW');
  if (!takesRows) return { blockPercent, rowPercent: undefined, rows: undefined };
  const [count, isRows] = p.parenthesized(() => [p.number(), p.accept('ROWS')] as const);
  return { blockPercent, rowPercent: isRows ? undefined : count, rows: isRows ? count : undefined };
}
