import { textKernel } from './frame.ts';
import { type Kernel, KernelError } from './kernel.ts';

/** What letters sound like; vowels, H, W and Y like nothing. */
const SOUNDS = '01230120022455012623010202';

/** The first letter, then the sounds of the others, each once in a row; at least four characters. */
function soundex(text: string): string {
  let shown = '';
  let last = '0';
  for (const char of text.toUpperCase()) {
    const sound = char >= 'A' && char <= 'Z' && char.length === 1 ? SOUNDS.charAt(char.charCodeAt(0) - 65) : '';
    if (sound === '' || (shown !== '' && (sound === '0' || sound === last))) continue;
    shown += shown === '' ? char : sound;
    last = sound;
  }
  return shown.padEnd(4, '0');
}

const MAX_UINT64 = (1n << 64n) - 1n;

function isBase(base: number): boolean {
  return Math.abs(base) >= 2 && Math.abs(base) <= 36;
}

/** Digits of one base in another, in 64 bits; a negative base has a sign. What is no digit ends the number. */
function convert(text: string, from: number, to: number): string | null {
  if (!isBase(from) || !isBase(to)) return null;
  const [, sign, digits = ''] = /^\s*([+-]?)(\w*)/.exec(text.toLowerCase()) ?? [];
  let value = 0n;
  for (const digit of digits) {
    const number = Number.parseInt(digit, 36);
    if (!(number < Math.abs(from))) break;
    value = value * BigInt(Math.abs(from)) + BigInt(number);
  }
  const clamped = value > MAX_UINT64 ? MAX_UINT64 : value;
  const bits = BigInt.asUintN(64, sign === '-' ? -clamped : clamped);
  return (to < 0 ? BigInt.asIntN(64, bits) : bits).toString(Math.abs(to)).toUpperCase();
}

interface Bucket {
  readonly lower: string;
  upper: string;
  ndv: number;
  count: number;
  readonly pre_sum: number;
}

/** Values in order, filled into buckets until the next would make one larger than `size`. */
function fillBuckets(values: readonly string[], counts: readonly number[], size: number): Bucket[] {
  const buckets: Bucket[] = [];
  let total = 0;
  for (const [index, value] of values.entries()) {
    const count = counts[index] ?? 0;
    const last = buckets.at(-1);
    if (last && last.count + count <= size) {
      last.upper = value;
      last.ndv++;
      last.count += count;
    } else buckets.push({ lower: value, upper: value, ndv: 1, count, pre_sum: total });
    total += count;
  }
  return buckets;
}

const SEPARATOR = '\x1e';

/** Buckets of about the same height, as few values in each as `most` buckets allow. */
function histogram(values: string, counts: string, most: number): string {
  if (most < 1) throw new KernelError(`max_num_buckets should be greater than 0, but got ${most}`);
  const [texts, numbers] = [values.split(SEPARATOR), counts.split(',').map(Number)];
  let [low, high] = [0, numbers.reduce((sum, count) => sum + count, 0)];
  while (low + 1 < high) {
    const middle = Math.floor((low + high) / 2);
    if (fillBuckets(texts, numbers, middle).length <= most) high = middle;
    else low = middle;
  }
  return JSON.stringify(fillBuckets(texts, numbers, high));
}

/** A container as Databend prints it, `(1,"a")` or `{1:2}`, in JSON. */
function container(text: string): string {
  const pieces = text.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^"'()[\]{},:]+|[\s\S]/g) ?? [];
  return pieces.map((piece, index) => jsonPiece(piece, pieces[index + 1])).join('');
}

function jsonPiece(piece: string, next: string | undefined): string {
  if (piece === '(') return '[';
  if (piece === ')') return ']';
  if (piece === ',' && next === ')') return '';
  return next === ':' && /^[^"']/.test(piece) ? JSON.stringify(piece.trim()) : piece;
}

export const textKernels: readonly Kernel[] = [
  textKernel('text_container', ['text'], container),
  textKernel('text_upper', ['text'], (text: string) => text.toUpperCase()),
  textKernel('text_lower', ['text'], (text: string) => text.toLowerCase()),
  textKernel('text_soundex', ['text'], soundex),
  textKernel('text_conv', ['text', 'int', 'int'], convert),
  textKernel('text_histogram', ['text', 'text', 'int'], histogram),
];
