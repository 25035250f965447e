/** Coordinates as a picture: north is up, both directions have one scale. Every map of the console goes through here. */

export type Point = readonly [x: number, y: number];

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is in the middle, and how many units of the coordinates (degrees on the globe) a pixel is high. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly perPixel: number;
}

/** A camera over a picture of some size. */
export interface View extends Size {
  readonly left: number;
  readonly top: number;
  /** Units of the coordinates a pixel. */
  readonly perX: number;
  readonly perY: number;
  readonly isGlobe: boolean;
}

export interface Extent {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

/** Of longitude at the equator. */
const METRES_PER_DEGREE = 111_319.49;
const EARTH_RADIUS = 6_378_137;
const MARGIN = 0.15;
/** The least extent that is drawn around a point. */
const LEAST = { degrees: 0.002, units: 2 };
/** Farther in, a double has no more digits to tell places apart; farther out is more than the globe. */
const MOST_ZOOMED = { least: 1e-9, most: 2 };

export const isDegrees = ([x, y]: Point) => Math.abs(x) <= 180 && Math.abs(y) <= 90;

/** Web Mercator, the one other reference system that is drawn on the globe. */
export const MERCATOR = 3857;

export function fromMercator([x, y]: Point): Point {
  const degrees = 180 / Math.PI;
  return [(x / EARTH_RADIUS) * degrees, (2 * Math.atan(Math.exp(y / EARTH_RADIUS)) - Math.PI / 2) * degrees];
}

/** Undefined where no coordinate is a number. */
export function extentOf(points: Iterable<Point>): Extent | undefined {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    [west, east] = [Math.min(west, x), Math.max(east, x)];
    [south, north] = [Math.min(south, y), Math.max(north, y)];
  }
  return west <= east ? { west, east, south, north } : undefined;
}

/** On the globe a degree of longitude is shorter away from the equator. */
const squeezeAt = (y: number, isGlobe: boolean) => (isGlobe ? Math.max(0.05, Math.cos((y * Math.PI) / 180)) : 1);

/** Shows an extent with a margin around it. */
export function cameraOn({ west, east, south, north }: Extent, isGlobe: boolean, { width, height }: Size): Camera {
  const y = (south + north) / 2;
  const room = 1 + 2 * MARGIN;
  const perPixel = Math.max(
    ((east - west) * squeezeAt(y, isGlobe) * room) / width,
    ((north - south) * room) / height,
    (isGlobe ? LEAST.degrees : LEAST.units) / width,
  );
  return { x: (west + east) / 2, y, perPixel };
}

export function viewOf({ x, y, perPixel }: Camera, isGlobe: boolean, { width, height }: Size): View {
  const perX = perPixel / squeezeAt(y, isGlobe);
  const [left, top] = [x - (perX * width) / 2, y + (perPixel * height) / 2];
  return { left, top, perX, perY: perPixel, isGlobe, width, height };
}

export function placeIn({ left, top, perX, perY }: View, [x, y]: Point): Point {
  return [(x - left) / perX, (top - y) / perY];
}

export function coordinatesAt({ left, top, perX, perY }: View, [x, y]: Point): Point {
  return [left + x * perX, top - y * perY];
}

/** By so many pixels; the ground goes along with the pointer. */
export function panned(camera: Camera, { perX, perY }: View, [dx, dy]: Point): Camera {
  return { ...camera, x: camera.x - dx * perX, y: camera.y + dy * perY };
}

/** What is under a place of the picture stays there. */
export function zoomed(camera: Camera, view: View, factor: number, at: Point): Camera {
  const most = view.isGlobe ? MOST_ZOOMED.most : Infinity;
  const perPixel = Math.min(most, Math.max(MOST_ZOOMED.least, camera.perPixel * factor));
  const [x, y] = coordinatesAt(view, at);
  const middle = y + perPixel * (at[1] - view.height / 2);
  const perX = perPixel / squeezeAt(middle, view.isGlobe);
  return { x: x - perX * (at[0] - view.width / 2), y: middle, perPixel };
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

/** 1, 2 or 5 times a power of ten, at least so large. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((factor) => factor * power >= least * 0.999_999) ?? 10) * power;
}

const LEAST_GAP = 56;

export function meridiansOf({ left, perX, width }: View): readonly GridLine[] {
  return gridLines(left, perX, width, 1);
}

export function parallelsOf({ top, perY, height }: View): readonly GridLine[] {
  return gridLines(top, perY, height, -1);
}

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

export function scaleOf({ perY, isGlobe }: View, leastPixels = 40): ScaleBar {
  const perPixel = isGlobe ? perY * METRES_PER_DEGREE : perY;
  const length = niceStep(perPixel * leastPixels);
  return { width: length / perPixel, length, isMetric: isGlobe };
}
