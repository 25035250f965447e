import type { LoweredCall } from '../functions/function.ts';
import { duckType } from '../types/duck.ts';

type Lower = string | ((call: LoweredCall) => string);

/** Fills in a lowering: `$1`, `$2` … the arguments, `$*` all of them, `$T` the type of the result. */
export function fillTemplate(lower: Lower, call: LoweredCall): string {
  return typeof lower === 'function' ? lower(call) : fill(lower, call, {});
}

/** What stands around an aggregate's arguments; empty texts where it was not written. */
export interface AggregateClauses {
  /** DISTINCT. */
  readonly D: string;
  /** ORDER BY inside the parentheses. */
  readonly O: string;
  /** FILTER and OVER. */
  readonly W: string;
  /** IGNORE NULLS. */
  readonly N: string;
  /** The condition of FILTER, `true` without one. */
  readonly C: string;
}

/**
 * Fills in an aggregate's or a window function's lowering. One that is a function gives a template, too: it sees `$1`,
 * `$2` … for its arguments, so that a text of the user's that looks like a place is never filled.
 */
export function fillAggregate(lower: Lower, call: LoweredCall, clauses: AggregateClauses): string {
  const places = call.args.map((_, index) => `$${index + 1}`);
  return fill(typeof lower === 'function' ? lower({ ...call, args: places }) : lower, call, { ...clauses });
}

function fill(template: string, call: LoweredCall, clauses: Readonly<Record<string, string>>): string {
  return template.replace(/\$(\d+|[*A-Z])/g, (_whole, what: string) => {
    if (what === '*') return call.args.join(', ');
    if (what === 'T') return duckType(call.returns);
    return clauses[what] ?? call.args[Number(what) - 1] ?? 'NULL';
  });
}
