import { gzipSync } from 'node:zlib';
import { PbfWriter } from 'pbf';
import { zxyToTileId } from 'pmtiles';

/** Lines, rings or a point in the units of a tile that is 4096 wide. */
export interface TileLayerData {
  readonly name: string;
  readonly kind: 'point' | 'line' | 'area';
  readonly properties: { readonly [name: string]: string };
  readonly points: readonly (readonly [x: number, y: number])[];
}

const TYPES = { point: 1, line: 2, area: 3 } as const;
const [MOVE_TO, LINE_TO, CLOSE] = [1, 2, 7];

/** A Mapbox vector tile with one feature a layer. */
export function vectorTileBytes(layers: readonly TileLayerData[]): Uint8Array {
  const pbf = new PbfWriter();
  for (const layer of layers) pbf.writeMessage(3, writeLayer, layer);
  return pbf.finish();
}

function writeLayer({ name, kind, properties, points }: TileLayerData, pbf: PbfWriter): void {
  pbf.writeVarintField(15, 2);
  pbf.writeStringField(1, name);
  pbf.writeMessage(
    2,
    (_, feature) => {
      feature.writePackedVarint(
        2,
        Object.keys(properties).flatMap((_key, index) => [index, index]),
      );
      feature.writeVarintField(3, TYPES[kind]);
      feature.writePackedVarint(4, commands(kind, points));
    },
    undefined,
  );
  for (const key of Object.keys(properties)) pbf.writeStringField(3, key);
  for (const value of Object.values(properties))
    pbf.writeMessage(4, (text, writer) => writer.writeStringField(1, text), value);
  pbf.writeVarintField(5, 4096);
}

function commands(kind: TileLayerData['kind'], points: TileLayerData['points']): number[] {
  const zigzag = (value: number) => (value << 1) ^ (value >> 31);
  const steps = points.map(([x, y], index) => {
    const [px, py] = points[index - 1] ?? [0, 0];
    return [zigzag(x - px), zigzag(y - py)];
  });
  const [first = [], ...rest] = steps;
  const lines = rest.length > 0 ? [LINE_TO | (rest.length << 3), ...rest.flat()] : [];
  return [MOVE_TO | (1 << 3), ...first, ...lines, ...(kind === 'area' ? [CLOSE | (1 << 3)] : [])];
}

export interface ArchiveTile {
  readonly z: number;
  readonly x: number;
  readonly y: number;
  readonly bytes: Uint8Array;
}

const HEADER_BYTES = 127;

/** A PMTiles archive of version 3, as `pmtiles convert` lays it out: header, directory, metadata, tiles. */
export function tileArchive(tiles: readonly ArchiveTile[], metadata: object): Buffer {
  const sorted = tiles
    .map((tile) => ({ id: zxyToTileId(tile.z, tile.x, tile.y), bytes: gzipSync(tile.bytes) }))
    .sort((a, b) => a.id - b.id);
  const root = gzipSync(directory(sorted));
  const json = gzipSync(JSON.stringify(metadata));
  const data = Buffer.concat(sorted.map(({ bytes }) => bytes));
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('PMTiles');
  header[7] = 3;
  const metadataAt = HEADER_BYTES + root.length;
  const dataAt = metadataAt + json.length;
  const counts = [tiles.length, tiles.length, tiles.length];
  const places = [HEADER_BYTES, root.length, metadataAt, json.length, dataAt, 0, dataAt, data.length, ...counts];
  for (const [index, place] of places.entries()) header.writeBigUInt64LE(BigInt(place), 8 + index * 8);
  const zooms = tiles.map(({ z }) => z);
  header.set([1, 2, 2, 1, Math.min(...zooms), Math.max(...zooms)], 96); // clustered, gzip twice, vector tiles
  return Buffer.concat([header, root, json, data]);
}

function directory(tiles: readonly { readonly id: number; readonly bytes: Buffer }[]): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeVarint(tiles.length);
  for (const [index, { id }] of tiles.entries()) pbf.writeVarint(id - (tiles[index - 1]?.id ?? 0));
  for (const _ of tiles) pbf.writeVarint(1);
  for (const { bytes } of tiles) pbf.writeVarint(bytes.length);
  for (const index of tiles.keys()) pbf.writeVarint(index === 0 ? 1 : 0); // 0 follows the one before
  return pbf.finish();
}
