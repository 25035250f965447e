import type { readWkb } from '../../../../engine/index.ts';

type Geometry = ReturnType<typeof readWkb>;

export type Point = readonly [x: number, y: number];

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

export interface GridLine {
  /** In the picture. */
  readonly at: number;
  readonly label: string;
}

export interface ScaleBar {
  readonly width: number;
  /** In metres on the globe, else in units of the coordinates. */
  readonly length: number;
  readonly isMetric: boolean;
}

export const WIDTH = 256;
export const HEIGHT = 180;

/** Of longitude at the equator. */
const METRES_PER_DEGREE = 111_319.49;
const MARGIN = 0.15;
/** The least extent that is drawn around a point. */
const LEAST = { degrees: 0.002, units: 2 };

/** Undefined where there is nothing to draw. */
export function pictureOf(geometry: Geometry): GeometryPicture | undefined {
  const parts = [...partsOf(geometry)];
  const all = parts.flatMap(({ points }) => points).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  const [first] = all;
  if (!first) return undefined;
  const isGlobe = geometry.srid === 4326 || (geometry.srid === 0 && all.every(isDegrees));
  const view = viewOf(all, isGlobe);
  const place = ([x, y]: Point): Point => [(x - view.left) / view.perX, (view.top - y) / view.perY];
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
    meridians: gridLines(view.left, view.perX, WIDTH, 1),
    parallels: gridLines(view.top, view.perY, HEIGHT, -1),
    scale: scaleOf(view, isGlobe),
  };
}

const isDegrees = ([x, y]: Point) => Math.abs(x) <= 180 && Math.abs(y) <= 90;

interface Part {
  readonly kind: 'points' | 'line' | 'ring';
  /** Rings of one polygon have the same. */
  readonly polygon: object;
  readonly points: readonly Point[];
}

function* partsOf({ kind, dims, coords, rings, polygons, members }: Geometry): Generator<Part> {
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

interface View {
  readonly left: number;
  readonly top: number;
  /** Units of the coordinates a pixel. */
  readonly perX: number;
  readonly perY: number;
  readonly middle: number;
}

/** Both directions have one scale; on the globe a degree of longitude is shorter away from the equator. */
function viewOf(points: readonly Point[], isGlobe: boolean): View {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [x, y] of points) {
    [west, east] = [Math.min(west, x), Math.max(east, x)];
    [south, north] = [Math.min(south, y), Math.max(north, y)];
  }
  const middle = (south + north) / 2;
  const squeeze = isGlobe ? Math.max(0.05, Math.cos((middle * Math.PI) / 180)) : 1;
  const least = isGlobe ? LEAST.degrees : LEAST.units;
  const room = 1 + 2 * MARGIN;
  const wanted = Math.max(((east - west) * squeeze * room) / WIDTH, ((north - south) * room) / HEIGHT, least / WIDTH);
  const [perX, perY] = [wanted / squeeze, wanted];
  return { left: (west + east) / 2 - (perX * WIDTH) / 2, top: middle + (perY * HEIGHT) / 2, perX, perY, middle };
}

/** 1, 2 or 5 times a power of ten, at least so large. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((factor) => factor * power >= least * 0.999_999) ?? 10) * power;
}

const LEAST_GAP = 56;

function gridLines(start: number, per: number, size: number, direction: 1 | -1): readonly GridLine[] {
  const step = niceStep(per * LEAST_GAP);
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const end = start + direction * per * size;
  const [low, high] = [Math.min(start, end), Math.max(start, end)];
  const lines: GridLine[] = [];
  for (let index = Math.ceil(low / step); index * step <= high; index++) {
    const value = index * step;
    lines.push({ at: (direction * (value - start)) / per, label: value.toFixed(digits) });
  }
  return lines;
}

function scaleOf({ perY }: View, isGlobe: boolean): ScaleBar {
  const perPixel = isGlobe ? perY * METRES_PER_DEGREE : perY;
  const length = niceStep(perPixel * 40);
  return { width: length / perPixel, length, isMetric: isGlobe };
}
