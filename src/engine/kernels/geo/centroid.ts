import { type Geometry, isEmptyPoint, leaves, pointCount, pointGeometry, stride } from '../../types/geometry/model.ts';
import { doubleRingArea, forEachRing } from './planar.ts';

/** A weighted sum of places. What has more dimensions counts alone: areas before lines before points. */
class Balance {
  dimension = -1;
  weight = 0;
  x = 0;
  y = 0;

  add(dimension: number, weight: number, x: number, y: number): void {
    if (dimension < this.dimension) return;
    if (dimension > this.dimension) {
      this.dimension = dimension;
      this.weight = 0;
      this.x = 0;
      this.y = 0;
    }
    this.weight += weight;
    this.x += x * weight;
    this.y += y * weight;
  }

  addBalance({ dimension, weight, x, y }: Balance): void {
    if (weight !== 0) this.add(dimension, weight, x / weight, y / weight);
  }
}

/** The centre of gravity; null of what is empty. */
export function centroid(value: Geometry): Geometry | null {
  const balance = new Balance();
  for (const leaf of leaves(value)) addLeaf(balance, leaf);
  if (balance.dimension < 0) return null;
  return pointGeometry(balance.x / balance.weight, balance.y / balance.weight, value.srid);
}

function addLeaf(balance: Balance, leaf: Geometry): void {
  switch (leaf.kind) {
    case 'Point':
    case 'MultiPoint':
      for (let i = 0; i < pointCount(leaf); i++) {
        if (!isEmptyPoint(leaf, i)) addPoint(balance, leaf, i * stride(leaf.dims));
      }
      break;
    case 'LineString':
    case 'MultiLineString':
      forEachRing(leaf, (from, to) => addLine(balance, leaf, from, to));
      break;
    default:
      addPolygons(balance, leaf);
  }
}

function addPoint(balance: Balance, { coords }: Geometry, at: number): void {
  balance.add(0, 1, coords[at] ?? 0, coords[at + 1] ?? 0);
}

function addLine(balance: Balance, line: Geometry, from: number, to: number): void {
  const { coords } = line;
  const width = stride(line.dims);
  if (to - from === width) addPoint(balance, line, from);
  for (let at = from + width; at < to; at += width) {
    const ax = coords[at - width] ?? 0;
    const ay = coords[at - width + 1] ?? 0;
    const bx = coords[at] ?? 0;
    const by = coords[at + 1] ?? 0;
    const length = Math.hypot(bx - ax, by - ay);
    if (length === 0) addPoint(balance, line, at);
    else balance.add(1, length, (ax + bx) / 2, (ay + by) / 2);
  }
}

function addPolygons(balance: Balance, value: Geometry): void {
  const rings: Balance[] = [];
  forEachRing(value, (from, to) => rings.push(ringBalance(value, from, to)));
  let first = 0;
  for (const last of value.polygons) {
    const [shell, ...holes] = rings.slice(first, last);
    first = last;
    if (!shell) continue;
    for (const hole of holes) {
      if (hole.dimension === shell.dimension)
        shell.add(hole.dimension, -hole.weight, hole.x / hole.weight, hole.y / hole.weight);
    }
    balance.addBalance(shell);
  }
}

/** A ring without area counts as the line or the point that it is. */
function ringBalance(value: Geometry, from: number, to: number): Balance {
  const balance = new Balance();
  const area = doubleRingArea(value, from, to);
  if (area === 0) {
    addLine(balance, value, from, to);
    return balance;
  }
  const { coords } = value;
  const width = stride(value.dims);
  const originX = coords[from] ?? 0;
  const originY = coords[from + 1] ?? 0;
  let x = 0;
  let y = 0;
  for (let at = from + width; at < to; at += width) {
    const ax = (coords[at - width] ?? 0) - originX;
    const ay = (coords[at - width + 1] ?? 0) - originY;
    const bx = (coords[at] ?? 0) - originX;
    const by = (coords[at + 1] ?? 0) - originY;
    const cross = ax * by - ay * bx;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  balance.add(2, Math.abs(area) / 2, x / (3 * area) + originX, y / (3 * area) + originY);
  return balance;
}
