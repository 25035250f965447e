import type { readWkb } from '../../../../engine/index.ts';
import {
  cameraOn,
  extentOf,
  type GridLine,
  isDegrees,
  meridiansOf,
  type Point,
  parallelsOf,
  placeIn,
  type ScaleBar,
  scaleOf,
  viewOf,
} from './projection.ts';

export type Geometry = ReturnType<typeof readWkb>;

/** A geometry to be drawn: north is up, and a picture is `WIDTH` wide and `HEIGHT` high. */
export interface GeometryPicture {
  readonly points: readonly Point[];
  /** Paths of SVG. */
  readonly lines: readonly string[];
  readonly areas: readonly string[];
  readonly meridians: readonly GridLine[];
  readonly parallels: readonly GridLine[];
  readonly scale: ScaleBar;
}

export const WIDTH = 256;
export const HEIGHT = 180;

/** Undefined where there is nothing to draw. */
export function pictureOf(geometry: Geometry): GeometryPicture | undefined {
  const parts = [...partsOf(geometry)];
  const all = parts.flatMap(({ points }) => points);
  const extent = extentOf(all);
  if (!extent) return undefined;
  const isGlobe = geometry.srid === 4326 || (geometry.srid === 0 && all.every(isDegrees));
  const size = { width: WIDTH, height: HEIGHT };
  const view = viewOf(cameraOn(extent, isGlobe, size), isGlobe, size);
  const place = (point: Point) => placeIn(view, point);
  const path = (points: readonly Point[], end: string) =>
    `M${points
      .map((point) =>
        place(point)
          .map((value) => value.toFixed(1))
          .join(' '),
      )
      .join('L')}${end}`;
  return {
    points: parts.filter(({ kind }) => kind === 'points').flatMap(({ points }) => points.map(place)),
    lines: parts.filter(({ kind }) => kind === 'line').map(({ points }) => path(points, '')),
    areas: groupRings(parts, path),
    meridians: meridiansOf(view),
    parallels: parallelsOf(view),
    scale: scaleOf(view),
  };
}

/** A piece of a geometry: its points, a line, or a ring of a polygon. */
export interface Part {
  readonly kind: 'points' | 'line' | 'ring';
  /** Rings of one polygon have the same. */
  readonly polygon: object;
  readonly points: readonly Point[];
}

export function* partsOf({ kind, dims, coords, rings, polygons, members }: Geometry): Generator<Part> {
  for (const member of members) yield* partsOf(member);
  const step = dims.length;
  const points = Array.from(
    { length: coords.length / step },
    (_, index): Point => [coords[index * step] ?? 0, coords[index * step + 1] ?? 0],
  );
  if (rings.length === 0) {
    if (points.length > 0) yield { kind: 'points', polygon: points, points };
    return;
  }
  const isArea = kind === 'Polygon' || kind === 'MultiPolygon';
  let [start, polygon, owner] = [0, 0, {}];
  for (const [index, end] of rings.entries()) {
    if (index >= (polygons[polygon] ?? rings.length)) [polygon, owner] = [polygon + 1, {}];
    yield { kind: isArea ? 'ring' : 'line', polygon: owner, points: points.slice(start, end) };
    start = end;
  }
}

/** The rings of a polygon are one path, so that its holes are holes. */
function groupRings(
  parts: readonly Part[],
  path: (points: readonly Point[], end: string) => string,
): readonly string[] {
  const areas = new Map<object, string>();
  for (const { kind, polygon, points } of parts)
    if (kind === 'ring') areas.set(polygon, (areas.get(polygon) ?? '') + path(points, 'Z'));
  return [...areas.values()];
}
