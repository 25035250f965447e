import type { Schema } from '../types/type.ts';
import type { BoundExpr, BoundFrom, BoundQuery } from './plan.ts';

interface SelectParts {
  readonly items: readonly BoundExpr[];
  readonly from?: BoundFrom | undefined;
  readonly where?: BoundExpr | undefined;
  /** Their names; without, `c0`, `c1` … */
  readonly columns?: Schema;
}

/** `SELECT <items> FROM <from> WHERE <where>`, made of bound parts. */
export function selectOf({ items, from, where, columns }: SelectParts): BoundQuery {
  return {
    ctes: [],
    recursive: false,
    body: {
      kind: 'Select',
      distinct: false,
      items,
      from,
      where,
      groupBy: undefined,
      having: undefined,
      qualify: undefined,
    },
    orderBy: [],
    limit: undefined,
    offset: undefined,
    columns: columns ?? items.map(({ type, nullable }, index) => ({ name: `c${index}`, type, nullable })),
  };
}
