import { collect } from '../../base/async.ts';
import { isWritable, type ObjectStore, type WritableStore } from '../store.ts';

export type Objects = Readonly<Record<string, Uint8Array>>;

/** A store that holds exactly these objects. */
export type StoreMaker = (objects: Objects) => Promise<ObjectStore>;

/** Names that some place or other takes for something else. */
export const HOSTILE_NAMES: readonly string[] = [
  'a b',
  'a=b',
  'a+b&c?d#e',
  '中文',
  'e\u0301 and \u00e9',
  '😀',
  '%41',
  '100%',
  '..hidden',
  'dots..',
  'blank ',
  'con',
  'quote\'s "here"',
  'back\\slash',
  'x'.repeat(200),
  '{1,2}[3]*',
  '-',
  '!',
];

export const LIVE = new AbortController().signal;
export const MB = 1 << 20;

export const bytesOf = (text: string) => new TextEncoder().encode(text);
export const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Bytes that differ at every offset that a reader could confuse. */
export function patterned(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) bytes[i] = (i * 31 + (i >>> 8) * 7 + (i >>> 16) + seed) & 255;
  return bytes;
}

/** Fills a writable store; what most makers end with. */
export async function fill(store: WritableStore, objects: Objects): Promise<WritableStore> {
  for (const [path, bytes] of Object.entries(objects)) {
    await store.write(path, bytes, { ifAbsent: true, signal: LIVE });
  }
  return store;
}

export async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let start = 0; start < bytes.byteLength; start += size) yield bytes.subarray(start, start + size);
}

export const same = (a: Uint8Array, b: Uint8Array) =>
  a.byteLength === b.byteLength && a.every((byte, i) => byte === b[i]);

export async function pathsOf(store: ObjectStore, prefix: string): Promise<string[]> {
  return (await collect(store.list(prefix, LIVE))).map(({ path }) => path);
}

export function aborted(): AbortSignal {
  return AbortSignal.abort();
}

export async function writable(makeStore: StoreMaker, objects: Objects = {}): Promise<WritableStore> {
  const store = await makeStore(objects);
  if (!isWritable(store)) throw new Error('the store under test cannot write');
  return store;
}
