import { unreachable } from '../../base/errors.ts';
import type { Predicate, StatisticValue } from '../format.ts';

/** What is known of the values of a column in a file, a row group or a batch. Undefined: not known. */
export interface ColumnStatistics {
  readonly rows: number;
  readonly nullCount: number | undefined;
  /** NaN counts as greater than all other values, and is left out of the bounds. Zero where the type has none. */
  readonly nanCount: number | undefined;
  readonly min: Bound | undefined;
  readonly max: Bound | undefined;
}

/** No value lies beyond it. */
export interface Bound {
  readonly value: StatisticValue;
  /** It is a value of the column, not one that was cut short. */
  readonly exact: boolean;
}

/** False only if no row can satisfy the predicate. */
export function mayMatch(statistics: ColumnStatistics, { operator, value }: Predicate): boolean {
  const hasValues = statistics.nullCount !== statistics.rows;
  switch (operator) {
    case 'IS NULL':
      return statistics.nullCount !== 0;
    case 'IS NOT NULL':
      return hasValues;
    default:
      return hasValues && (value === undefined || isNaNValue(value) || mayCompare(statistics, operator, value));
  }
}

type Comparison = Exclude<Predicate['operator'], 'IS NULL' | 'IS NOT NULL'>;

function mayCompare({ min, max, nanCount }: ColumnStatistics, operator: Comparison, value: StatisticValue): boolean {
  switch (operator) {
    case '=':
      return compareToBound(value, min, 1) >= 0 && compareToBound(value, max, -1) <= 0;
    case '<':
      return compareToBound(value, min, 1) > 0;
    case '<=':
      return compareToBound(value, min, 1) >= 0;
    case '>':
      return nanCount !== 0 || compareToBound(value, max, -1) < 0;
    case '>=':
      return nanCount !== 0 || compareToBound(value, max, -1) <= 0;
    default:
      return unreachable(operator);
  }
}

function isNaNValue(value: StatisticValue): boolean {
  return typeof value === 'number' && Number.isNaN(value);
}

/** Below, at or above the bound; `unknown` where there is none to compare with. */
function compareToBound(value: StatisticValue, bound: Bound | undefined, unknown: number): number {
  if (!bound || !comparable(value, bound.value)) return unknown;
  return compareValues(value, bound.value);
}

function comparable(a: StatisticValue, b: StatisticValue): boolean {
  return isNumber(a) ? isNumber(b) : typeof a === typeof b;
}

function isNumber(value: StatisticValue): boolean {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** Negative, zero or positive. Texts go by code point, as their bytes do; numbers and bigints compare exactly. */
export function compareValues(a: StatisticValue, b: StatisticValue): number {
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

/** JavaScript compares UTF-16 units, in which what lies beyond the BMP stands before U+E000. */
function compareTexts(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x1_0000 : unit;
}
