/**
 * Numbers straight from bytes. Each reader knows the common spellings only and gives NaN (or false) for the others,
 * legal or not: the caller then asks `parseCell`, which knows them all and words the error.
 */

const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const LOWER_E = 0x65;
/** ASCII letters without their case bit. */
const TO_LOWER = 0x20;

export const TWO_POW_32 = 4_294_967_296;
/** So many digits always fit a double exactly. */
const EXACT_DIGITS = 15;

/** `[+-]digits` of what a double holds exactly, 15 digits and some of 16. */
export function readInteger(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start];
  let at = first === MINUS || first === PLUS ? start + 1 : start;
  if (at >= end || end - at > EXACT_DIGITS + 1) return Number.NaN;
  let value = 0;
  for (; at < end; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit >>> 0 > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  if (value > Number.MAX_SAFE_INTEGER) return Number.NaN;
  return first === MINUS ? -value : value;
}

/** The two halves of a 64-bit integer, so that none becomes a BigInt on the way. */
export class LongReader {
  low = 0;
  /** Signed when the text is. */
  high = 0;

  /** `[+-]digits` of up to 18 digits, which fit both signed and unsigned; a negative one only if `signed`. */
  read(bytes: Uint8Array, start: number, end: number, signed: boolean): boolean {
    const value = readInteger(bytes, start, end);
    if (!Number.isNaN(value)) return this.#split(value, signed);
    const first = bytes[start];
    const negative = first === MINUS;
    const from = negative || first === PLUS ? start + 1 : start;
    if (end - from > 18 || end - from < 10 || (negative && !signed)) return false;
    const head = readInteger(bytes, from, end - 9);
    const tail = readInteger(bytes, end - 9, end);
    // A sign in the middle would be taken for a part's own.
    if ((bytes[end - 9] ?? 0) < ZERO || (bytes[from] ?? 0) < ZERO || Number.isNaN(head + tail)) return false;
    this.#join(head, tail);
    if (negative) this.#negate();
    return true;
  }

  #split(value: number, signed: boolean): boolean {
    if (value < 0 && !signed) return false;
    this.high = Math.floor(value / TWO_POW_32);
    this.low = value - this.high * TWO_POW_32;
    return true;
  }

  /** head · 10⁹ + tail, in steps that a double holds exactly. */
  #join(head: number, tail: number): void {
    const headHigh = Math.floor(head / 65_536);
    const upper = headHigh * 1e9;
    const lower = (head - headHigh * 65_536) * 1e9 + tail;
    const upperHigh = Math.floor(upper / 65_536);
    const rest = (upper - upperHigh * 65_536) * 65_536 + lower;
    const carry = Math.floor(rest / TWO_POW_32);
    this.high = upperHigh + carry;
    this.low = rest - carry * TWO_POW_32;
  }

  #negate(): void {
    this.high = this.low === 0 ? -this.high : -this.high - 1;
    this.low = this.low === 0 ? 0 : TWO_POW_32 - this.low;
  }
}

/**
 * A decimal without an exponent, of up to 15 digits, as unscaled integer at `scale`.
 * Gives NaN when digits would have to be rounded off.
 */
export class ScaledReader {
  readonly #scale: number;

  constructor(scale: number) {
    this.#scale = scale;
  }

  read(bytes: Uint8Array, start: number, end: number): number {
    const first = bytes[start];
    let at = first === MINUS || first === PLUS ? start + 1 : start;
    if (at >= end || end - at > EXACT_DIGITS + 1) return Number.NaN;
    let value = 0;
    let point = -1;
    for (; at < end; at++) {
      const byte = bytes[at] ?? 0;
      const digit = byte - ZERO;
      if (digit >>> 0 <= 9) value = value * 10 + digit;
      else if (byte === POINT && point < 0) point = at;
      else return Number.NaN;
    }
    return this.#shift(first === MINUS ? -value : value, point < 0 ? 0 : end - point - 1, point);
  }

  #shift(value: number, fraction: number, point: number): number {
    const shift = this.#scale - fraction;
    if (shift < 0 || shift > EXACT_DIGITS || (point >= 0 && fraction === 0)) return Number.NaN;
    const unscaled = value * (POWERS_OF_TEN[shift] ?? 1);
    return Math.abs(unscaled) < 1e15 ? unscaled : Number.NaN;
  }
}

/** The powers of ten that a double holds exactly. */
const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));
/** Ten times this, plus nine, is still exact. */
const EXACT_BEFORE_DIGIT = 900_719_925_474_098;

/** `digits[.digits]` of no more characters than digits that a double holds exactly. */
function readShort(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  let point = -1;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit >>> 0 <= 9) value = value * 10 + digit;
    else if (digit === POINT - ZERO && point < 0) point = at;
    else return Number.NaN;
  }
  if (point < 0) return end > start ? value : Number.NaN;
  return end > start + 1 ? value / (POWERS_OF_TEN[end - point - 1] as number) : Number.NaN;
}

/** `[+-]digits[.digits][e[+-]digits]` rounded correctly, of up to 19 digits and a small exponent. */
export class DoubleReader {
  /** The first digits of the number, exact, and up to four more where it has so many. */
  #head = 0;
  #tail = 0;
  #tailDigits = 0;
  /** Power of ten of the last digit. */
  #exponent = 0;
  #from = 0;
  /** Where the decimal point stands, -1 if there is none. */
  #point = -1;

  read(bytes: Uint8Array, start: number, end: number): number {
    const first = bytes[start];
    const from = first === MINUS || first === PLUS ? start + 1 : start;
    const short = end - from <= EXACT_DIGITS ? readShort(bytes, from, end) : Number.NaN;
    if (!Number.isNaN(short)) return first === MINUS ? -short : short;
    if (!this.#scan(bytes, from, end)) return Number.NaN;
    const exponent = this.#exponent;
    if (exponent < -22 || exponent > 22) return Number.NaN;
    const power = POWERS_OF_TEN[exponent < 0 ? -exponent : exponent] ?? 1;
    if (this.#tailDigits > 0) return this.#readLong(power, first === MINUS);
    const size = exponent < 0 ? this.#head / power : this.#head * power;
    return first === MINUS ? -size : size;
  }

  #scan(bytes: Uint8Array, from: number, end: number): boolean {
    let at = from;
    let value = 0;
    let point = -1;
    for (; at < end && value <= EXACT_BEFORE_DIGIT; at++) {
      const byte = bytes[at] ?? 0;
      const digit = byte - ZERO;
      if (digit >>> 0 <= 9) value = value * 10 + digit;
      else if (byte === POINT && point < 0) point = at;
      else break;
    }
    this.#head = value;
    this.#tailDigits = 0;
    this.#exponent = point < 0 ? 0 : point + 1 - end;
    if (at === end) return at > from + (point < 0 ? 0 : 1);
    this.#from = from;
    this.#point = point;
    return this.#scanRest(bytes, at, end);
  }

  /** What follows the digits that fit: up to four more digits, then an exponent. */
  #scanRest(bytes: Uint8Array, start: number, end: number): boolean {
    const at = this.#scanTail(bytes, start, end);
    const point = this.#point;
    if (this.#tailDigits > 4 || at <= this.#from + (point < 0 ? 0 : 1)) return false;
    this.#exponent = point < 0 ? 0 : point + 1 - at;
    if (at === end) return true;
    if (((bytes[at] ?? 0) | TO_LOWER) !== LOWER_E) return false;
    const power = readInteger(bytes, at + 1, end);
    this.#exponent += power;
    return !Number.isNaN(power);
  }

  #scanTail(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    let tail = 0;
    let digits = 0;
    for (; at < end && digits <= 4; at++) {
      const byte = bytes[at] ?? 0;
      const digit = byte - ZERO;
      if (digit >>> 0 <= 9) {
        tail = tail * 10 + digit;
        digits++;
      } else if (byte === POINT && this.#point < 0) this.#point = at;
      else break;
    }
    this.#tail = tail;
    this.#tailDigits = digits;
    return at;
  }

  /** 16 to 19 digits: head and tail as a sum of two doubles, scaled with its error kept (Dekker 1971). */
  #readLong(power: number, negative: boolean): number {
    const scale = POWERS_OF_TEN[this.#tailDigits] ?? 1;
    const product = this.#head * scale;
    const sum = product + this.#tail;
    const rest = productError(this.#head, scale, product) + (this.#tail - (sum - product));
    const size = this.#exponent < 0 ? divideExact(sum, rest, power) : multiplyExact(sum, rest, power);
    return negative ? -size : size;
  }
}

/** What a product lost to rounding. */
function productError(a: number, b: number, product: number): number {
  const splitA = a * 134_217_729;
  const highA = splitA - (splitA - a);
  const lowA = a - highA;
  const splitB = b * 134_217_729;
  const highB = splitB - (splitB - b);
  const lowB = b - highB;
  return highA * highB - product + highA * lowB + lowA * highB + lowA * lowB;
}

function divideExact(high: number, low: number, by: number): number {
  const quotient = high / by;
  const back = quotient * by;
  return settle(quotient, (high - back - productError(quotient, by, back) + low) / by);
}

function multiplyExact(high: number, low: number, by: number): number {
  const product = high * by;
  return settle(product, productError(high, by, product) + low * by);
}

/** The sum, unless it lies so near the middle of two doubles that the error of `rest` could decide. */
function settle(value: number, rest: number): number {
  const margin = rest * 1e-12;
  const sum = value + rest;
  return value + (rest + margin) === sum && value + (rest - margin) === sum ? sum : Number.NaN;
}
