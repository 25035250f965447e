import type { Span } from '../base/errors.ts';
import type { BoundExpr, BoundFrom, BoundQuery, BoundSelect } from '../bind/plan.ts';
import { childrenOf, someExpr, visitExpr, visitQuery } from '../bind/walk.ts';
import { conjuncts } from './pushdown.ts';

type Ids = ReadonlySet<number>;

/** What an operator of DuckDB's plan works on: base relations, one set for each of its inputs. */
export interface OperatorPlace {
  readonly name: string;
  readonly inputs: readonly Ids[];
  /** Of a scan. */
  readonly relation: number | undefined;
}

/**
 * Finds which parts of a statement an operator does: its item of FROM, the conditions that need both sides of a join, the
 * keys of a grouping or an order. Operators are to be asked from the leaves up, since queries nest that way too.
 */
export function operatorSpans(query: BoundQuery): (place: OperatorPlace) => readonly Span[] {
  const bases = basesOf(query);
  const blocks = blocksOf(query, bases);
  const used = new Set<Block>();
  const take = (place: OperatorPlace, part: (block: Block) => readonly Span[]) => {
    const all = union(place.inputs);
    const block = blocks.find((one) => !used.has(one) && part(one).length > 0 && sameIds(one.relations, all));
    return block ? part(block) : [];
  };
  return (place) => {
    const spans = partsOf(place, { blocks, bases, take });
    return spans.filter(({ start, end }) => end > start);
  };
}

interface Lookup {
  readonly blocks: readonly Block[];
  readonly bases: Bases;
  readonly take: (place: OperatorPlace, part: (block: Block) => readonly Span[]) => readonly Span[];
}

function partsOf(place: OperatorPlace, { blocks, bases, take }: Lookup): readonly Span[] {
  const { name, relation, inputs } = place;
  if (relation !== undefined) return bases.spans.get(relation) ?? [];
  if (/JOIN|CROSS_PRODUCT/.test(name)) return joinSpans(blocks, inputs);
  if (/GROUP_BY|AGGREGATE/.test(name)) return take(place, ({ grouping }) => grouping);
  if (/WINDOW/.test(name)) return take(place, ({ windows }) => windows);
  if (/ORDER_BY|TOP_N/.test(name)) return take(place, ({ order }) => order);
  if (/LIMIT/.test(name)) return take(place, ({ limit }) => limit);
  return /FILTER/.test(name) ? take(place, ({ filters }) => filters) : [];
}

function joinSpans(blocks: readonly Block[], inputs: readonly Ids[]): readonly Span[] {
  const all = union(inputs);
  return blocks.flatMap(({ conditions }) =>
    conditions
      .filter(({ relations }) => covers(all, relations) && !inputs.some((input) => covers(input, relations)))
      .map(({ span }) => span),
  );
}

/** A query with a body of its own: what its operators stand for. */
interface Block {
  /** Base relations that it reads, those of its subqueries too. */
  readonly relations: Ids;
  readonly conditions: readonly Condition[];
  readonly grouping: readonly Span[];
  readonly windows: readonly Span[];
  readonly filters: readonly Span[];
  readonly order: readonly Span[];
  readonly limit: readonly Span[];
}

interface Condition {
  readonly span: Span;
  readonly relations: Ids;
}

interface Bases {
  /** By the number of an item of FROM: which relations its rows come from. */
  readonly of: ReadonlyMap<number, Ids>;
  /** By relation: where the statement names it. In a view, where it names the view. */
  readonly spans: ReadonlyMap<number, readonly Span[]>;
}

function basesOf(query: BoundQuery): Bases {
  const of = new Map<number, Ids>();
  const spans = new Map<number, readonly Span[]>();
  const ctes = new Map<number, BoundQuery>();
  const place = (from: BoundFrom, around: Span | undefined): Ids => {
    if (from.kind === 'Join') return union([place(from.left, around), place(from.right, around)]);
    const span = isWritten(from.span) ? from.span : around;
    const found = itemBases(from, (inner) => within(inner, span), ctes);
    of.set(from.id, found);
    if (from.kind === 'Relation' && span) spans.set(from.id, [span]);
    return found;
  };
  const within = (inner: BoundQuery, around: Span | undefined): Ids => {
    for (const cte of inner.ctes) {
      ctes.set(cte.id, cte.query);
      within(cte.query, around);
    }
    return union(fromsOf(inner).map((from) => place(from, around)));
  };
  within(query, undefined);
  return { of, spans };
}

const isWritten = (span: Span | undefined) => span !== undefined && span.end > span.start;

function itemBases(
  from: Exclude<BoundFrom, { readonly kind: 'Join' }>,
  within: (query: BoundQuery) => Ids,
  ctes: ReadonlyMap<number, BoundQuery>,
): Ids {
  if (from.kind === 'Relation') return new Set([from.id]);
  if (from.kind === 'Derived') return within(from.query);
  const cte = from.kind === 'CteRef' ? ctes.get(from.cte) : undefined;
  return cte ? new Set(relationsIn(cte)) : new Set();
}

/** Items of FROM of a query and of the queries in its expressions, those in FROM itself not looked into. */
function fromsOf(query: BoundQuery): readonly BoundFrom[] {
  const found: BoundFrom[] = [];
  for (const select of selectsOf(query)) {
    if (select.from) found.push(select.from);
    found.push(...exprsOf(select).flatMap(queriesIn).flatMap(fromsOf));
  }
  return found;
}

function selectsOf({ body }: BoundQuery): readonly BoundSelect[] {
  if (body.kind === 'Select') return [body];
  if (body.kind === 'Nested') return selectsOf(body.query);
  return body.kind === 'SetOperation' ? [...selectsOf(body.left), ...selectsOf(body.right)] : [];
}

function exprsOf({ items, where, groupBy, having, qualify }: BoundSelect): readonly BoundExpr[] {
  return [...items, where, ...(groupBy?.exprs ?? []), having, qualify].filter((expr) => expr !== undefined);
}

/** Those next to the expression; not those that they hold themselves. */
function queriesIn(expr: BoundExpr): readonly BoundQuery[] {
  return [...(expr.kind === 'QueryExpr' ? [expr.query] : []), ...childrenOf(expr).flatMap(queriesIn)];
}

function relationsIn(query: BoundQuery): readonly number[] {
  const ids: number[] = [];
  visitQuery(query, { from: (from) => from.kind === 'Relation' && ids.push(from.id) });
  return ids;
}

/** Innermost first. */
function blocksOf(query: BoundQuery, bases: Bases): readonly Block[] {
  const blocks: Block[] = [];
  const add = (one: BoundQuery) => {
    for (const cte of one.ctes) add(cte.query);
    for (const select of selectsOf(one)) {
      for (const inner of [...derived(select.from), ...exprsOf(select).flatMap(queriesIn)]) add(inner);
      blocks.push(blockOf(one, select, bases));
    }
  };
  add(query);
  return blocks;
}

function derived(from: BoundFrom | undefined): readonly BoundQuery[] {
  if (from?.kind === 'Join') return [...derived(from.left), ...derived(from.right)];
  return from?.kind === 'Derived' ? [from.query] : [];
}

function blockOf(query: BoundQuery, select: BoundSelect, bases: Bases): Block {
  const { items, where, groupBy, having, qualify, from } = select;
  const all = [...items, having, qualify].filter((expr) => expr !== undefined);
  const parts = (kind: BoundExpr['kind']) => all.filter((expr) => someExpr(expr, (part) => part.kind === kind));
  const conditions = [...(where ? conjuncts(where) : []), ...joinConditions(from)].map((expr) => ({
    span: expr.span,
    relations: relationsOf(expr, bases),
  }));
  const orderBy = query.orderBy.map(({ by }) => (typeof by === 'number' ? items[by]?.span : by.span));
  return {
    relations: union(fromsOf(query).map((item) => basesUnder(item, bases))),
    conditions: conditions.filter(({ relations }) => relations.size > 1),
    grouping: spansOf([...(groupBy?.exprs ?? []), ...parts('Aggregate')]),
    windows: spansOf(parts('Window')),
    filters: spansOf([...(where ? conjuncts(where) : []), having, qualify].filter((expr) => expr !== undefined)),
    order: orderBy.filter((span) => span !== undefined),
    limit: spansOf([query.limit, query.offset].filter((expr) => expr !== undefined)),
  };
}

const spansOf = (exprs: readonly BoundExpr[]) => exprs.map(({ span }) => span);

function joinConditions(from: BoundFrom | undefined): readonly BoundExpr[] {
  if (from?.kind !== 'Join') return [];
  const own = from.on ? conjuncts(from.on) : [];
  return [...joinConditions(from.left), ...joinConditions(from.right), ...own];
}

function basesUnder(from: BoundFrom, bases: Bases): Ids {
  if (from.kind !== 'Join') return bases.of.get(from.id) ?? new Set();
  return union([basesUnder(from.left, bases), basesUnder(from.right, bases)]);
}

/** Which base relations an expression looks at. */
function relationsOf(expr: BoundExpr, bases: Bases): Ids {
  const found: Ids[] = [];
  visitExpr(expr, {
    expr: (part) => part.kind === 'Column' && found.push(bases.of.get(part.relation) ?? new Set()),
    from: (from) => from.kind === 'Relation' && found.push(new Set([from.id])),
  });
  return union(found);
}

const union = (sets: readonly Ids[]): Ids => new Set(sets.flatMap((set) => [...set]));
const covers = (all: Ids, part: Ids) => [...part].every((id) => all.has(id));
const sameIds = (a: Ids, b: Ids) => a.size === b.size && covers(a, b);
