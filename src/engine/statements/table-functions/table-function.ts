import type { BoundQuery } from '../../bind/plan.ts';
import type { Call } from '../../sql/ast.ts';
import type { Query } from '../../sql/ast-query.ts';
import type { Cell } from '../../types/cell.ts';
import type { Schema } from '../../types/type.ts';
import type { StatementContext } from '../context.ts';

/** How to add a table function that the engine answers itself: one of these, mentioned in `index.ts`. */
export interface TableFunctionSpec {
  readonly name: string;
  readonly columns: Schema;
  rows(call: Call, ctx: StatementContext, bindQuery: BindQuery): Promise<readonly (readonly Cell[])[]>;
}

/** Binds a query without running it. */
export type BindQuery = (query: Query) => Promise<BoundQuery>;
