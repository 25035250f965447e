import { constantOf } from '../bind/build.ts';
import type { BoundExpr, BoundSelect } from '../bind/plan.ts';
import { sameExpr } from '../bind/same-expr.ts';
import { childrenOf, someExpr } from '../bind/walk.ts';
import { duckString } from '../types/duck.ts';
import type { LowerContext } from './context.ts';
import { lowerExpr } from './expr.ts';

/** Paths of one document that a SELECT asks for; read in one pass, since DuckDB computes the same call only once. */
interface SharedDocument {
  readonly document: BoundExpr;
  /** As the kernel `json_get_paths` has them. */
  readonly paths: string[];
}

interface Access {
  readonly document: BoundExpr;
  readonly path: string;
  /** Whether it gives a text, as a cast to STRING does. */
  readonly isText: boolean;
}

/**
 * SQL for the accesses to documents of which the SELECT reads several parts; undefined where it reads none so. What
 * stands in WHERE is left out: a filter runs before, and by itself.
 */
export function sharedPaths({ items, groupBy, having, qualify }: BoundSelect): LowerContext['known'] {
  const documents: SharedDocument[] = [];
  for (const expr of [...items, ...(groupBy?.exprs ?? []), having, qualify]) if (expr) collect(expr, documents);
  const shared = documents.filter(({ paths }) => paths.length > 1);
  if (shared.length === 0) return undefined;
  return (expr, ctx) => {
    const access = accessOf(expr);
    const found = access && shared.find(({ document }) => sameExpr(document, access.document));
    const part = access && found ? found.paths.indexOf(lineOf(access)) : -1;
    if (!found || part < 0) return undefined;
    return `json_part(json_get_paths(${lowerExpr(found.document, ctx)}, ${duckString(found.paths.join('\n'))}), ${part})`;
  };
}

/** Not where DuckDB may leave an expression out, and so computes it apart: in CASE, AND, OR and lambdas. */
function collect(expr: BoundExpr, documents: SharedDocument[]): void {
  if (expr.kind === 'Case' || expr.kind === 'Lambda' || (expr.kind === 'Call' && /^(?:and|or)$/.test(expr.name)))
    return;
  const access = accessOf(expr);
  if (!access) {
    for (const child of childrenOf(expr)) collect(child, documents);
    return;
  }
  if (!isPlainDocument(access.document)) return;
  let known = documents.find(({ document }) => sameExpr(document, access.document));
  if (!known) {
    known = { document: access.document, paths: [] };
    documents.push(known);
  }
  const line = lineOf(access);
  if (!known.paths.includes(line)) known.paths.push(line);
}

const lineOf = ({ path, isText }: Access) => `${isText ? 't' : 'j'}${path}`;

/** One that gives the same whenever it is computed, and stands on nothing but columns. */
function isPlainDocument(document: BoundExpr): boolean {
  return !someExpr(document, (part) => {
    if (part.kind === 'Call') return part.volatile;
    return part.kind !== 'Column' && part.kind !== 'Cast' && part.kind !== 'Literal';
  });
}

/** A chain of accesses with constant keys. */
function accessOf(expr: BoundExpr): Access | undefined {
  if (expr.kind === 'Cast' && expr.type.kind === 'String' && expr.operand.type.kind === 'Variant') {
    const access = accessOf(expr.operand);
    return access && { ...access, isText: true };
  }
  if (expr.kind !== 'Call') return undefined;
  const [operand, key] = expr.args;
  if (operand?.type.kind !== 'Variant' || !key) return undefined;
  const step = stepOf(expr.name, constantOf(key));
  if (step === undefined) return undefined;
  const above = operand.kind === 'Call' ? accessOf(operand) : undefined;
  const isText = TEXT_FUNCTIONS.has(expr.name);
  if (!above || above.isText) return { document: operand, path: step, isText };
  return { document: above.document, path: above.path + step, isText };
}

const TEXT_FUNCTIONS: ReadonlySet<string> = new Set(['get_string', 'json_extract_path_text']);

function stepOf(name: string, key: ReturnType<typeof constantOf>): string | undefined {
  switch (name) {
    case 'get':
    case 'get_string':
      if (typeof key === 'string') return `[${JSON.stringify(key)}]`;
      return typeof key === 'bigint' || typeof key === 'number' ? `[${key}]` : undefined;
    case 'get_path':
    case 'json_extract_path_text':
      // Any other spelling may be wrong, and then only where it is run.
      return typeof key === 'string' && /^\w+(?:\.\w+|\[\d+\])*$/.test(key) ? `.${key}` : undefined;
    default:
      return undefined;
  }
}
