import { BACKSLASH, DOT, isDigit, LOWER_E, QUOTE } from '../../types/json/bytes.ts';
import { skipText } from '../../types/json/scan.ts';
import { isTyped } from '../../types/json/typed.ts';
import { bytesOf, decode, scratch, vectorKernel } from '../frame.ts';
import type { Kernel } from '../kernel.ts';
import { isArray, type JsonNode, readNode, textOf } from './node.ts';

/**
 * JSON as texts that compare as Databend compares JSON: by kind (below), numbers by value, texts by bytes, arrays
 * element by element, objects by members. No part of a key is the start of another part that could stand there.
 */
const RANK = { typed: '0', false: '1', true: '2', number: '3', text: '4', object: '5', array: '6', null: '7' } as const;
/** Ends an array or an object: below every rank. */
const END = '!';
/** Stands before each member. */
const MEMBER = '"';

/** A text whose place among others is that of the value; equal values have equal ones. */
export function sortKey(node: JsonNode): string {
  if (typeof node === 'string') return scalarKey(node);
  if (isArray(node)) return `${RANK.array}${node.map(sortKey).join('')}${END}`;
  const members = [...node].map(([key, value]) => MEMBER + escaped(key) + sortKey(value));
  return `${RANK.object}${members.join('')}${END}`;
}

function scalarKey(json: string): string {
  switch (json[0]) {
    case 'n':
      return RANK.null;
    case 't':
      return RANK.true;
    case 'f':
      return RANK.false;
    case '"':
      return (isTyped(json) ? RANK.typed : RANK.text) + escaped(textOf(json));
    default:
      return RANK.number + numberKey(json);
  }
}

const TEXT_END = 0x01;

/** Ended by a byte below all others, which therefore are written in two where they occur. */
function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that need it.
  const body = text.replace(/[\0-\x02]/g, (control) => `\x02${String.fromCharCode(control.charCodeAt(0) + 1)}`);
  return body + String.fromCharCode(TEXT_END);
}

interface Digits {
  readonly negative: boolean;
  /** Without zeros at either end; empty for zero. */
  readonly digits: string;
  /** Power of ten of the first digit. */
  readonly exponent: number;
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/;

function digitsOf(json: string): Digits {
  const [, sign, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(json) ?? [];
  const all = whole + fraction;
  const digits = all.replace(/^0+/, '');
  return {
    negative: sign === '-',
    digits: digits.replace(/0+$/, ''),
    exponent: Number(exponent) + whole.length - 1 - (all.length - digits.length),
  };
}

/** Exponents lie within those of doubles. */
const BIAS = 500;

function numberKey(json: string): string {
  const { negative, digits, exponent } = digitsOf(json);
  if (digits === '') return '1';
  const size = String(exponent + BIAS).padStart(3, '0') + digits;
  return negative ? `0${size.replace(/\d/g, (digit) => String(9 - Number(digit)))}~` : `2${size}!`;
}

/** One spelling for each value; integers keep theirs. */
function normalNumber(json: string): string {
  const { negative, digits, exponent } = digitsOf(json);
  if (digits === '') return '0';
  const sign = negative ? '-' : '';
  const isWhole = exponent >= digits.length - 1 && exponent < 77;
  return isWhole ? sign + digits.padEnd(exponent + 1, '0') : `${sign}${digits}e${exponent}`;
}

/** Below, at or above 0 for two scalars of one kind; undefined for any other two values. */
export function compareScalars(left: JsonNode, right: JsonNode): number | undefined {
  if (typeof left !== 'string' || typeof right !== 'string') return undefined;
  const [a, b] = [scalarKey(left), scalarKey(right)];
  if (kindOf(a) !== kindOf(b)) return undefined;
  return a === b ? 0 : compareText(a, b);
}

/** In the order of code points, which is that of UTF-8 bytes. */
export function compareText(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return codeOrder(x) - codeOrder(y);
  }
  return a.length - b.length;
}

/** Halves of surrogate pairs stand for code points above all others. */
function codeOrder(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** True and false are of one kind. */
function kindOf(key: string): string | undefined {
  return key[0] === RANK.false ? RANK.true : key[0];
}

/** Whether two values are equal as JSON: numbers by value. */
export function equalNodes(left: JsonNode, right: JsonNode): boolean {
  return left === right || sortKey(left) === sortKey(right);
}

const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gs;

/** Whether a number is there that might have another spelling: one with a point or an exponent. */
function mayHaveSpellings(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) at = skipText(bytes, at);
    else if (byte === DOT || (byte === LOWER_E && isDigit(bytes[at - 1] ?? 0))) return true;
    else at++;
  }
  return false;
}

const eqKey = vectorKernel({ name: 'json_eq_key', args: ['text'], returns: 'text' }, ([documents]) => {
  const { bytes, starts, lengths } = bytesOf(documents);
  return (row, out) => {
    const start = starts[row] ?? 0;
    const length = lengths[row] ?? 0;
    const end = start + length;
    if (mayHaveSpellings(bytes, start, end)) out.text(row, normalized(decode(bytes, start, end)));
    else out.bytes(row, bytes, start, length);
  };
});

function normalized(json: string): string {
  return json.replace(TOKENS, (token) => (/^[^"].*[.e]/.test(token) ? normalNumber(token) : token));
}

const sortKeys = vectorKernel({ name: 'json_sort_key', args: ['text'], returns: 'text' }, ([documents]) => {
  const { bytes, starts, lengths } = bytesOf(documents);
  return (row, out) => {
    const start = starts[row] ?? 0;
    const end = start + (lengths[row] ?? 0);
    if (isPlainText(bytes, start, end)) {
      scratch.length = 0;
      scratch.ascii(RANK.text);
      scratch.append(bytes, start + 1, end - 1);
      scratch.push(TEXT_END);
      out.bytes(row, scratch.bytes, 0, scratch.length);
    } else out.text(row, sortKey(readNode(decode(bytes, start, end))));
  };
});

/** A text without escapes has no control characters. */
function isPlainText(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] !== QUOTE) return false;
  for (let at = start; at < end; at++) if (bytes[at] === BACKSLASH) return false;
  return true;
}

export const orderKernels: readonly Kernel[] = [sortKeys, eqKey];
