import type { BoundQuery, BoundRelation } from '../bind/plan.ts';
import { visitQuery } from '../bind/walk.ts';

export interface UsedRelation {
  readonly relation: BoundRelation;
  /** Indexes of the columns that the query reads, ascending. */
  readonly columns: readonly number[];
}

/** The base relations of a query, each with the columns that it needs of them. */
export function usedRelations(query: BoundQuery): readonly UsedRelation[] {
  const relations = new Map<number, { relation: BoundRelation; columns: Set<number> }>();
  visitQuery(query, {
    from: (from) => {
      if (from.kind === 'Relation' && !relations.has(from.id))
        relations.set(from.id, { relation: from, columns: new Set() });
    },
  });
  visitQuery(query, {
    expr: (expr) => {
      if (expr.kind === 'Column') relations.get(expr.relation)?.columns.add(expr.index);
    },
  });
  return [...relations.values()].map(({ relation, columns }) => ({
    relation,
    columns: [...columns].sort((a, b) => a - b),
  }));
}
