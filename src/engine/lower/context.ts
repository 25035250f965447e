import type { BoundColumn, BoundExpr, BoundQuery } from '../bind/plan.ts';

/** What the parts of lowering share; a value, so that expressions and queries need not import each other. */
export interface LowerContext {
  readonly settings: LowerSettings;
  /** A column reference. */
  column(column: BoundColumn): string;
  /** An expression whose SQL is known apart from its parts: see `shared-paths.ts`. */
  readonly known?: ((expr: BoundExpr, ctx: LowerContext) => string | undefined) | undefined;
  /** A subquery. */
  query(query: BoundQuery): string;
}

export interface LowerSettings {
  readonly timezone: string;
  readonly numericCast: 'rounding' | 'truncating';
  /** COPY's DISABLE_VARIANT_CHECK: text that is no JSON becomes JSON null. */
  readonly disableVariantCheck: boolean;
}
