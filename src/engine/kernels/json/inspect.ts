import { likeMatcher } from '../../base/like.ts';
import { remember } from '../../base/remember.ts';
import { typedKind } from '../../types/json/typed.ts';
import { predicateKernel, textKernel } from '../frame.ts';
import type { Kernel } from '../kernel.ts';
import { isArray, isObject, isText, type JsonNode, prettyNode, readNode, textOf, textsOf } from './node.ts';
import { equalNodes } from './order.ts';

const typeOf = textKernel('json_typeof', ['text'], (json: string) => {
  switch (json[0]) {
    case 'n':
      return 'NULL_VALUE';
    case 't':
    case 'f':
      return 'BOOLEAN';
    case '"':
      return typedKind(json) ?? 'STRING';
    case '[':
      return 'ARRAY';
    case '{':
      return 'OBJECT';
    default:
      return numberType(json);
  }
});

function numberType(json: string): string {
  if (json.includes('e')) return 'DOUBLE';
  if (json.includes('.')) return 'DECIMAL';
  const value = BigInt(json);
  return value < -(2n ** 63n) || value >= 2n ** 64n ? 'DECIMAL' : 'INTEGER';
}

/** Whether an object has the key or an array the text. */
function hasKey(node: JsonNode, key: string): boolean {
  if (isObject(node)) return node.has(key);
  return isArray(node) && node.some((item) => isText(item) && textOf(item) === key);
}

/**
 * Whether `left` contains `right` as PostgreSQL's jsonb does: members and elements in any number and order, each level
 * by itself; an array contains a scalar that stands alone, too.
 */
function contains(left: JsonNode, right: JsonNode): boolean {
  if (isArray(left) && typeof right === 'string')
    return left.some((item) => typeof item === 'string' && equalNodes(item, right));
  return containsNested(left, right);
}

function containsNested(left: JsonNode, right: JsonNode): boolean {
  if (isObject(left) && isObject(right)) {
    return [...right].every(([key, value]) => {
      const own = left.get(key);
      return own !== undefined && containsNested(own, value);
    });
  }
  if (isArray(left) && isArray(right)) return right.every((item) => left.some((own) => containsNested(own, item)));
  return typeof left === 'string' && typeof right === 'string' && equalNodes(left, right);
}

/** Whether any text inside is like the pattern: `%` any characters, `_` one, after a backslash themselves. */
function isLike(node: JsonNode, fits: (text: string) => boolean): boolean {
  if (typeof node === 'string') return isText(node) && fits(textOf(node));
  return [...node.values()].some((item) => isLike(item, fits));
}

const likePattern = remember((pattern: string) => likeMatcher(pattern));

export const inspectKernels: readonly Kernel[] = [
  typeOf,
  textKernel('json_pretty', ['text'], (json: string) => prettyNode(readNode(json))),
  predicateKernel('json_has', ['text', 'text'], (json: string, key: string) => hasKey(readNode(json), key)),
  predicateKernel('json_has_any', ['text', 'text'], (json: string, keys: string) => {
    const node = readNode(json);
    return textsOf(keys).some((key) => hasKey(node, key));
  }),
  predicateKernel('json_has_all', ['text', 'text'], (json: string, keys: string) => {
    const node = readNode(json);
    return textsOf(keys).every((key) => hasKey(node, key));
  }),
  predicateKernel('json_contains', ['text', 'text'], (left: string, right: string) =>
    contains(readNode(left), readNode(right)),
  ),
  predicateKernel('json_is_like', ['text', 'text'], (json: string, pattern: string) =>
    isLike(readNode(json), likePattern(pattern)),
  ),
];
