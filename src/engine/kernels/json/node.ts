import { canonicalizeOwn } from '../../types/json/canonical.ts';
import { jsonString } from '../../types/json/escapes.ts';
import { showVariant } from '../../types/json/show.ts';
import { decode, scratch } from '../frame.ts';
import { KernelError } from '../kernel.ts';

/**
 * Canonical JSON as a tree, for what changes it. Scalars stay the text they are, so that no digit is lost; keys are
 * read. Paths and casts work on the bytes instead.
 */
export type JsonNode = string | JsonArray | JsonObject;
export type JsonArray = readonly JsonNode[];
export type JsonObject = ReadonlyMap<string, JsonNode>;

const TOKEN = /[[\]{},:]|"[^"\\]*(?:\\.[^"\\]*)*"|[^[\]{},:"]+/gsy;

export function readNode(json: string): JsonNode {
  return new NodeReader(json).value();
}

class NodeReader {
  readonly #json: string;
  #at = 0;

  constructor(json: string) {
    this.#json = json;
  }

  value(): JsonNode {
    const token = this.#next();
    if (token === '[') return this.#array();
    return token === '{' ? this.#object() : token;
  }

  #next(): string {
    TOKEN.lastIndex = this.#at;
    const token = TOKEN.exec(this.#json)?.[0] ?? '';
    this.#at += token.length;
    return token;
  }

  #array(): JsonArray {
    const items: JsonNode[] = [];
    if (this.#takes(']')) return items;
    do items.push(this.value());
    while (this.#next() === ',');
    return items;
  }

  #object(): JsonObject {
    const members = new Map<string, JsonNode>();
    if (this.#takes('}')) return members;
    do {
      const key = textOf(this.#next());
      this.#at++;
      members.set(key, this.value());
    } while (this.#next() === ',');
    return members;
  }

  #takes(token: string): boolean {
    const is = this.#json.startsWith(token, this.#at);
    if (is) this.#at += token.length;
    return is;
  }
}

/** What a JSON string reads. */
export function textOf(json: string): string {
  return String(JSON.parse(json));
}

export function isArray(node: JsonNode): node is JsonArray {
  return Array.isArray(node);
}

export function isObject(node: JsonNode): node is JsonObject {
  return node instanceof Map;
}

export function isText(node: JsonNode): node is string {
  return typeof node === 'string' && node.startsWith('"');
}

/** The texts in a JSON array: how kernels take lists of keys. */
export function textsOf(json: string): string[] {
  const node = readNode(json);
  return isArray(node) ? node.filter(isText).map(textOf) : [];
}

/** JSON text whose members stand in the order of their map: canonical as long as that is. */
export function writeNode(node: JsonNode): string {
  if (typeof node === 'string') return node;
  if (isArray(node)) return `[${node.map(writeNode).join(',')}]`;
  return `{${[...node].map(([key, value]) => `${jsonString(key)}:${writeNode(value)}`).join(',')}}`;
}

const encoder = new TextEncoder();

/** The canonical form of JSON put together from canonical parts; two members of one key are an error. */
export function sorted(json: string): string {
  const bytes = encoder.encode(json);
  scratch.length = 0;
  try {
    canonicalizeOwn(bytes, 0, bytes.length, scratch);
  } catch (error) {
    throw error instanceof Error && error.message.startsWith('duplicate')
      ? new KernelError('Keys have to be unique')
      : error;
  }
  return decode(scratch.bytes, 0, scratch.length);
}

/** Two blanks a level, `"key": value`. */
export function prettyNode(node: JsonNode, indent = ''): string {
  const inner = `${indent}  `;
  if (typeof node === 'string') return showVariant(node);
  const parts = isArray(node)
    ? node.map((item) => prettyNode(item, inner))
    : [...node].map(([key, value]) => `${jsonString(key)}: ${prettyNode(value, inner)}`);
  const [open, close] = isArray(node) ? '[]' : '{}';
  return parts.length === 0 ? `${open}${close}` : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
}
