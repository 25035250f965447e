import type { View } from '../../viewers/projection.ts';
import { GROUNDS, type Ground, type TileFeatures, type TileLabel } from './tile-features.ts';
import { latitudeAt, shareAt, type TileRect } from './tile-grid.ts';

/** Quieter than the shapes that lie over it, in the colours of the theme. */
export interface BaseInk {
  readonly grounds: { readonly [ground in Ground]: string };
  readonly text: string;
  readonly halo: string;
  readonly font: string;
}

const TOKENS: { readonly [ground in Ground]: string } = {
  green: '--ok-bg',
  water: '--mark-4',
  river: '--mark-3',
  building: '--bg-2',
  lane: '--line-soft',
  street: '--line',
  avenue: '--mark-null',
  rail: '--line-strong',
  border: '--fg-3',
};

export function baseInkOf(element: Element): BaseInk {
  const style = getComputedStyle(element);
  const of = (name: string) => style.getPropertyValue(name).trim();
  const { green, water, river, building, lane, street, avenue, rail, border } = TOKENS;
  return {
    grounds: {
      ...{ green: of(green), water: of(water), river: of(river), building: of(building), lane: of(lane) },
      ...{ street: of(street), avenue: of(avenue), rail: of(rail), border: of(border) },
    },
    ...{ text: of('--fg-2'), halo: of('--bg-1'), font: `11px ${of('--font-ui')}` },
  };
}

interface TilePath {
  readonly ground: Ground;
  readonly isArea: boolean;
  readonly path: Path2D;
}

/** A tile that is ready to be drawn at any size. */
export type PaintedTile =
  | { readonly kind: 'Vector'; readonly paths: readonly TilePath[]; readonly labels: readonly TileLabel[] }
  | { readonly kind: 'Raster'; readonly image: ImageBitmap };

/** One path for all that looks alike. */
export function vectorTile({ shapes, labels }: TileFeatures): PaintedTile {
  const paths = GROUNDS.flatMap((ground) =>
    [true, false].flatMap((isArea): readonly TilePath[] => {
      const own = shapes.filter((shape) => shape.ground === ground && shape.isArea === isArea);
      if (own.length === 0) return [];
      const path = new Path2D();
      for (const { lines } of own) for (const line of lines) trace(path, line, isArea);
      return [{ ground, isArea, path }];
    }),
  );
  return { kind: 'Vector', paths, labels };
}

function trace(path: Path2D, line: Float32Array, isArea: boolean): void {
  for (let at = 0; at < line.length; at += 2) {
    const [x, y] = [line[at] ?? 0, line[at + 1] ?? 0];
    if (at === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  }
  if (isArea) path.closePath();
}

/** Pixels at the zoom where a tile of 256 pixels is a city's quarter (14), and half as much more a zoom nearer. */
const WIDTHS: { readonly [ground in Ground]: number } = {
  ...{ green: 0, water: 0, building: 0, river: 1.5 },
  ...{ lane: 0.75, street: 1.5, avenue: 3, rail: 0.75, border: 1 },
};

function widthOf(ground: Ground, { perX }: View): number {
  const zoom = Math.log2(360 / (perX * 256));
  return Math.max(0.5, Math.min(16, WIDTHS[ground] * 1.5 ** (zoom - 14)));
}

/** Where a tile lies, and the part of the picture that is its own. */
export interface TileSpot {
  readonly rect: TileRect;
  readonly clip: TileRect;
  readonly view: View;
}

export function paintTile(canvas: CanvasRenderingContext2D, tile: PaintedTile, spot: TileSpot, ink: BaseInk): void {
  const { left, top, width, height } = spot.clip;
  const [x, y] = [Math.round(left), Math.round(top)];
  canvas.save();
  canvas.beginPath();
  canvas.rect(x, y, Math.round(left + width) - x, Math.round(top + height) - y);
  canvas.clip();
  if (tile.kind === 'Raster') paintImage(canvas, tile.image, spot);
  else for (const path of tile.paths) paintPath(canvas, path, spot, ink);
  canvas.restore();
}

function paintPath(canvas: CanvasRenderingContext2D, shown: TilePath, { rect, view }: TileSpot, ink: BaseInk): void {
  const { ground, isArea } = shown;
  const placed = new Path2D();
  placed.addPath(shown.path, new DOMMatrix([rect.width, 0, 0, rect.height, rect.left, rect.top]));
  if (isArea) {
    canvas.fillStyle = ink.grounds[ground];
    canvas.fill(placed, 'evenodd');
    return;
  }
  canvas.strokeStyle = ink.grounds[ground];
  canvas.lineWidth = widthOf(ground, view);
  canvas.lineJoin = 'round';
  canvas.setLineDash(ground === 'border' || ground === 'rail' ? [6, 4] : []);
  canvas.stroke(placed);
}

/** Pictures are even in Mercator's heights, the map is in latitudes: strips are near enough to both. */
const STRIPS = 16;

function paintImage(canvas: CanvasRenderingContext2D, image: ImageBitmap, { rect, view }: TileSpot): void {
  const count = 360 / (rect.width * view.perX);
  const first = shareAt(view.top - rect.top * view.perY);
  const topOf = (strip: number) => (view.top - latitudeAt(first + strip / STRIPS / count)) / view.perY;
  for (let strip = 0; strip < STRIPS; strip++) {
    const [top, bottom] = [topOf(strip), topOf(strip + 1)];
    const source = [0, (strip * image.height) / STRIPS, image.width, image.height / STRIPS] as const;
    canvas.drawImage(image, ...source, rect.left, top, rect.width, bottom - top + 0.5);
  }
}

export interface PlacedLabel {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/** The first labels that have room. */
export function paintLabels(canvas: CanvasRenderingContext2D, labels: readonly PlacedLabel[], ink: BaseInk): void {
  const taken: { readonly x: number; readonly y: number; readonly half: number }[] = [];
  canvas.font = ink.font;
  canvas.textAlign = 'center';
  canvas.lineWidth = 3;
  canvas.lineJoin = 'round';
  canvas.setLineDash([]);
  for (const { name, x, y } of labels) {
    const half = canvas.measureText(name).width / 2 + 6;
    if (taken.some((other) => Math.abs(other.x - x) < other.half + half && Math.abs(other.y - y) < 18)) continue;
    taken.push({ x, y, half });
    canvas.strokeStyle = ink.halo;
    canvas.fillStyle = ink.text;
    canvas.strokeText(name, x, y);
    canvas.fillText(name, x, y);
  }
  canvas.textAlign = 'start';
}
