/** The SQL/JSON paths that Databend knows: `$.a[*] ? (@.b > 1)`, and predicates and sums over them. */
export type PathExpr =
  | { readonly kind: 'Path'; readonly root: '$' | '@'; readonly steps: readonly PathStep[] }
  /** Canonical JSON of a scalar. */
  | { readonly kind: 'Literal'; readonly json: string }
  | { readonly kind: 'Negate'; readonly operand: PathExpr }
  | { readonly kind: 'Arithmetic'; readonly operator: Arithmetic; readonly left: PathExpr; readonly right: PathExpr }
  | { readonly kind: 'Compare'; readonly operator: Comparison; readonly left: PathExpr; readonly right: PathExpr }
  | { readonly kind: 'Logic'; readonly operator: '&&' | '||'; readonly left: PathExpr; readonly right: PathExpr }
  | { readonly kind: 'Not'; readonly operand: PathExpr }
  | { readonly kind: 'Exists'; readonly path: PathExpr };

export type Arithmetic = '+' | '-' | '*' | '/' | '%';
export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'starts with';

export type PathStep =
  | { readonly kind: 'Key'; readonly key: string }
  /** `.*`: all members. */
  | { readonly kind: 'Members' }
  /** `[*]`: all elements. */
  | { readonly kind: 'Elements' }
  /** `.**{from to to}`: what stands so many levels down, the value itself being level 0. */
  | { readonly kind: 'Levels'; readonly from: number; readonly to: number }
  | { readonly kind: 'Indexes'; readonly ranges: readonly IndexRange[] }
  | { readonly kind: 'Filter'; readonly condition: PathExpr };

/** Both ends are part of it. */
export interface IndexRange {
  readonly from: Index;
  readonly to: Index;
}

/** `3`, `last`, `last - 1`. */
export interface Index {
  readonly fromLast: boolean;
  readonly offset: number;
}
