import type { TileId } from '../../../../data/tile-archive.ts';
import { type Point, placeIn, type View } from '../../viewers/projection.ts';

/** Tiles are drawn between this and twice this many pixels wide. */
const LEAST_PIXELS = 256;
/** More tiles than a screen holds: the archive begins much nearer. */
const MOST_TILES = 60;
/** Web Mercator ends there. */
const LAST_LATITUDE = 85.0511;

/** Where a tile lies, in degrees. */
export interface TileBounds {
  readonly west: number;
  readonly east: number;
  readonly north: number;
  readonly south: number;
}

export interface Zooms {
  readonly minZoom: number;
  readonly maxZoom: number;
}

/** The latitude of a height in the pyramid, 0 in the north and 1 in the south. */
export function latitudeAt(share: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * share))) * 180) / Math.PI;
}

/** The height in the pyramid of a latitude. */
export function shareAt(latitude: number): number {
  const radians = (Math.max(-LAST_LATITUDE, Math.min(LAST_LATITUDE, latitude)) * Math.PI) / 180;
  return (1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2;
}

export function boundsOf({ z, x, y }: TileId): TileBounds {
  const count = 2 ** z;
  const west = (x / count) * 360 - 180;
  return {
    ...{ west, east: west + 360 / count },
    ...{ north: latitudeAt(y / count), south: latitudeAt((y + 1) / count) },
  };
}

/** The tiles that fill a view at the zoom that fits it; undefined where the archive has none so far out. */
export function tilesOf(view: View, { minZoom, maxZoom }: Zooms): readonly TileId[] | undefined {
  const wished = Math.floor(Math.log2(360 / (view.perX * LEAST_PIXELS)));
  const z = Math.max(minZoom, Math.min(maxZoom, wished));
  const count = 2 ** z;
  const within = (value: number) => Math.max(0, Math.min(count - 1, Math.floor(value * count)));
  const [right, bottom] = [view.left + view.width * view.perX, view.top - view.height * view.perY];
  const [left, last] = [within((view.left + 180) / 360), within((right + 180) / 360)];
  const [top, lowest] = [within(shareAt(view.top)), within(shareAt(bottom))];
  if ((last - left + 1) * (lowest - top + 1) > MOST_TILES) return undefined;
  const tiles: TileId[] = [];
  for (let y = top; y <= lowest; y++) for (let x = left; x <= last; x++) tiles.push({ z, x, y });
  return tiles;
}

export function parentOf({ z, x, y }: TileId): TileId {
  return { z: z - 1, x: x >> 1, y: y >> 1 };
}

export const tileKey = ({ z, x, y }: TileId) => `${z}/${x}/${y}`;

/** A rectangle of the picture. */
export interface TileRect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export function rectOf(id: TileId, view: View): TileRect {
  const { west, east, north, south } = boundsOf(id);
  const [left, top] = placeIn(view, [west, north]);
  const [right, bottom] = placeIn(view, [east, south]);
  return { left, top, width: right - left, height: bottom - top };
}

/** From places in a tile, `extent` units wide and high, to shares of its width and, evenly by latitude, of its height. */
export function unwarp(id: TileId, extent: number): (x: number, y: number) => Point {
  const { north, south } = boundsOf(id);
  const count = 2 ** id.z;
  return (x, y) => [x / extent, (north - latitudeAt((id.y + y / extent) / count)) / (north - south)];
}
