import { jsonString } from '../../../types/json/escapes.ts';
import { findElement, findMember } from '../../../types/json/scan.ts';
import { KernelError } from '../../kernel.ts';

/** One step down: a key as it stands between its quotes in canonical JSON, or an index. */
export type Step = Uint8Array | number;

const encoder = new TextEncoder();

export function keyStep(key: string): Uint8Array {
  return encoder.encode(jsonString(key).slice(1, -1));
}

/** Where the value at the end of a path starts; -1 if the path leads nowhere. */
export function follow(bytes: Uint8Array, start: number, steps: readonly Step[], end: number): number {
  let at = start;
  for (let i = 0; i < steps.length && at >= 0; i++) {
    const step = steps[i] ?? 0;
    at = typeof step === 'number' ? findElement(bytes, at, step, end) : findMember(bytes, at, step, end);
  }
  return at;
}

const STEP =
  /\s*(?:\[\s*(?:(-?\d+)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*\]|[.:]?\s*(?:"((?:[^"\\]|\\.)*)"|([^\s.:[\]"']+)))\s*/y;

/** `a.b[0]`, `a:b`, `["a"]["b"]`, `[0]`, with or without `$` in front: the path of GET_PATH. */
export function parsePath(text: string): readonly Step[] {
  const steps: Step[] = [];
  const source = text.trim();
  STEP.lastIndex = /^\$(?![^.:[])/.test(source) ? 1 : 0;
  while (STEP.lastIndex < source.length) {
    const match = STEP.exec(source);
    if (!match) throw new KernelError(`Invalid JSON Path '${text}'`);
    const [, index, double, single, quoted, bare] = match;
    steps.push(index === undefined ? keyStep(bare ?? unquote(double ?? single ?? quoted ?? '')) : Number(index));
  }
  return steps;
}

const ESCAPES: { readonly [letter: string]: string } = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Reads the escapes of JSON; a backslash before any other character is dropped. */
export function unquote(text: string): string {
  return text.replace(/\\(u[\da-fA-F]{4}|.)/gs, (_, letter: string) =>
    letter.length > 1 ? String.fromCharCode(Number.parseInt(letter.slice(1), 16)) : (ESCAPES[letter] ?? letter),
  );
}

/** `{a,0,"b c"}`: the key path of `#>`. An element that is an integer counts as an index, unless it is quoted. */
export function parseKeyPath(text: string): readonly Step[] {
  const inner = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1];
  if (inner === undefined) throw new KernelError('InvalidKeyPath');
  if (inner.trim() === '') return [];
  const steps: Step[] = [];
  const element = /\s*(?:(-?\d+)(?=\s*(?:,|$))|"((?:[^"\\]|\\.)*)"|([^,"{}]+))\s*(,|$)/y;
  for (let isLast = false; !isLast; ) {
    const match = element.exec(inner);
    if (!match) throw new KernelError('InvalidKeyPath');
    const [, index, quoted, bare, comma] = match;
    steps.push(
      index === undefined ? keyStep(quoted === undefined ? (bare ?? '').trim() : unquote(quoted)) : Number(index),
    );
    isLast = comma === '';
  }
  return steps;
}
