import { jsonString } from '../../types/json/escapes.ts';
import { failOrNull, textKernel } from '../frame.ts';
import type { Kernel } from '../kernel.ts';
import { type FlattenOptions, flattenRows } from './flatten.ts';
import { isArray, isObject, type JsonNode, readNode, writeNode } from './node.ts';

/**
 * Lists travel as one text. Each item comes behind a record separator, so that none and one empty item differ; fields
 * stand between unit separators. Canonical JSON holds neither. The macros json_list and json_entries split them.
 */
export const ITEM = '\x1e';
const FIELD = '\x1f';
/** A field that is NULL. */
const NULL = '\x1d';

/** A key as it reads; the separators, should they be in it, become their printable pictures. */
function plainKey(key: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the separators.
  return key.replace(/[\x1d-\x1f]/g, (control) => String.fromCharCode(control.charCodeAt(0) + 0x2400));
}

const items = textKernel('json_items', ['text', 'int'], (json: string, mode: number) => {
  if (json === 'null') return null;
  const node = readNode(json);
  if (!isArray(node)) return failOrNull(mode, 'InvalidCast');
  return node.map((item) => ITEM + writeNode(item)).join('');
});

const pairs = textKernel('json_pairs', ['text', 'int'], (json: string, mode: number) => {
  if (json === 'null') return null;
  const node = readNode(json);
  if (!isObject(node)) return failOrNull(mode, 'InvalidCast');
  return [...node].map(([key, value]) => ITEM + plainKey(key) + FIELD + writeNode(value)).join('');
});

function flatten(json: string | null, options: FlattenOptions): string | null {
  const rows = json === null ? [] : flattenRows(readNode(json), options);
  if (rows.length > 0) {
    return rows
      .map(({ key, path, index, value, container }) =>
        [
          key === undefined ? NULL : plainKey(key),
          plainKey(path),
          index === undefined ? NULL : String(index),
          writeNode(value),
          writeNode(container),
        ].join(FIELD),
      )
      .join(ITEM);
  }
  return options.outer ? new Array<string>(5).fill(NULL).join(FIELD) : null;
}

/** One item for each member or element: key, path, index, value, this. NULL where there is no row. */
const flattenKernel: Kernel = {
  kind: 'row',
  name: 'json_flatten',
  args: ['text', 'text', 'int', 'int', 'text'],
  returns: 'text',
  seesNulls: true,
  row: (...[json, path, outer, recursive, mode]: FlattenArgs) =>
    flatten(json, { path: path ?? '', outer: outer === 1, recursive: recursive === 1, mode }),
};

type FlattenArgs = [
  json: string | null,
  path: string | null,
  outer: number,
  recursive: number,
  mode: FlattenOptions['mode'],
];

const keys = textKernel('json_keys', ['text'], (json: string) => {
  const node = readNode(json);
  return isObject(node) ? writeNode([...node.keys()].map(jsonString)) : null;
});

const length: Kernel = {
  kind: 'row',
  name: 'json_length',
  args: ['text'],
  returns: 'int',
  row(json: string) {
    const node: JsonNode = readNode(json);
    return isArray(node) ? node.length : null;
  },
};

export const listKernels: readonly Kernel[] = [items, pairs, flattenKernel, keys, length];
