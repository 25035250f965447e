import { type Geometry, leaves, stride } from '../../types/geometry/model.ts';

/** The rectangle around a geometry. */
export interface Bounds {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** Nothing if the geometry is empty. */
export function boundsOf(value: Geometry): Bounds | undefined {
  const parts = leaves(value);
  const [minX, maxX] = extent(parts, 0);
  const [minY, maxY] = extent(parts, 1);
  return minX <= maxX && minY <= maxY ? { minX, minY, maxX, maxY } : undefined;
}

/** Least and greatest x (axis 0) or y (axis 1); NaN counts for nothing. */
function extent(parts: readonly Geometry[], axis: 0 | 1): readonly [least: number, greatest: number] {
  let least = Infinity;
  let greatest = -Infinity;
  for (const { coords, dims } of parts) {
    const width = stride(dims);
    for (let i = axis; i < coords.length; i += width) {
      const value = coords[i] ?? 0;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
  }
  return [least, greatest];
}

/** The middle of the rectangle around a geometry. */
export function centreOfBounds(value: Geometry): readonly [x: number, y: number] | undefined {
  const bounds = boundsOf(value);
  if (!bounds) return undefined;
  const { minX, minY, maxX, maxY } = bounds;
  return [minX + (maxX - minX) / 2, minY + (maxY - minY) / 2];
}

export function boundsMeet(a: Bounds, b: Bounds): boolean {
  return a.maxX >= b.minX && a.minX <= b.maxX && a.maxY >= b.minY && a.minY <= b.maxY;
}
