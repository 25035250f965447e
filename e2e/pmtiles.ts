import { crc32, deflateSync, gzipSync } from 'node:zlib';
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
/** As large archives do: the root names directories that name the tiles. */
const TILES_A_LEAF = 64;

/** A PMTiles archive of version 3, as `pmtiles convert` lays it out: header, directory, metadata, leaves, tiles. */
export function tileArchive(kind: 'Vector' | 'Raster', tiles: readonly ArchiveTile[], metadata: object): Buffer {
  const isVector = kind === 'Vector';
  const sorted = tiles
    .map(({ z, x, y, bytes }) => ({ id: zxyToTileId(z, x, y), bytes: isVector ? gzipSync(bytes) : Buffer.from(bytes) }))
    .sort((a, b) => a.id - b.id);
  const parts = Array.from({ length: Math.ceil(sorted.length / TILES_A_LEAF) }, (_, leaf) =>
    sorted.slice(leaf * TILES_A_LEAF, (leaf + 1) * TILES_A_LEAF),
  );
  let before = 0;
  const leaves = parts.map((part) => {
    const bytes = gzipSync(directory(part, 1, before));
    before += part.reduce((sum, tile) => sum + tile.bytes.length, 0);
    return { id: part[0]?.id ?? 0, bytes };
  });
  const root = gzipSync(directory(leaves, 0, 0));
  const json = gzipSync(JSON.stringify(metadata));
  const leafData = Buffer.concat(leaves.map(({ bytes }) => bytes));
  const data = Buffer.concat(sorted.map(({ bytes }) => bytes));
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('PMTiles');
  header[7] = 3;
  const metadataAt = HEADER_BYTES + root.length;
  const leavesAt = metadataAt + json.length;
  const dataAt = leavesAt + leafData.length;
  const counts = [tiles.length, tiles.length, tiles.length];
  const places = [HEADER_BYTES, root.length, metadataAt, json.length, leavesAt, leafData.length, dataAt, data.length];
  for (const [index, place] of [...places, ...counts].entries()) header.writeBigUInt64LE(BigInt(place), 8 + index * 8);
  const zooms = tiles.map(({ z }) => z);
  // Clustered; directories with gzip; tiles with gzip or as they are; vector tiles or PNG.
  header.set([1, 2, isVector ? 2 : 1, isVector ? 1 : 2, Math.min(...zooms), Math.max(...zooms)], 96);
  return Buffer.concat([header, root, json, leafData, data]);
}

interface DirectoryEntry {
  readonly id: number;
  readonly bytes: Buffer;
}

/** `run` is 1 for tiles and 0 for leaves; `offset` is where the first lies, which the others follow. */
function directory(entries: readonly DirectoryEntry[], run: 0 | 1, offset: number): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeVarint(entries.length);
  for (const [index, { id }] of entries.entries()) pbf.writeVarint(id - (entries[index - 1]?.id ?? 0));
  for (const _ of entries) pbf.writeVarint(run);
  for (const { bytes } of entries) pbf.writeVarint(bytes.length);
  for (const index of entries.keys()) pbf.writeVarint(index === 0 ? offset + 1 : 0); // 0 follows the one before
  return pbf.finish();
}

/** A PNG of one pixel, which a tile draws over all its place. */
export function pixelPng(red: number, green: number, blue: number): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(name), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const size = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const image = deflateSync(Buffer.from([0, red, green, blue]));
  return Buffer.concat([signature, chunk('IHDR', size), chunk('IDAT', image), chunk('IEND', Buffer.alloc(0))]);
}
