import { LEFT_BRACE, QUOTE } from '../../types/json/bytes.ts';
import { skipText, skipValue } from '../../types/json/scan.ts';
import { bytesOf, cachedReader, decode, numbersOf, vectorKernel } from '../frame.ts';
import type { Kernel, KernelArg, Vector, VectorKernel, VectorWriter } from '../kernel.ts';
import { follow, keyStep, parseKeyPath, parsePath, type Step } from './path/steps.ts';
import { findPaths } from './shared-paths.ts';
import { writeText } from './text.ts';

/** Gives where the wanted value starts in the document from `start` to `end`; -1 if it has none. */
type Find = (row: number, bytes: Uint8Array, start: number, end: number) => number;

type Write = (out: VectorWriter, row: number, bytes: Uint8Array, bounds: readonly [number, number]) => void;

const writeJson: Write = (out, row, bytes, [start, end]) => out.bytes(row, bytes, start, end - start);

interface Accessor {
  readonly name: string;
  readonly arg: KernelArg;
  readonly write: Write;
  readonly find: (arg: Vector | undefined) => Find;
}

function accessKernel({ name, arg, write, find }: Accessor): VectorKernel {
  return vectorKernel({ name, args: ['text', arg], returns: 'text' }, ([documents, where]) => {
    const { bytes, starts, lengths } = bytesOf(documents);
    const locate = find(where);
    return (row, out) => {
      const start = starts[row] ?? 0;
      const end = start + (lengths[row] ?? 0);
      const at = locate(row, bytes, start, end);
      if (at < 0) out.null(row);
      else write(out, row, bytes, [at, skipValue(bytes, at, end)]);
    };
  });
}

function byPath(read: (text: string) => readonly Step[]): Accessor['find'] {
  return (arg) => {
    const find = cachedReader(arg, (text) => findPaths([read(text)]));
    const found = new Int32Array(2);
    return (row, bytes, start, end) => {
      find(row)(bytes, start, end, found);
      return found[0] ?? -1;
    };
  };
}

const byKey = byPath((key) => [keyStep(key)]);

/** An index before the first element of any array. */
const NOWHERE = Number.NEGATIVE_INFINITY;

/** A key, or the position from 1 in an array: how fields of tuples are found in either. */
const byField = (arg: Vector | undefined): Find => {
  const keys = cachedReader(arg, (key) => [keyStep(key)]);
  const positions = cachedReader(arg, (key) => [/^[1-9]\d*$/.test(key) ? Number(key) - 1 : NOWHERE]);
  return (row, bytes, start, end) =>
    follow(bytes, start, bytes[start] === LEFT_BRACE ? keys(row) : positions(row), end);
};

const byIndex = (arg: Vector | undefined): Find => {
  const indexes = numbersOf(arg);
  return (row, bytes, start, end) => follow(bytes, start, [indexes[row] ?? 0], end);
};

/** The member of exactly this key, else the first whose key differs in case alone. */
const byKeyIgnoringCase = (arg: Vector | undefined): Find => {
  const exact = byKey(arg);
  const keys = cachedReader(arg, (key) => key.toLowerCase());
  return (row, bytes, start, end) => {
    const found = exact(row, bytes, start, end);
    return found < 0 && bytes[start] === LEFT_BRACE ? findIgnoringCase(bytes, start, keys(row), end) : found;
  };
};

function findIgnoringCase(bytes: Uint8Array, start: number, key: string, end: number): number {
  let at = start + 1;
  while (bytes[at] === QUOTE) {
    const value = skipText(bytes, at) + 1;
    if (String(JSON.parse(decode(bytes, at, value - 1))).toLowerCase() === key) return value;
    at = skipValue(bytes, value, end) + 1;
  }
  return -1;
}

/** `…_text` gives texts without quotes and JSON null as NULL, as `->>` does. */
export const accessKernels: readonly Kernel[] = (
  [
    ['json_get', 'text', byKey],
    ['json_get_i', 'int', byIndex],
    ['json_get_ic', 'text', byKeyIgnoringCase],
    ['json_get_path', 'text', byPath(parsePath)],
    ['json_get_keypath', 'text', byPath(parseKeyPath)],
    ['json_field', 'text', byField],
  ] as const
).flatMap(([name, arg, find]) => [
  accessKernel({ name, arg, find, write: writeJson }),
  accessKernel({ name: `${name}_text`, arg, find, write: writeText }),
]);
