import {
  type Cell,
  type Column,
  isNumeric,
  type ShowSettings,
  type SqlType,
  showCell,
  type TypeKind,
} from '../../../engine/index.ts';
import {
  COMPARISONS,
  type Comparison,
  type ValueForm,
  type ViewFilter,
  type ViewValue,
} from '../../data/result-view.ts';
import { parseJson } from '../../lib/json.ts';

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
  const asValue = (text: string) => typedValue(text.trim(), type);
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

const FORMS: { readonly [K in TypeKind]?: ValueForm } = {
  Variant: 'Json',
  Binary: 'Hex',
  Array: 'Text',
  Map: 'Text',
  Tuple: 'Text',
  Vector: 'Text',
};

/** A text as the grid shows the values of a type. */
export function viewValue(text: string, type: SqlType): ViewValue {
  const form = FORMS[type.kind];
  return { text, isNumber: isNumeric(type), ...(form && { form }) };
}

/** What a person typed; in a VARIANT what is no JSON is a text. */
function typedValue(text: string, type: SqlType | undefined): ViewValue {
  if (!type) return { text, isNumber: false };
  const isText = type.kind === 'Variant' && parseJson(text) === undefined;
  return viewValue(isText ? JSON.stringify(text) : text, type);
}

/** Whether the grid shows all of a value, so that it can be asked for by what is shown. */
export function isFilterable({ type: { kind } }: Column): boolean {
  return kind !== 'Bitmap' && kind !== 'Geometry' && kind !== 'Geography';
}

/** The filter on the value of a cell, or on all but it. */
export function cellFilter(cell: Cell, { name, type }: Column, sign: '=' | '<>', settings: ShowSettings): ViewFilter {
  if (cell === null) return { kind: sign === '=' ? 'Null' : 'NotNull', column: name };
  const value = viewValue(showCell(cell, type, settings), type);
  return { kind: 'Compare', column: name, sign: sign === '=' ? sign : 'IS DISTINCT FROM', value };
}
