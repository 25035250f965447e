import type { Span } from '../base/errors.ts';
import type { SqlType } from '../types/type.ts';
import type { Query } from './ast-query.ts';

/**
 * The tree of a query as written. Nothing is resolved: names are text, types of literals are the binder's business.
 * Every node carries the span it was parsed from; `print.ts` prints any node back, `walk.ts` visits it.
 */

export interface Identifier {
  /** Folded to lower case unless it was quoted. */
  readonly name: string;
  readonly quoted: boolean;
  readonly span: Span;
}

/** `[catalog.][database.]object`, outermost part first. */
export interface ObjectName {
  readonly parts: readonly Identifier[];
  /** `IDENTIFIER($v)` and `IDENTIFIER(:v)`: the name is the variable's value, and `parts` is empty. */
  readonly variable?: VariableRef | Placeholder;
  readonly span: Span;
}

interface Node {
  readonly span: Span;
}

/** A type as written, with its nullability wrapper where it had one. */
export interface TypeName extends Node {
  readonly type: SqlType;
  readonly nullable: boolean | undefined;
}

export type Expr =
  | NumberLiteral
  | StringLiteral
  | BinaryLiteral
  | BooleanLiteral
  | NullLiteral
  | TypedLiteral
  | IntervalLiteral
  | ColumnRef
  | PositionRef
  | VariableRef
  | Placeholder
  | Keyword
  | Unary
  | Binary
  | Like
  | Between
  | InList
  | InQuery
  | Quantified
  | IsNull
  | IsDistinct
  | Case
  | Cast
  | Call
  | Access
  | ArrayLiteral
  | MapLiteral
  | TupleLiteral
  | Lambda
  | ScalarQuery
  | Exists;

/** `12`, `1_000`, `1.5`, `1e3`, `0x1F`; the text without underscores. */
export interface NumberLiteral extends Node {
  readonly kind: 'NumberLiteral';
  readonly text: string;
}

/** Escapes resolved; `$$…$$` too. */
export interface StringLiteral extends Node {
  readonly kind: 'StringLiteral';
  readonly value: string;
}

/** `X'4D5A'`, upper-case hex digits. */
export interface BinaryLiteral extends Node {
  readonly kind: 'BinaryLiteral';
  readonly hex: string;
}

export interface BooleanLiteral extends Node {
  readonly kind: 'BooleanLiteral';
  readonly value: boolean;
}

export interface NullLiteral extends Node {
  readonly kind: 'NullLiteral';
}

/** `DATE '2024-01-05'`, `TIMESTAMP '…'`. */
export interface TypedLiteral extends Node {
  readonly kind: 'TypedLiteral';
  readonly type: 'DATE' | 'TIMESTAMP';
  readonly value: string;
}

/** `INTERVAL '1 day 2 hours'` (no unit), `INTERVAL 3 DAY`, `INTERVAL (a + 1) HOUR`. */
export interface IntervalLiteral extends Node {
  readonly kind: 'IntervalLiteral';
  readonly value: Expr;
  /** Upper case: `DAY`. */
  readonly unit: string | undefined;
}

/** `column`, `table.column`, `database.table.column`; the binder decides what a dot meant. */
export interface ColumnRef extends Node {
  readonly kind: 'ColumnRef';
  readonly parts: readonly Identifier[];
}

/** `$1`, `t.$1`. */
export interface PositionRef extends Node {
  readonly kind: 'PositionRef';
  readonly table: Identifier | undefined;
  readonly position: number;
}

/** `$name`, a session variable. */
export interface VariableRef extends Node {
  readonly kind: 'VariableRef';
  readonly name: string;
}

/** `?` (no name) or `:name`, filled in by scripts and INSERT … VALUES (?, …). */
export interface Placeholder extends Node {
  readonly kind: 'Placeholder';
  readonly name: string | undefined;
}

/**
 * A bare word that an argument position takes by itself, in upper case: `DAY` of `DATE_ADD(DAY, 1, d)` and of
 * `EXTRACT(DAY FROM d)`, `BOTH` of `TRIM(BOTH ' ' FROM s)`, `END` of `TIME_SLICE(t, 4, HOUR, END)`.
 */
export interface Keyword extends Node {
  readonly kind: 'Keyword';
  readonly word: string;
}

export type UnaryOperator = '+' | '-' | '~' | 'NOT' | '|/' | '||/' | '@' | '!';

export interface Unary extends Node {
  readonly kind: 'Unary';
  /** `!` is the postfix factorial, `|/` and `||/` the square and cube root, `@` the absolute value. */
  readonly operator: UnaryOperator;
  readonly operand: Expr;
}

export type BinaryOperator =
  | ComparisonOperator
  | 'AND'
  | 'OR'
  | 'XOR'
  | '+'
  | '-'
  | '*'
  | '/'
  | '//'
  | 'DIV'
  | '%'
  | '^'
  | '||'
  | '|'
  | '&'
  | '#'
  | '<<'
  | '>>'
  | '<=>'
  | '<->'
  | '<+>'
  | '->'
  | '->>'
  | '#>'
  | '#>>'
  | '?'
  | '?|'
  | '?&'
  | '@>'
  | '<@'
  | '@?'
  | '@@'
  | '#-'
  | 'REGEXP'
  | 'NOT REGEXP'
  | 'SOUNDS LIKE';

export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export interface Binary extends Node {
  readonly kind: 'Binary';
  /** `!=` reads as `<>`, RLIKE and `~` as REGEXP. */
  readonly operator: BinaryOperator;
  readonly left: Expr;
  readonly right: Expr;
}

export interface Like extends Node {
  readonly kind: 'Like';
  readonly operand: Expr;
  /** One pattern, or those of LIKE ANY (…). */
  readonly patterns: readonly Expr[];
  readonly any: boolean;
  readonly caseInsensitive: boolean;
  readonly negated: boolean;
  readonly escape: string | undefined;
}

export interface Between extends Node {
  readonly kind: 'Between';
  readonly operand: Expr;
  readonly low: Expr;
  readonly high: Expr;
  readonly negated: boolean;
}

export interface InList extends Node {
  readonly kind: 'InList';
  readonly operand: Expr;
  readonly items: readonly Expr[];
  readonly negated: boolean;
}

export interface InQuery extends Node {
  readonly kind: 'InQuery';
  readonly operand: Expr;
  readonly query: Query;
  readonly negated: boolean;
}

/** `a = ANY (SELECT …)`; SOME reads as ANY. */
export interface Quantified extends Node {
  readonly kind: 'Quantified';
  readonly operand: Expr;
  readonly operator: ComparisonOperator;
  readonly quantifier: 'ANY' | 'ALL';
  readonly query: Query;
}

export interface IsNull extends Node {
  readonly kind: 'IsNull';
  readonly operand: Expr;
  readonly negated: boolean;
}

export interface IsDistinct extends Node {
  readonly kind: 'IsDistinct';
  readonly left: Expr;
  readonly right: Expr;
  /** True for IS NOT DISTINCT FROM. */
  readonly negated: boolean;
}

export interface Case extends Node {
  readonly kind: 'Case';
  readonly operand: Expr | undefined;
  readonly branches: readonly { readonly when: Expr; readonly result: Expr }[];
  readonly otherwise: Expr | undefined;
}

export interface Cast extends Node {
  readonly kind: 'Cast';
  readonly operand: Expr;
  readonly type: TypeName;
  /** TRY_CAST. */
  readonly lenient: boolean;
  /** Written `operand::type`. */
  readonly postfix: boolean;
}

/** Scalar, aggregate, window and set-returning functions alike; the registry tells them apart. */
export interface Call extends Node {
  readonly kind: 'Call';
  /** Lower case, for look-up. */
  readonly name: string;
  /** As typed, for the header of the result. */
  readonly written: string;
  readonly nameSpan: Span;
  /** The first parentheses of `quantile_cont(0.5)(x)`. */
  readonly params: readonly Expr[];
  readonly args: readonly Expr[];
  /** `input => v`: names of `args` where they were named, else empty. */
  readonly argNames: readonly (string | undefined)[];
  /** `count(*)`. */
  readonly star: boolean;
  readonly distinct: boolean;
  /** ORDER BY inside the parentheses or in WITHIN GROUP. */
  readonly orderBy: readonly OrderItem[];
  readonly filter: Expr | undefined;
  readonly nulls: 'IGNORE' | 'RESPECT' | undefined;
  readonly over: WindowRef | undefined;
  /**
   * How the call was spelt when not `f(a, b)`; the arguments stand in the order written: `EXTRACT(year FROM d)`,
   * `TRIM(BOTH x FROM s)`, `POSITION(a IN b)`, `SUBSTRING(s FROM p FOR l)`, and `a.f(b)`, whose first argument is `a`.
   */
  readonly form: 'plain' | 'extract' | 'trim' | 'position' | 'substring' | 'chained';
}

/** `v['k']`, `v[0]`, `v:key`, `t.field`, `t.1`; a dot after a colon path is a colon too (`v:a.b`). Keys keep their case. */
export interface Access extends Node {
  readonly kind: 'Access';
  readonly operand: Expr;
  readonly accessor:
    | { readonly kind: 'Index'; readonly index: Expr }
    | { readonly kind: 'Colon'; readonly key: string; readonly quoted: boolean }
    | { readonly kind: 'Dot'; readonly name: string; readonly quoted: boolean };
}

export interface ArrayLiteral extends Node {
  readonly kind: 'ArrayLiteral';
  readonly items: readonly Expr[];
}

export interface MapLiteral extends Node {
  readonly kind: 'MapLiteral';
  readonly entries: readonly { readonly key: Expr; readonly value: Expr }[];
}

export interface TupleLiteral extends Node {
  readonly kind: 'TupleLiteral';
  readonly items: readonly Expr[];
}

/** `x -> e`, `(k, v) -> e`. */
export interface Lambda extends Node {
  readonly kind: 'Lambda';
  readonly params: readonly Identifier[];
  readonly body: Expr;
}

export interface ScalarQuery extends Node {
  readonly kind: 'ScalarQuery';
  readonly query: Query;
}

export interface Exists extends Node {
  readonly kind: 'Exists';
  readonly query: Query;
  readonly negated: boolean;
}

export interface OrderItem extends Node {
  readonly expr: Expr;
  readonly descending: boolean;
  readonly nulls: 'FIRST' | 'LAST' | undefined;
}

/** `OVER w` or `OVER (…)`. */
export type WindowRef =
  | { readonly kind: 'WindowName'; readonly name: Identifier }
  | ({ readonly kind: 'WindowSpec' } & WindowSpec);

export interface WindowSpec {
  /** A named window that this one extends. */
  readonly base: Identifier | undefined;
  readonly partitionBy: readonly Expr[];
  readonly orderBy: readonly OrderItem[];
  readonly frame: WindowFrame | undefined;
  readonly span: Span;
}

export interface WindowFrame {
  readonly unit: 'ROWS' | 'RANGE';
  readonly start: FrameBound;
  readonly end: FrameBound | undefined;
}

export type FrameBound =
  | { readonly kind: 'CurrentRow' }
  | { readonly kind: 'Preceding' | 'Following' /** Absent for UNBOUNDED. */; readonly offset: Expr | undefined };
