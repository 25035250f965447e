import { duckType } from '../types/duck.ts';
import type { SqlType } from '../types/type.ts';
import type { LowerSettings } from './context.ts';

export interface CastCall {
  readonly from: SqlType;
  readonly to: SqlType;
  /** What cannot be cast becomes NULL. */
  readonly lenient: boolean;
  readonly settings: LowerSettings;
  /** How many lambdas stand around; names the next one. */
  readonly depth: number;
  /** Any cast, for what is inside containers; a value, so that the kinds of casts need not import each other. */
  readonly cast: (text: string, call: CastCall) => string;
}

export function plainCast(text: string, { to, lenient }: CastCall): string {
  return `${lenient ? 'TRY_CAST' : 'CAST'}(${text} AS ${duckType(to)})`;
}

/** Kernels that may fail take a last argument: 1 gives NULL for what cannot be read. */
export function mode({ lenient }: CastCall): string {
  return lenient ? '1' : '0';
}

/** The list with each element cast. */
export function mapList(list: string, call: CastCall, element: (item: string, inner: CastCall) => string): string {
  const name = `e${call.depth}`;
  return `list_transform(${list}, lambda ${name}: ${element(name, { ...call, depth: call.depth + 1 })})`;
}
