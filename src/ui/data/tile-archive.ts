import { PMTiles, type RangeResponse, ResolvedValueCache, type Source, TileType } from 'pmtiles';
import { ask, cellRows } from './rows.ts';
import { type FilePlace, fullPath, nameOf } from './staged-file.ts';
import { quoted } from './uploads.ts';

/** A tile of the Web Mercator pyramid. */
export interface TileId {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** A PMTiles archive in a stage: only what is asked for is read. */
export interface TileArchive {
  readonly kind: 'Vector' | 'Raster';
  readonly minZoom: number;
  readonly maxZoom: number;
  /** Whom the archive asks to name, as plain text. */
  readonly attribution: string;
  /** The bytes of a tile, decompressed; undefined where the archive has none. */
  tile(id: TileId): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/** Opens an archive by its header; rejects for a file that is none. */
export async function openTiles(place: FilePlace): Promise<TileArchive> {
  // This cache keeps no directory that could not be read.
  const archive = new PMTiles(stagedSource(place), new ResolvedValueCache());
  const { minZoom, maxZoom, tileType } = await archive.getHeader();
  if (tileType === TileType.Unknown) throw new Error(`${nameOf(place.path)} holds tiles of a kind that is not known.`);
  return {
    ...{ kind: tileType === TileType.Mvt ? 'Vector' : 'Raster', minZoom, maxZoom },
    attribution: attributionOf(await archive.getMetadata()),
    tile: async ({ z, x, y }) => {
      const found = await archive.getZxy(z, x, y);
      return found && new Uint8Array(found.data);
    },
  };
}

/** Ranges of the file by statements: archives of any stage, and no request where the stage is on this device. */
function stagedSource(place: FilePlace): Source {
  const path = quoted(fullPath(place));
  return {
    getKey: () => path,
    getBytes: async (offset, length): Promise<RangeResponse> => {
      const sql = `SELECT content FROM file_bytes(${path}, ${offset}, ${length})`;
      const [[content] = []] = cellRows(await ask(sql, new AbortController().signal));
      if (!(content instanceof Uint8Array)) throw new Error(`${fullPath(place)} is not there.`);
      return { data: new Uint8Array(content).buffer };
    },
  };
}

const ENTITIES = new Map(Object.entries({ copy: '©', amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' }));

/** Archives write links: their words are kept. */
export function attributionOf(metadata: unknown): string {
  if (typeof metadata !== 'object' || metadata === null || !('attribution' in metadata)) return '';
  return String(metadata.attribution)
    .replace(/<[^>]*>/g, '')
    .replace(/&(\w+);/g, (whole, name: string) => ENTITIES.get(name) ?? whole)
    .replace(/\s+/g, ' ')
    .trim();
}
