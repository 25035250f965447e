import { predicateKernel, textKernel } from '../frame.ts';
import { type Kernel, KernelError } from '../kernel.ts';
import { isArray, type JsonArray, type JsonNode, readNode, writeNode } from './node.ts';
import { compareText, sortKey } from './order.ts';

/** Arrays inside VARIANT: positions count from 0, and from the end where they are negative. JSON null is a value. */

function arrayOf(json: string): JsonArray {
  const node = readNode(json);
  if (!isArray(node)) throw new KernelError('InvalidJsonType');
  return node;
}

/** A kernel of one array that gives another. */
function mapped(name: string, change: (items: JsonArray) => JsonArray): Kernel {
  return textKernel(name, ['text'], (json: string) => writeNode(change(arrayOf(json))));
}

/** A kernel of two arrays that gives a third. */
function combined(name: string, combine: (left: JsonArray, right: JsonArray) => JsonArray): Kernel {
  return textKernel(name, ['text', 'text'], (left: string, right: string) =>
    writeNode(combine(arrayOf(left), arrayOf(right))),
  );
}

function distinct(items: JsonArray): JsonArray {
  const seen = new Set<string>();
  return items.filter((item) => {
    const { size } = seen;
    return seen.add(sortKey(item)).size > size;
  });
}

/** How often each value is there, by its key. */
function counts(items: JsonArray): Map<string, number> {
  const byKey = new Map<string, number>();
  for (const item of items) byKey.set(sortKey(item), (byKey.get(sortKey(item)) ?? 0) + 1);
  return byKey;
}

/** The items that another array has (or has not) too, each as often as it is there. */
function shared(left: JsonArray, right: JsonArray, wanted: boolean): JsonArray {
  const unmatched = counts(right);
  return left.filter((item) => {
    const rest = unmatched.get(sortKey(item)) ?? 0;
    unmatched.set(sortKey(item), rest - 1);
    return rest > 0 === wanted;
  });
}

function indexOf(items: JsonArray, wanted: JsonNode): number {
  const key = sortKey(wanted);
  return items.findIndex((item) => sortKey(item) === key);
}

export const arrayKernels: readonly Kernel[] = [
  mapped('json_array_distinct', distinct),
  mapped('json_array_compact', (items) => items.filter((item) => item !== 'null')),
  mapped('json_array_flatten', (items) => items.flatMap((item) => (isArray(item) ? [...item] : [item]))),
  mapped('json_array_reverse', (items) => [...items].reverse()),
  mapped('json_array_sort', (items) =>
    items
      .map((item) => ({ item, key: sortKey(item) }))
      .sort((a, b) => compareText(a.key, b.key))
      .map(({ item }) => item),
  ),
  combined('json_array_concat', (left, right) => [...left, ...right]),
  combined('json_array_except', (left, right) => shared(left, right, false)),
  combined('json_array_intersection', (left, right) => shared(left, right, true)),
  predicateKernel('json_array_overlap', ['text', 'text'], (left: string, right: string) => {
    const keys = counts(arrayOf(right));
    return arrayOf(left).some((item) => keys.has(sortKey(item)));
  }),
  {
    kind: 'row',
    name: 'json_array_indexof',
    args: ['text', 'text'],
    returns: 'int',
    row: (json: string, wanted: string) => indexOf(arrayOf(json), readNode(wanted)),
  },
  textKernel('json_array_remove', ['text', 'text'], (json: string, unwanted: string) => {
    const key = sortKey(readNode(unwanted));
    return writeNode(arrayOf(json).filter((item) => sortKey(item) !== key));
  }),
  /** From one position up to, but not including, another. */
  textKernel('json_array_slice', ['text', 'int', 'int'], (json: string, from: number, to: number) =>
    writeNode(arrayOf(json).slice(from, to)),
  ),
];
