import { isArray, isObject, type JsonNode } from './node.ts';
import { parsePath, type Step } from './path/steps.ts';

export interface FlattenOptions {
  /** The part of the input to expand; all of it if empty. */
  readonly path: string;
  /** Whether an input without rows gives one row of NULLs. */
  readonly outer: boolean;
  readonly recursive: boolean;
  readonly mode: 'object' | 'array' | 'both';
}

export interface FlattenRow {
  readonly key: string | undefined;
  readonly path: string;
  readonly index: number | undefined;
  readonly value: JsonNode;
  /** What `value` stands in; FLATTEN's column `this`. */
  readonly container: JsonNode;
}

const decoder = new TextDecoder();

/** Members in the order of their keys, elements in theirs; what is inside a value follows it at once. */
export function flattenRows(input: JsonNode, options: FlattenOptions): FlattenRow[] {
  const rows: FlattenRow[] = [];
  const start = walk(input, options.path === '' ? [] : parsePath(options.path));
  if (start !== undefined) expand(start, options.path, options, rows);
  return rows;
}

function walk(input: JsonNode, steps: readonly Step[]): JsonNode | undefined {
  let node: JsonNode | undefined = input;
  for (const step of steps) {
    if (typeof step === 'number') node = node && isArray(node) ? node.at(step) : undefined;
    else node = node && isObject(node) ? node.get(String(JSON.parse(`"${decoder.decode(step)}"`))) : undefined;
  }
  return node;
}

function expand(node: JsonNode, path: string, options: FlattenOptions, rows: FlattenRow[]): void {
  const { mode } = options;
  const add = (row: FlattenRow) => {
    rows.push(row);
    if (options.recursive) expand(row.value, row.path, options, rows);
  };
  if (isArray(node) && mode !== 'object') {
    for (const [index, value] of node.entries())
      add({ key: undefined, path: `${path}[${index}]`, index, value, container: node });
  }
  if (isObject(node) && mode !== 'array') {
    for (const [key, value] of node)
      add({ key, path: path === '' ? key : `${path}.${key}`, index: undefined, value, container: node });
  }
}
