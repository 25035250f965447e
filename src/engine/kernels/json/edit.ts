import { textKernel } from '../frame.ts';
import { type Kernel, KernelError } from '../kernel.ts';
import {
  isArray,
  isObject,
  isText,
  type JsonArray,
  type JsonNode,
  type JsonObject,
  readNode,
  sorted,
  textOf,
  textsOf,
  writeNode,
} from './node.ts';
import { parseKeyPath, type Step } from './path/steps.ts';

/** `v - 'k'`: without the member of that key, or without the elements that are that text. */
const minus = textKernel('json_minus', ['text', 'text'], (json: string, key: string) => {
  const node = readNode(json);
  if (isObject(node)) return writeNode(withoutKeys(node, [key]));
  if (isArray(node)) return writeNode(node.filter((item) => !isText(item) || textOf(item) !== key));
  throw new KernelError('InvalidJsonType');
});

/** `v - n`: without element n, counted from the end if negative. */
const minusIndex = textKernel('json_minusi', ['text', 'int'], (json: string, index: number) => {
  const node = readNode(json);
  if (!isArray(node)) throw new KernelError('InvalidJsonType');
  return writeNode(withoutElement(node, index));
});

function withoutKeys(node: JsonObject, keys: readonly string[]): JsonObject {
  return new Map([...node].filter(([key]) => !keys.includes(key)));
}

function withoutElement(node: JsonArray, index: number): JsonArray {
  const at = index < 0 ? node.length + index : index;
  return node.filter((_, position) => position !== at);
}

const decoder = new TextDecoder();

const deletePath = textKernel('json_delete_keypath', ['text', 'text'], (json: string, path: string) => {
  const node = readNode(json);
  if (!isArray(node) && !isObject(node)) throw new KernelError('InvalidJsonType');
  return writeNode(withoutPath(node, parseKeyPath(path)));
});

function withoutPath(node: JsonNode, [step, ...rest]: readonly Step[]): JsonNode {
  if (step === undefined) return node;
  if (typeof step === 'number') {
    if (!isArray(node)) return node;
    if (rest.length === 0) return withoutElement(node, step);
    const at = step < 0 ? node.length + step : step;
    return node.map((item, index) => (index === at ? withoutPath(item, rest) : item));
  }
  if (!isObject(node)) return node;
  const wanted = textOf(`"${decoder.decode(step)}"`);
  if (rest.length === 0) return withoutKeys(node, [wanted]);
  return new Map([...node].map(([key, value]) => [key, key === wanted ? withoutPath(value, rest) : value]));
}

/** `a || b`: two objects become one, in which the right wins; all else becomes one array. */
const concat = textKernel('json_concat', ['text', 'text'], (left: string, right: string) => {
  const [a, b] = [readNode(left), readNode(right)];
  if (isObject(a) && isObject(b)) return sorted(writeNode(new Map([...a, ...b])));
  return writeNode([...(isArray(a) ? a : [a]), ...(isArray(b) ? b : [b])]);
});

const stripNulls = textKernel('json_strip_nulls', ['text'], (json: string) => writeNode(strip(readNode(json))));

function strip(node: JsonNode): JsonNode {
  if (isArray(node)) return node.map(strip);
  if (!isObject(node)) return node;
  return new Map([...node].filter(([, value]) => value !== 'null').map(([key, value]) => [key, strip(value)]));
}

function objectOf(json: string): JsonObject {
  const node = readNode(json);
  if (!isObject(node)) throw new KernelError('Invalid json object');
  return node;
}

/** The value may be NULL: then nothing is inserted, and an update removes the key. */
const insert: Kernel = {
  kind: 'row',
  name: 'json_object_insert',
  args: ['text', 'text', 'text', 'int'],
  returns: 'text',
  seesNulls: true,
  row(...[json, key, value, update]: [string | null, string | null, string | null, number | null]) {
    if (json === null || key === null || update === null) return null;
    const node = objectOf(json);
    if (update !== 1 && node.has(key) && value !== null) throw new KernelError('ObjectDuplicateKey');
    if (value === null) return update === 1 ? writeNode(withoutKeys(node, [key])) : json;
    return sorted(writeNode(new Map([...node, [key, readNode(value)]])));
  },
};

const deleteKeys = textKernel('json_object_delete', ['text', 'text'], (json: string, keys: string) =>
  writeNode(withoutKeys(objectOf(json), textsOf(keys))),
);

const pickKeys = textKernel('json_object_pick', ['text', 'text'], (json: string, keys: string) => {
  const wanted = textsOf(keys);
  return writeNode(new Map([...objectOf(json)].filter(([key]) => wanted.includes(key))));
});

/** Before the element of that index, counted from the end if negative; beyond the ends at them. What is no array becomes one. */
const insertElement = textKernel(
  'json_array_insert',
  ['text', 'int', 'text'],
  (json: string, index: number, value: string) => {
    const node = readNode(json);
    const items = isArray(node) ? node : [node];
    const at = Math.max(0, index < 0 ? items.length + index : index);
    return writeNode([...items.slice(0, at), readNode(value), ...items.slice(at)]);
  },
);

export const editKernels: readonly Kernel[] = [
  minus,
  minusIndex,
  deletePath,
  concat,
  stripNulls,
  insert,
  deleteKeys,
  pickKeys,
  insertElement,
];
