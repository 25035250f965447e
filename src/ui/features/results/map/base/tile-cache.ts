import type { TileId } from '../../../../data/tile-archive.ts';
import { parentOf, tileKey } from './tile-grid.ts';
import type { PaintedTile } from './tile-paint.ts';

export interface TileOptions {
  /** `null` for a tile that the archive does not have. */
  read(id: TileId): Promise<PaintedTile | null>;
  /** More can be drawn than before. */
  onTile(): void;
  /** Why a tile could not be read; undefined once all could. */
  onError(error: unknown): void;
}

/** Tiles that are kept to be drawn again; a screen holds some twenty. */
const MOST_KEPT = 160;
const AT_ONCE = 4;

export interface TileCache {
  /** A tile, or while it is missing the nearest around it. */
  nearest(id: TileId): { readonly id: TileId; readonly tile: PaintedTile } | undefined;
  /** These and no others are asked for from now on. */
  want(ids: readonly TileId[]): void;
}

/** Tiles as they are drawn; the oldest are forgotten. */
export function tileCache({ read, onTile, onError }: TileOptions): TileCache {
  const kept = new Map<string, PaintedTile | null>();
  const asked = new Set<string>();
  /** They are asked for again once the map has been moved. */
  const failed = new Set<string>();
  let wanted: readonly TileId[] = [];
  const next = () => {
    const id = wanted.find((one) => [kept, asked, failed].every((known) => !known.has(tileKey(one))));
    if (!id || asked.size >= AT_ONCE) return;
    void bring(id);
    next();
  };
  const bring = async (id: TileId) => {
    const key = tileKey(id);
    asked.add(key);
    try {
      kept.set(key, await read(id));
      forgetOldest(kept);
    } catch (error) {
      failed.add(key);
      onError(error);
    }
    asked.delete(key);
    if (failed.size === 0) onError(undefined);
    onTile();
    next();
  };
  return {
    nearest(id) {
      for (let one = id; one.z >= 0; one = parentOf(one)) {
        const tile = kept.get(tileKey(one));
        if (tile === null) return undefined;
        if (tile) return { id: one, tile };
      }
      return undefined;
    },
    want(ids) {
      if (ids.map(tileKey).join() !== wanted.map(tileKey).join()) failed.clear();
      wanted = ids;
      for (const key of ids.map(tileKey)) touch(kept, key);
      next();
    },
  };
}

function touch(kept: Map<string, PaintedTile | null>, key: string): void {
  const tile = kept.get(key);
  if (tile === undefined) return;
  kept.delete(key);
  kept.set(key, tile);
}

function forgetOldest(kept: Map<string, PaintedTile | null>): void {
  for (const [key, tile] of kept) {
    if (kept.size <= MOST_KEPT) return;
    kept.delete(key);
    if (tile?.kind === 'Raster') tile.image.close();
  }
}
