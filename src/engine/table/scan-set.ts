import type { Predicate, StatisticValue } from '../formats/format.ts';
import type { AddFile } from './action.ts';
import type { TableField } from './delta-schema.ts';
import type { TableSnapshot } from './snapshot.ts';
import { type ColumnStatistics, type FileStatistics, parseStatistics } from './statistics.ts';

/** The files of a table in which a row may satisfy all predicates. Columns are named as in the table. */
export function scanSet(snapshot: TableSnapshot, predicates: readonly Predicate[]): AddFile[] {
  const files = [...snapshot.files.values()];
  if (predicates.length === 0) return files;
  return files.filter((file) => {
    const statistics = fileStatistics(file, snapshot.fields);
    return statistics === undefined || predicates.every((predicate) => mayHold(predicate, statistics));
  });
}

interface Parsed {
  readonly fields: readonly TableField[];
  readonly statistics: FileStatistics;
}

const parsed = new WeakMap<AddFile, Parsed>();

/** Parsed once for each file and schema. */
export function fileStatistics(file: AddFile, fields: readonly TableField[]): FileStatistics | undefined {
  if (file.stats === undefined) return undefined;
  const known = parsed.get(file);
  if (known?.fields === fields) return known.statistics;
  const statistics = parseStatistics(file.stats, fields);
  parsed.set(file, { fields, statistics });
  return statistics;
}

function mayHold({ column, operator, value }: Predicate, { rows, columns }: FileStatistics): boolean {
  const statistics = columns.get(column);
  if (!statistics) return true;
  if (operator === 'IS NULL') return statistics.nullCount !== 0;
  const allNull = rows !== undefined && statistics.nullCount === rows;
  if (operator === 'IS NOT NULL') return !allNull;
  // A comparison with NULL is never true.
  if (allNull) return false;
  return value === undefined || mayCompare(operator, value, statistics);
}

type Comparison = Exclude<Predicate['operator'], 'IS NULL' | 'IS NOT NULL'>;

function mayCompare(operator: Comparison, value: StatisticValue, { min, max }: ColumnStatistics): boolean {
  if (!isComparable(value, min) || !isComparable(value, max)) return true;
  const aboveMin = min === undefined ? 1 : compareValues(value, min);
  const belowMax = max === undefined ? 1 : compareValues(max, value);
  switch (operator) {
    case '=':
      return aboveMin >= 0 && belowMax >= 0;
    case '<':
      return aboveMin > 0;
    case '<=':
      return aboveMin >= 0;
    case '>':
      return belowMax > 0;
    default:
      return belowMax >= 0;
  }
}

/** Numbers with numbers and texts with texts; NaN, which Databend orders above all, has no order here. */
function isComparable(value: StatisticValue, bound: StatisticValue | undefined): boolean {
  if (Number.isNaN(value)) return false;
  return bound === undefined || (typeof value === 'string') === (typeof bound === 'string');
}

/** Negative, zero or positive; texts by their code points, as Databend and Delta order them. */
function compareValues(a: StatisticValue, b: StatisticValue): number {
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

function compareTexts(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points beyond all others, yet their own numbers are not the greatest. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}
