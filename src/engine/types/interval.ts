import type { IntervalCell } from './cell.ts';

/** Months, days and microseconds of one unit. */
type UnitSize = readonly [months: bigint, days: bigint, micros: bigint];

const ZERO: UnitSize = [0n, 0n, 0n];
const MICROSECOND: UnitSize = [0n, 0n, 1n];
const MILLISECOND: UnitSize = [0n, 0n, 1000n];
const SECOND: UnitSize = [0n, 0n, 1_000_000n];
const MINUTE: UnitSize = [0n, 0n, 60_000_000n];
const HOUR: UnitSize = [0n, 0n, 3_600_000_000n];
const DAY: UnitSize = [0n, 1n, 0n];
const WEEK: UnitSize = [0n, 7n, 0n];
const MONTH: UnitSize = [1n, 0n, 0n];
const QUARTER: UnitSize = [3n, 0n, 0n];
const YEAR: UnitSize = [12n, 0n, 0n];

/** Every spelling of a unit in a text, besides its plural with `s`. */
const SPELLINGS: readonly (readonly [UnitSize, readonly string[]])[] = [
  [MICROSECOND, ['microsecond', 'us', 'usec', 'usecond']],
  [MILLISECOND, ['millisecond', 'ms', 'msec', 'msecond']],
  [SECOND, ['second', 's', 'sec']],
  [MINUTE, ['minute', 'm', 'mi', 'min']],
  [HOUR, ['hour', 'h', 'hr']],
  [DAY, ['day', 'd']],
  [WEEK, ['week', 'w']],
  [MONTH, ['month', 'mon']],
  [QUARTER, ['quarter', 'q']],
  [YEAR, ['year', 'y', 'yr']],
  [
    [120n, 0n, 0n],
    ['decade', 'dec'],
  ],
  [
    [1200n, 0n, 0n],
    ['century', 'cent', 'centurie'],
  ],
  [
    [12_000n, 0n, 0n],
    ['millennium', 'mil', 'millennia'],
  ],
];

/** A word that is also the plural of another (`ms`) is itself. */
const UNITS: ReadonlyMap<string, UnitSize> = new Map([
  ...SPELLINGS.flatMap(([size, words]) => words.map((word) => [`${word}s`, size] as const)),
  ...SPELLINGS.flatMap(([size, words]) => words.map((word) => [word, size] as const)),
]);

const CLOCK = /([+-]?)(\d+):(\d{1,2})(?::(\d{1,2})(?:\.(\d*))?)?(?![\d:.])/y;
const QUANTITY = /([+-]?\d+)(?:\.\d*)?\s*([a-z]+)/y;
const MICROS_ALONE = /^[+-]?\d+$/;
const ISO = /^([+-]?)p(?=.)((?:[+-]?\d+(?:\.\d*)?[ymwd])*)(?:t((?:[+-]?\d+(?:\.\d*)?[hms])+))?$/;
const ISO_PART = /([+-]?\d+)(?:\.\d*)?([a-z])/g;
const ISO_DATE: { readonly [letter: string]: UnitSize } = { y: YEAR, m: MONTH, w: WEEK, d: DAY };
const ISO_TIME: { readonly [letter: string]: UnitSize } = { h: HOUR, m: MINUTE, s: SECOND };

/**
 * `1 year 2 mons -3 days 04:05:06.7`, with `@` before and `ago` behind, ISO 8601 (`P1Y2M3DT4H5M6S`), or a number
 * alone, which is microseconds. A fraction counts only in the clock form. Undefined when the text is no interval.
 */
export function parseInterval(text: string): IntervalCell | undefined {
  const lower = text.trim().toLowerCase().replace(/^@\s*/, '');
  if (MICROS_ALONE.test(lower)) return cellOf([0n, 0n, BigInt(lower)]);
  const iso = ISO.exec(lower);
  if (iso) return parseIso(iso);
  const ago = /\s+ago$/.test(lower);
  const sum = sumParts(ago ? lower.replace(/\s+ago$/, '') : lower);
  return sum && cellOf(ago ? add(ZERO, sum, -1n) : sum);
}

function parseIso([, sign, date = '', time = '']: RegExpExecArray): IntervalCell | undefined {
  let sum: UnitSize = ZERO;
  const by = sign === '-' ? -1n : 1n;
  for (const [, count = '0', unit = ''] of date.matchAll(ISO_PART))
    sum = add(sum, ISO_DATE[unit] ?? ZERO, BigInt(count) * by);
  for (const [, count = '0', unit = ''] of time.matchAll(ISO_PART))
    sum = add(sum, ISO_TIME[unit] ?? ZERO, BigInt(count) * by);
  return cellOf(sum);
}

function sumParts(text: string): UnitSize | undefined {
  let sum: UnitSize = ZERO;
  let at = 0;
  while (at < text.length) {
    const part = readClock(text, at) ?? readQuantity(text, at);
    if (part === undefined) return undefined;
    sum = add(sum, part.size, part.count);
    at = part.next;
    while (text[at] === ' ') at++;
  }
  return at === 0 ? undefined : sum;
}

interface Part {
  readonly size: UnitSize;
  readonly count: bigint;
  readonly next: number;
}

function readQuantity(text: string, at: number): Part | undefined {
  QUANTITY.lastIndex = at;
  const match = QUANTITY.exec(text);
  const size = UNITS.get(match?.[2] ?? '');
  return match && size ? { size, count: BigInt(match[1] ?? 0), next: QUANTITY.lastIndex } : undefined;
}

function readClock(text: string, at: number): Part | undefined {
  CLOCK.lastIndex = at;
  const match = CLOCK.exec(text);
  const count = match ? clockMicros(match) : undefined;
  return count === undefined ? undefined : { size: MICROSECOND, count, next: CLOCK.lastIndex };
}

function clockMicros([, sign, hours, minutes, seconds, fraction]: RegExpExecArray): bigint | undefined {
  if (Number(minutes) > 59 || Number(seconds ?? 0) > 59) return undefined;
  const whole = BigInt(hours ?? 0) * 3600n + BigInt(minutes ?? 0) * 60n + BigInt(seconds ?? 0);
  const micros = whole * 1_000_000n + BigInt((fraction ?? '').slice(0, 6).padEnd(6, '0'));
  return sign === '-' ? -micros : micros;
}

function add(sum: UnitSize, [months, days, micros]: UnitSize, count: bigint): UnitSize {
  return [sum[0] + months * count, sum[1] + days * count, sum[2] + micros * count];
}

function cellOf([months, days, micros]: UnitSize): IntervalCell | undefined {
  const fits = BigInt.asIntN(32, months) === months && BigInt.asIntN(32, days) === days;
  if (!fits || BigInt.asIntN(64, micros) !== micros) return undefined;
  return { months: Number(months), days: Number(days), micros };
}
