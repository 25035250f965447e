import type { Span } from '../base/errors.ts';
import type { Constant, LoweredCall } from '../functions/function.ts';
import type { Cell } from '../types/cell.ts';
import type { Column, SqlType } from '../types/type.ts';
import type { RelationSource } from './relation.ts';

/**
 * A query with every name resolved, every type known and every implicit cast written out. It has the shape of the SQL
 * it came from, since DuckDB does the planning; `lower/` prints it.
 */

interface BoundNode {
  readonly type: SqlType;
  readonly nullable: boolean;
  readonly span: Span;
}

export type BoundExpr =
  | BoundLiteral
  | BoundColumn
  | BoundCall
  | BoundCast
  | BoundCase
  | BoundIn
  | BoundNullTest
  | BoundDistinctTest
  | BoundQueryExpr
  | BoundAggregate
  | BoundWindow
  | BoundLambda
  | BoundLambdaParam
  | BoundConstruct
  | BoundGrouping;

export interface BoundLiteral extends BoundNode {
  readonly kind: 'Literal';
  readonly value: Cell;
}

/** Column `index` of a relation of this query or of one around it. */
export interface BoundColumn extends BoundNode {
  readonly kind: 'Column';
  readonly relation: number;
  readonly index: number;
  readonly name: string;
  /** Read for `$1` of a Parquet file, the whole row. */
  readonly ofRow?: boolean;
}

/** A scalar function or operator; arguments have the types that its overload wants. */
export interface BoundCall extends BoundNode {
  readonly kind: 'Call';
  readonly name: string;
  readonly lower: string | ((call: LoweredCall) => string);
  readonly args: readonly BoundExpr[];
  readonly volatile: boolean;
  /** A set-returning function of a select list: one row for each item of its list. */
  readonly spreads?: boolean;
}

export interface BoundCast extends BoundNode {
  readonly kind: 'Cast';
  readonly operand: BoundExpr;
  /** TRY_CAST, and what Databend reads leniently by itself: a value that cannot be cast is NULL. */
  readonly lenient: boolean;
  /** The column of a table that the value goes to, and what the query calls the value. */
  readonly fills?: { readonly from: string; readonly to: string };
}

export interface BoundCase extends BoundNode {
  readonly kind: 'Case';
  readonly branches: readonly BoundBranch[];
  readonly otherwise: BoundExpr | undefined;
}

export interface BoundBranch {
  readonly when: BoundExpr;
  readonly result: BoundExpr;
}

export interface BoundIn extends BoundNode {
  readonly kind: 'In';
  readonly operand: BoundExpr;
  readonly items: readonly BoundExpr[];
  readonly negated: boolean;
}

export interface BoundNullTest extends BoundNode {
  readonly kind: 'NullTest';
  readonly operand: BoundExpr;
  readonly negated: boolean;
}

export interface BoundDistinctTest extends BoundNode {
  readonly kind: 'DistinctTest';
  readonly left: BoundExpr;
  readonly right: BoundExpr;
  /** IS NOT DISTINCT FROM. */
  readonly negated: boolean;
}

/** A subquery in an expression. */
export interface BoundQueryExpr extends BoundNode {
  readonly kind: 'QueryExpr';
  readonly use:
    | { readonly kind: 'Scalar' }
    | { readonly kind: 'Exists'; readonly negated: boolean }
    | { readonly kind: 'In'; readonly operand: BoundExpr; readonly negated: boolean }
    | {
        readonly kind: 'Quantified';
        readonly operand: BoundExpr;
        readonly operator: string;
        readonly quantifier: 'ANY' | 'ALL';
      };
  readonly query: BoundQuery;
}

export interface BoundAggregate extends BoundNode {
  readonly kind: 'Aggregate';
  readonly name: string;
  readonly lower: string | ((call: LoweredCall) => string);
  readonly args: readonly BoundExpr[];
  readonly params: readonly Constant[];
  readonly distinct: boolean;
  readonly orderBy: readonly BoundOrder[];
  readonly filter: BoundExpr | undefined;
}

export interface BoundWindow extends BoundNode {
  readonly kind: 'Window';
  readonly function: BoundAggregate;
  readonly ignoreNulls: boolean;
  readonly spec: BoundWindowSpec;
}

export interface BoundWindowSpec {
  readonly partitionBy: readonly BoundExpr[];
  readonly orderBy: readonly BoundOrder[];
  readonly frame: BoundFrame | undefined;
}

export interface BoundFrame {
  readonly unit: 'ROWS' | 'RANGE';
  readonly start: BoundBound;
  readonly end: BoundBound | undefined;
}

export type BoundBound =
  | { readonly kind: 'CurrentRow' }
  | { readonly kind: 'Preceding' | 'Following'; readonly offset: BoundExpr | undefined };

/** Parameters have names made by the binder, since DuckDB substitutes macro arguments textually. */
export interface BoundLambda extends BoundNode {
  readonly kind: 'Lambda';
  readonly params: readonly string[];
  readonly body: BoundExpr;
}

export interface BoundLambdaParam extends BoundNode {
  readonly kind: 'LambdaParam';
  readonly name: string;
}

/** `[a, b]`, `(a, b)`, `{'k': v}`: items of a map are key, value, key, value … */
export interface BoundConstruct extends BoundNode {
  readonly kind: 'Construct';
  readonly items: readonly BoundExpr[];
}

/** GROUPING(a, b). */
export interface BoundGrouping extends BoundNode {
  readonly kind: 'Grouping';
  readonly args: readonly BoundExpr[];
}

export interface BoundOrder {
  readonly expr: BoundExpr;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

export interface BoundQuery {
  readonly ctes: readonly BoundCte[];
  readonly recursive: boolean;
  readonly body: BoundBody;
  readonly orderBy: readonly BoundQueryOrder[];
  readonly limit: BoundExpr | undefined;
  readonly offset: BoundExpr | undefined;
  /** What comes out, in order; names may repeat. */
  readonly columns: readonly Column[];
}

/** An output column by its position (from 0), or an expression over the relations of a SELECT body. */
export type BoundQueryOrder = Omit<BoundOrder, 'expr'> & { readonly by: number | BoundExpr };

export interface BoundCte {
  readonly id: number;
  readonly name: string;
  readonly materialized: boolean;
  readonly query: BoundQuery;
}

export type BoundBody = BoundSelect | BoundSetOperation | BoundValues | BoundNested;

export interface BoundNested {
  readonly kind: 'Nested';
  readonly query: BoundQuery;
}

export interface BoundSelect {
  readonly kind: 'Select';
  readonly distinct: boolean;
  /** Their names are those of the query's columns. */
  readonly items: readonly BoundExpr[];
  readonly from: BoundFrom | undefined;
  readonly where: BoundExpr | undefined;
  readonly groupBy: BoundGroupBy | undefined;
  readonly having: BoundExpr | undefined;
  readonly qualify: BoundExpr | undefined;
}

/** Sets of indexes into `exprs`; one set with all of them for a plain GROUP BY. */
export interface BoundGroupBy {
  readonly exprs: readonly BoundExpr[];
  readonly sets: readonly (readonly number[])[] | undefined;
}

export interface BoundSetOperation {
  readonly kind: 'SetOperation';
  readonly operator: 'UNION' | 'EXCEPT' | 'INTERSECT';
  readonly all: boolean;
  readonly left: BoundQuery;
  readonly right: BoundQuery;
  /** What both sides are cast to. */
  readonly types: readonly SqlType[];
}

export interface BoundValues {
  readonly kind: 'Values';
  readonly rows: readonly (readonly BoundExpr[])[];
}

export type BoundFrom =
  | BoundRelation
  | BoundDerived
  | BoundCteRef
  | BoundSeries
  | BoundUnnest
  | BoundFlatten
  | BoundJoin;

interface BoundFromNode {
  /** How columns name it: unique within the statement. */
  readonly id: number;
  readonly columns: readonly Column[];
  /** Of the item of FROM; absent for what no text says. */
  readonly span?: Span;
}

/** Rows that are read: a table, staged files, a system table. */
export interface BoundRelation extends BoundFromNode {
  readonly kind: 'Relation';
  readonly source: RelationSource;
}

export interface BoundDerived extends BoundFromNode {
  readonly kind: 'Derived';
  readonly lateral: boolean;
  readonly query: BoundQuery;
}

export interface BoundCteRef extends BoundFromNode {
  readonly kind: 'CteRef';
  readonly cte: number;
}

/** numbers, generate_series, range: a column counted by DuckDB. */
export interface BoundSeries extends BoundFromNode {
  readonly kind: 'Series';
  readonly start: BoundExpr;
  readonly stop: BoundExpr;
  readonly step: BoundExpr | undefined;
  readonly inclusive: boolean;
}

/** A set-returning call in FROM whose lowering gives a list: unnest, json_array_elements, regexp_split_to_table … */
export interface BoundUnnest extends BoundFromNode {
  readonly kind: 'Unnest';
  readonly list: BoundExpr;
}

export interface BoundFlatten extends BoundFromNode {
  readonly kind: 'Flatten';
  readonly input: BoundExpr;
  readonly path: string;
  readonly outer: boolean;
  readonly recursive: boolean;
  readonly mode: 'object' | 'array' | 'both';
}

export type BoundJoinType =
  | 'INNER'
  | 'LEFT'
  | 'RIGHT'
  | 'FULL'
  | 'CROSS'
  | 'SEMI'
  | 'ANTI'
  | 'ANY INNER'
  | 'ANY LEFT'
  | 'ASOF'
  | 'ASOF LEFT'
  | 'ASOF RIGHT'
  | 'ASOF FULL';

/** RIGHT SEMI, ANTI and ANY joins are bound with their sides exchanged. */
export interface BoundJoin {
  readonly kind: 'Join';
  readonly type: BoundJoinType;
  readonly left: BoundFrom;
  readonly right: BoundFrom;
  readonly on: BoundExpr | undefined;
}
