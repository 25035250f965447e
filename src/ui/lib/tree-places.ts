/** Where a row stands among those beside it, from 1. */
export interface TreePlace {
  readonly position: number;
  readonly size: number;
}

/** The place of each row of a tree that is laid out from top to bottom, and the row it stands in (-1 at the top). */
export function treePlaces(depths: readonly number[]): readonly TreePlace[] {
  const parents: number[] = [];
  const sizes = new Map<number, number>();
  const positions: number[] = [];
  const path: number[] = [];
  depths.forEach((depth, index) => {
    path.length = depth;
    const parent = path[depth - 1] ?? -1;
    const position = (sizes.get(parent) ?? 0) + 1;
    sizes.set(parent, position);
    parents.push(parent);
    positions.push(position);
    path[depth] = index;
  });
  return positions.map((position, index) => ({ position, size: sizes.get(parents[index] ?? -1) ?? 1 }));
}
