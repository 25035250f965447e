import { SqlError } from '../base/errors.ts';
import type { BoundQuery } from '../bind/plan.ts';
import { quoteName } from '../sql/print-name.ts';
import type { StatementContext } from '../statements/context.ts';
import { execute } from '../statements/query.ts';
import { cellReader } from '../types/cell.ts';
import type { Completion } from './answer.ts';
import { boundQuery, type TextScope } from './columns.ts';

const SAMPLE_ROWS = 50;
const NAME = '(?:"[^"]*"|[\\p{L}_$][\\p{L}\\p{N}_$]*)';
const STEP = `(?:[:.]${NAME}|\\[\\d+\\]|\\['[^']*'\\])`;
const PATH = new RegExp(
  `(?<![\\p{L}\\p{N}_$"':.])((?:${NAME}\\.)?${NAME})(${STEP}*?)([:.]|\\[')([\\p{L}\\p{N}_$]*)$`,
  'u',
);

export interface VariantPath {
  /** The column as written, with its qualifier. */
  readonly base: string;
  /** Keys and indexes between the column and the one that is typed. */
  readonly steps: readonly string[];
  /** What stands before the key: `:`, `.` or `['`. */
  readonly mark: string;
  readonly word: string;
}

/** The path into a VARIANT that ends at a place: `o.value:a.b`, `v['a']['b`. */
export function variantPathAt(head: string): VariantPath | undefined {
  const [, base, path = '', mark = '', word = ''] = PATH.exec(head) ?? [];
  if (base === undefined || (mark === '.' && path === '')) return undefined;
  const steps = [...path.matchAll(/\['([^']*)'\]|\[(\d+)\]|[:.](?:"([^"]*)"|([^:.["]+))/g)];
  return { base, steps: steps.map(([, ...step]) => step.find((part) => part !== undefined) ?? ''), mark, word };
}

/** Keys that the first rows of the column have there, with the types of their values. */
export async function completeKeys(
  { base, steps, mark, word }: VariantPath,
  scope: TextScope,
  { ctx, offset }: { readonly ctx: StatementContext; readonly offset: number },
): Promise<readonly Completion[]> {
  const keys = new Map<string, Set<string>>();
  for (const value of await sample(base, scope, ctx)) {
    const owner = steps.reduce<unknown>((at, step) => (isObject(at) ? at[step] : undefined), value);
    if (!isObject(owner) || Array.isArray(owner)) continue;
    for (const [key, held] of Object.entries(owner)) {
      const types = keys.get(key) ?? new Set();
      keys.set(key, types.add(jsonType(held)));
    }
  }
  return [...keys].map(([key, types]) => ({
    label: key,
    kind: 'key',
    detail: [...types].join(' | '),
    documentation: undefined,
    insert: insertOf(key, mark),
    span: { start: offset - word.length, end: offset },
  }));
}

function insertOf(key: string, mark: string): string {
  if (mark === "['") return key;
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(key) ? key : quoteName(key);
}

/** Values of the column from the first of the references that has it, as JSON. */
async function sample(base: string, scope: TextScope, ctx: StatementContext): Promise<readonly unknown[]> {
  for (const { listStart, end } of scope.items) {
    const from = scope.text.slice(listStart, end);
    const query = await boundQuery(`SELECT ${base} FROM ${from} LIMIT ${SAMPLE_ROWS}`, scope, ctx);
    if (query?.columns[0]?.type.kind === 'Variant') return values(query, ctx);
  }
  return [];
}

/** Nothing where the rows cannot be read: running the statement will say why. */
async function values(query: BoundQuery, ctx: StatementContext): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  const [column] = query.columns;
  try {
    const { batches } = await execute(query, ctx);
    for await (const batch of batches) {
      const [data] = batch.data.children;
      const read = data && column && cellReader(data, column.type);
      for (let row = 0; row < batch.numRows; row++) found.push(parsed(read?.(row)));
    }
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
  }
  return found;
}

function parsed(cell: unknown): unknown {
  try {
    return JSON.parse(String(cell));
  } catch {
    return undefined; // JSON that is cut short has no keys to offer.
  }
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null;
}

function jsonType(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
