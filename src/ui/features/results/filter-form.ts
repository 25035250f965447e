import { type Cell, type Column, isNumeric, type ShowSettings, showCell } from '../../../engine/index.ts';
import { COMPARISONS, type Comparison, type ViewFilter, type ViewValue } from '../../data/result-view.ts';

export const FILTER_KINDS = [...COMPARISONS, 'Between', 'OneOf', 'Contains', 'Null', 'NotNull'] as const;

export type FilterKind = (typeof FILTER_KINDS)[number];

export interface FilterForm {
  readonly column: string;
  readonly kind: FilterKind;
  /** Of a comparison, the low end, or the values of a list, one a line. */
  readonly value: string;
  readonly high: string;
}

const isComparison = (kind: FilterKind): kind is Comparison => COMPARISONS.some((sign) => sign === kind);

/** The filter that a form describes; undefined while a value is missing. */
export function filterOf(
  { column, kind, value, high }: FilterForm,
  columns: readonly Column[],
): ViewFilter | undefined {
  const type = columns.find(({ name }) => name === column)?.type;
  const isNumber = type !== undefined && isNumeric(type);
  const asValue = (text: string): ViewValue => ({ text: text.trim(), isNumber });
  if (kind === 'Null' || kind === 'NotNull') return { kind, column };
  if (value.trim() === '') return undefined;
  if (isComparison(kind)) return { kind: 'Compare', column, sign: kind, value: asValue(value) };
  if (kind === 'Contains') return { kind, column, text: value };
  if (kind === 'OneOf')
    return {
      kind,
      column,
      values: value
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map(asValue),
    };
  return high.trim() === '' ? undefined : { kind: 'Between', column, low: asValue(value), high: asValue(high) };
}

/** The filter on the value of a cell, or on all but it. */
export function cellFilter(cell: Cell, { name, type }: Column, sign: '=' | '<>', settings: ShowSettings): ViewFilter {
  if (cell === null) return { kind: sign === '=' ? 'Null' : 'NotNull', column: name };
  const value = { text: showCell(cell, type, settings), isNumber: isNumeric(type) };
  return { kind: 'Compare', column: name, sign, value };
}
