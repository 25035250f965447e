import type { Part } from '../viewers/geometry-map.ts';
import { meridiansOf, type Point, parallelsOf, placeIn, type View } from '../viewers/projection.ts';
import type { BaseLayer } from './base/base-layer.ts';
import type { Shape } from './shapes.ts';

/** Colours of the theme, as CSS has them. */
export interface MapInk {
  readonly mark: string;
  readonly chosen: string;
  readonly ground: string;
  readonly line: string;
  readonly text: string;
  readonly font: string;
}

export function inkOf(element: Element): MapInk {
  const style = getComputedStyle(element);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    ...{ mark: of('--mark'), chosen: of('--warn'), ground: of('--bg-1'), line: of('--line'), text: of('--fg-3') },
    font: `10px ${of('--font-ui')}`,
  };
}

export interface MapPicture {
  readonly view: View;
  readonly shapes: readonly Shape[];
  /** The row that stands out. */
  readonly chosen: number | undefined;
  readonly ink: MapInk;
  readonly base: BaseLayer | undefined;
}

const POINT_RADIUS = 4;
const CHOSEN_RADIUS = 7;
const AREA_ALPHA = 0.18;

/** From the lowest up. The edges of all points lie under all points, so that many in one place do not darken it. */
const LAYERS = ['ring', 'line', 'edge', 'points'] as const;

export function drawMap(canvas: CanvasRenderingContext2D, picture: MapPicture): void {
  const { view, shapes, chosen, ink, base } = picture;
  canvas.fillStyle = ink.ground;
  canvas.fillRect(0, 0, view.width, view.height);
  base?.draw(canvas, view);
  drawGrid(canvas, view, ink);
  for (const layer of LAYERS)
    for (const shape of shapes)
      if (shape.row !== chosen) drawParts(canvas, shape, { layer, view, ink, isChosen: false });
  const own = shapes.find(({ row }) => row === chosen);
  if (!own) return;
  for (const layer of LAYERS) drawParts(canvas, own, { layer, view, ink, isChosen: true });
}

function drawGrid(canvas: CanvasRenderingContext2D, view: View, ink: MapInk): void {
  canvas.strokeStyle = ink.line;
  canvas.fillStyle = ink.text;
  canvas.lineWidth = 0.5;
  canvas.font = ink.font;
  canvas.beginPath();
  for (const { at, label } of meridiansOf(view)) {
    canvas.moveTo(at, 0);
    canvas.lineTo(at, view.height);
    canvas.fillText(label, at + 3, view.height - 5);
  }
  for (const { at, label } of parallelsOf(view)) {
    canvas.moveTo(0, at);
    canvas.lineTo(view.width, at);
    canvas.fillText(label, 4, at - 3);
  }
  canvas.stroke();
}

interface Look {
  readonly layer: (typeof LAYERS)[number];
  readonly view: View;
  readonly ink: MapInk;
  readonly isChosen: boolean;
}

function drawParts(canvas: CanvasRenderingContext2D, { parts }: Shape, look: Look): void {
  const { layer } = look;
  const isOfPoints = layer === 'edge' || layer === 'points';
  const own = parts.filter(({ kind }) => kind === (isOfPoints ? 'points' : layer));
  if (own.length === 0) return;
  const colour = look.isChosen ? look.ink.chosen : look.ink.mark;
  canvas.fillStyle = layer === 'edge' ? look.ink.ground : colour;
  canvas.strokeStyle = colour;
  if (isOfPoints) {
    drawPoints(canvas, own, look);
    return;
  }
  canvas.lineWidth = look.isChosen ? 3 : 1.5;
  canvas.beginPath();
  for (const part of own) trace(canvas, part, look.view);
  if (layer === 'ring') {
    canvas.globalAlpha = look.isChosen ? 2 * AREA_ALPHA : AREA_ALPHA;
    canvas.fill('evenodd');
    canvas.globalAlpha = 1;
  }
  canvas.stroke();
}

function trace(canvas: CanvasRenderingContext2D, { kind, points }: Part, view: View): void {
  points.forEach((point, index) => {
    const [x, y] = placeIn(view, point);
    if (index === 0) canvas.moveTo(x, y);
    else canvas.lineTo(x, y);
  });
  if (kind === 'ring') canvas.closePath();
}

function drawPoints(canvas: CanvasRenderingContext2D, parts: readonly Part[], { layer, view, isChosen }: Look): void {
  const edge = isChosen ? 1 : 0.5;
  const radius = (isChosen ? CHOSEN_RADIUS : POINT_RADIUS) + (layer === 'edge' ? edge : -edge);
  for (const { points } of parts) {
    for (const point of points) {
      const [x, y] = placeIn(view, point);
      if (x < -radius || y < -radius || x > view.width + radius || y > view.height + radius) continue;
      canvas.beginPath();
      canvas.arc(x, y, radius, 0, 2 * Math.PI);
      canvas.fill();
    }
  }
}

/** How near the pointer must be, in pixels. */
const REACH = 8;

/** The row drawn at a place of the picture: a point or a line near it, else the area that it is in. */
export function rowAt(shapes: readonly Shape[], view: View, at: Point): number | undefined {
  let nearest: { readonly row: number; readonly distance: number } | undefined;
  let around: number | undefined;
  for (const { row, parts } of shapes) {
    const distance = Math.min(...parts.map((part) => distanceTo(part, view, at)));
    if (distance <= REACH && distance < (nearest?.distance ?? Infinity)) nearest = { row, distance };
    if (isInside(parts, view, at)) around = row;
  }
  return nearest?.row ?? around;
}

function distanceTo({ kind, points }: Part, view: View, at: Point): number {
  const placed = points.map((point) => placeIn(view, point));
  if (kind === 'points') return Math.min(...placed.map(([x, y]) => Math.hypot(x - at[0], y - at[1])));
  if (kind === 'ring') return Infinity;
  return Math.min(...placed.slice(1).map((end, index) => toSegment(at, placed[index] ?? end, end)));
}

function toSegment([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
  const share = Math.max(0, Math.min(1, along));
  return Math.hypot(ax + share * dx - x, ay + share * dy - y);
}

/** Holes are rings, too: a place in a hole crosses two. */
function isInside(parts: readonly Part[], view: View, [x, y]: Point): boolean {
  let isIn = false;
  for (const { kind, points } of parts) {
    if (kind !== 'ring') continue;
    for (const [index, point] of points.entries()) {
      const [ax, ay] = placeIn(view, point);
      const [bx, by] = placeIn(view, points[(index + 1) % points.length] ?? point);
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isIn = !isIn;
    }
  }
  return isIn;
}
