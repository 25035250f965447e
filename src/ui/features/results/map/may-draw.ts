import type { Schema, SqlType } from '../../../../engine/index.ts';

export const isGeometry = ({ kind }: SqlType) => kind === 'Geometry' || kind === 'Geography';

/** Numbers and words may stand for H3 cells: their first values tell. */
export const mayBeCell = ({ kind }: SqlType) => kind === 'UInt64' || kind === 'Int64' || kind === 'String';

/** Whether to offer a map: there is a geometry, or a name that speaks of H3. */
export function mayDraw(columns: Schema): boolean {
  return columns.some(({ name, type }) => isGeometry(type) || (mayBeCell(type) && /h3/i.test(name)));
}
