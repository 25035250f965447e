import { type Cell, type Column, readWkb } from '../../../../engine/index.ts';
import { cellRows } from '../../../components/DataGrid/copy.ts';
import type { GridSource } from '../../../components/DataGrid/source.ts';
import { cellBoundaries, looksLikeCell } from '../../../data/h3.ts';
import { type Part, partsOf } from '../viewers/geometry-map.ts';
import { type Extent, extentOf, fromMercator, isDegrees, MERCATOR, type Point } from '../viewers/projection.ts';
import { isGeometry, mayBeCell } from './may-draw.ts';

/** What one row draws. */
export interface Shape {
  readonly row: number;
  /** `Point`, `Polygon`, …, or `H3`. */
  readonly kind: string;
  readonly parts: readonly Part[];
}

export interface Shapes {
  readonly shapes: readonly Shape[];
  readonly srids: readonly number[];
  /** Degrees on the globe; otherwise units of some plane. */
  readonly isGlobe: boolean;
  readonly extent: Extent | undefined;
  /** How many of the rows were read. */
  readonly rows: number;
}

/** More are not drawn, and it is said. */
export const MOST_ROWS = 50_000;

/** Rows in which a number or a word is taken for an H3 cell or not. */
const TRIED_ROWS = 20;

/** The columns that can be drawn: geometries by their type, H3 cells by their first values. */
export async function drawnColumns(source: GridSource, signal: AbortSignal): Promise<readonly Column[]> {
  const last = Math.min(TRIED_ROWS, source.rows) - 1;
  const first: (readonly Cell[])[] = [];
  const all = { top: 0, bottom: last, left: 0, right: source.columns.length - 1 };
  if (source.columns.some(({ type }) => mayBeCell(type)))
    for await (const row of cellRows(source, all, signal)) first.push(row);
  return source.columns.filter(({ type }, index) => {
    if (isGeometry(type)) return true;
    const cells = mayBeCell(type) ? first.flatMap((row) => row[index] ?? []) : [];
    return cells.length > 0 && cells.every((cell) => cellNumber(cell) !== undefined);
  });
}

function cellNumber(cell: Cell): bigint | undefined {
  if (typeof cell === 'string') return /^8[0-9a-f]{14}$/i.test(cell) ? BigInt(`0x${cell}`) : undefined;
  if (typeof cell !== 'bigint') return undefined;
  return looksLikeCell(cell) ? cell : undefined;
}

/** Reads a column of geometries or H3 cells; NULL draws nothing. */
export async function readShapes(source: GridSource, column: number, signal: AbortSignal): Promise<Shapes> {
  const type = source.columns[column]?.type;
  const rows = Math.min(source.rows, MOST_ROWS);
  const cells: Cell[] = [];
  const range = { top: 0, bottom: rows - 1, left: column, right: column };
  for await (const [cell = null] of cellRows(source, range, signal)) cells.push(cell);
  if (type && isGeometry(type)) return geometries(cells);
  return hexagons(cells, signal);
}

function geometries(cells: readonly Cell[]): Shapes {
  const srids = new Set<number>();
  const read = cells.flatMap((cell, row): readonly Shape[] => {
    if (!(cell instanceof Uint8Array)) return [];
    const geometry = readWkb(cell);
    const srid = geometry.srid ?? 0;
    srids.add(srid);
    const parts = [...partsOf(geometry)].map((part) => finite(part, srid === MERCATOR));
    return [{ row, kind: geometry.kind, parts: parts.filter(({ points }) => points.length > 0) }];
  });
  const [srid = 0] = srids;
  const isPlain = srid === 0 && read.every(({ parts }) => parts.every(({ points }) => points.every(isDegrees)));
  return shapesOf(read, {
    srids: [...srids],
    isGlobe: srid === 4326 || srid === MERCATOR || isPlain,
    rows: cells.length,
  });
}

/** The empty point has no coordinates that are numbers. */
function finite(part: Part, isMercator: boolean): Part {
  const points = part.points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  return { ...part, points: isMercator ? points.map(fromMercator) : points };
}

async function hexagons(cells: readonly Cell[], signal: AbortSignal): Promise<Shapes> {
  const numbers = cells.map((cell) => (cell === null ? undefined : cellNumber(cell)));
  const distinct = [...new Set(numbers.filter((number) => number !== undefined))];
  const corners = await cellBoundaries(distinct, signal);
  const shapes = numbers.flatMap((number, row): readonly Shape[] => {
    const points = number === undefined ? undefined : corners.get(number);
    return points ? [{ row, kind: 'H3', parts: [{ kind: 'ring', polygon: {}, points }] }] : [];
  });
  return shapesOf(shapes, { srids: [4326], isGlobe: true, rows: cells.length });
}

function shapesOf(shapes: readonly Shape[], rest: Pick<Shapes, 'srids' | 'isGlobe' | 'rows'>): Shapes {
  return { ...rest, shapes, extent: extentOf(pointsOf(shapes)) };
}

function* pointsOf(shapes: readonly Shape[]): Generator<Point> {
  for (const { parts } of shapes) for (const { points } of parts) yield* points;
}

/** What stands in the table beside the map: each kind of shape, its rows, and where they lie. */
export interface KindSummary {
  readonly kind: string;
  readonly rows: number;
  readonly extent: Extent | undefined;
}

export function kindSummaries(shapes: readonly Shape[]): readonly KindSummary[] {
  const kinds = new Map<string, Shape[]>();
  for (const shape of shapes) {
    const known = kinds.get(shape.kind);
    if (known) known.push(shape);
    else kinds.set(shape.kind, [shape]);
  }
  return [...kinds].map(([kind, own]) => ({ kind, rows: own.length, extent: extentOf(pointsOf(own)) }));
}
