import { VectorTile, type VectorTileFeature, type VectorTileLayer } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import type { TileId } from '../../../../data/tile-archive.ts';
import type { Point } from '../../viewers/projection.ts';
import { unwarp } from './tile-grid.ts';

/** What the layers of the usual schemas (Protomaps, OpenMapTiles, Shortbread) draw, from the ground up. */
export const GROUNDS = ['green', 'water', 'river', 'building', 'lane', 'street', 'avenue', 'rail', 'border'] as const;
export type Ground = (typeof GROUNDS)[number];

/** Lines or rings as shares of the tile's width and height, two numbers a point. */
export interface TileShape {
  readonly ground: Ground;
  readonly isArea: boolean;
  readonly lines: readonly Float32Array[];
}

export interface TileLabel {
  readonly name: string;
  readonly at: Point;
}

export interface TileFeatures {
  readonly shapes: readonly TileShape[];
  readonly labels: readonly TileLabel[];
}

const [POINT, LINE, AREA] = [1, 2, 3];

/** Reads a Mapbox vector tile. `languages` are tried in turn before a label's own name. */
export function readTile(bytes: Uint8Array, id: TileId, languages: readonly string[]): TileFeatures {
  const shapes: TileShape[] = [];
  const labels: TileLabel[] = [];
  for (const layer of Object.values(new VectorTile(new PbfReader(bytes)).layers)) {
    const place = unwarp(id, layer.extent);
    for (const feature of featuresOf(layer)) {
      if (feature.type === POINT) labels.push(...labelOf(feature, layer.name, languages, place));
      else shapes.push(...shapeOf(feature, layer.name, place));
    }
  }
  return { shapes, labels };
}

function* featuresOf(layer: VectorTileLayer): Generator<VectorTileFeature> {
  for (let index = 0; index < layer.length; index++) yield layer.feature(index);
}

type Place = (x: number, y: number) => Point;

function shapeOf(feature: VectorTileFeature, layer: string, place: Place): readonly TileShape[] {
  const isArea = feature.type === AREA;
  const ground = groundOf(layer, feature.properties, isArea);
  if (!ground || (feature.type !== LINE && !isArea)) return [];
  const lines = feature.loadGeometry().map((points) => {
    const line = new Float32Array(points.length * 2);
    for (const [index, { x, y }] of points.entries()) line.set(place(x, y), index * 2);
    return line;
  });
  return [{ ground, isArea, lines }];
}

type Properties = VectorTileFeature['properties'];

function groundOf(layer: string, properties: Properties, isArea: boolean): Ground | undefined {
  const kind = ['kind', 'class', 'pmap:kind', 'highway', 'type'].map((name) => properties[name]).join(' ');
  if (/water|ocean|river|sea/i.test(layer)) return isArea ? 'water' : 'river';
  if (/building/i.test(layer)) return isArea ? 'building' : undefined;
  if (/road|street|transport|highway|bridge|transit|rail/i.test(layer)) return isArea ? undefined : roadOf(kind, layer);
  if (/bound|admin/i.test(layer)) return isArea ? undefined : 'border';
  const isGreen = /park|forest|wood|grass|green|garden|cemetery|nature|meadow|scrub/i.test(`${layer} ${kind}`);
  return isArea && isGreen ? 'green' : undefined;
}

function roadOf(kind: string, layer: string): Ground {
  if (/rail|subway|tram|transit/i.test(`${kind} ${layer}`)) return 'rail';
  if (/motorway|trunk|primary|highway|major/i.test(kind)) return 'avenue';
  return /path|foot|track|service|pedestrian|cycle|steps|other/i.test(kind) ? 'lane' : 'street';
}

function labelOf(
  feature: VectorTileFeature,
  layer: string,
  languages: readonly string[],
  place: Place,
): readonly TileLabel[] {
  if (!/place|poi|label|name/i.test(layer)) return [];
  const names = [...languages.map((language) => `name:${language}`), 'name'];
  const name = names.map((one) => feature.properties[one]).find((one) => typeof one === 'string' && one !== '');
  const [[point] = []] = feature.loadGeometry();
  return point && name !== undefined ? [{ name: String(name), at: place(point.x, point.y) }] : [];
}
