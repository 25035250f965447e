import type { BoundFrom, BoundQuery, BoundRelation, BoundSelect } from '../bind/plan.ts';
import { visitQuery } from '../bind/walk.ts';
import type { Predicate } from '../formats/format.ts';
import { predicatesOn } from './pushdown.ts';

export interface UsedRelation {
  readonly relation: BoundRelation;
  /** Indexes of the columns that the query reads, ascending. */
  readonly columns: readonly number[];
  /** What the WHERE over it says of its columns: other rows are of no use to the query. */
  readonly predicates?: readonly Predicate[];
}

/** The base relations of a query, each with the columns that it needs of them. */
export function usedRelations(query: BoundQuery): readonly UsedRelation[] {
  const relations = new Map<number, { relation: BoundRelation; columns: Set<number>; selects: BoundSelect[] }>();
  visitQuery(query, {
    from: (from) => {
      if (from.kind === 'Relation' && !relations.has(from.id))
        relations.set(from.id, { relation: from, columns: new Set(), selects: [] });
    },
  });
  visitQuery(query, {
    expr: (expr) => {
      if (expr.kind === 'Column') relations.get(expr.relation)?.columns.add(expr.index);
    },
    select: (select) => {
      for (const { id } of relationsIn(select.from)) relations.get(id)?.selects.push(select);
    },
  });
  return [...relations.values()].map(({ relation, columns, selects }) => ({
    relation,
    columns: [...columns].sort((a, b) => a - b),
    predicates: soleFilter(selects, relation),
  }));
}

/** Rows of a join may be wanted for their lack of a partner: their own WHERE then says nothing of what to read. */
function soleFilter([select, ...others]: readonly BoundSelect[], relation: BoundRelation): readonly Predicate[] {
  return select && others.length === 0 && isFiltered(select.from, relation) ? predicatesOn(select, relation) : [];
}

/** Whether rows that the WHERE leaves out give nothing before it either. */
function isFiltered(from: BoundFrom | undefined, relation: BoundRelation): boolean {
  if (from?.kind !== 'Join') return from?.kind === 'Relation' && from.id === relation.id;
  if (from.type === 'INNER' || from.type === 'CROSS')
    return isFiltered(from.left, relation) || isFiltered(from.right, relation);
  return from.type === 'LEFT' && isFiltered(from.left, relation);
}

function relationsIn(from: BoundFrom | undefined): readonly BoundRelation[] {
  if (from?.kind === 'Join') return [...relationsIn(from.left), ...relationsIn(from.right)];
  return from?.kind === 'Relation' ? [from] : [];
}
