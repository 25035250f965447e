import type { FilePlace } from '../../../../data/staged-file.ts';
import { openTiles, type TileArchive, type TileId } from '../../../../data/tile-archive.ts';
import type { View } from '../../viewers/projection.ts';
import { readTile } from './tile-features.ts';
import { parentOf, rectOf, tileKey, tilesOf } from './tile-grid.ts';
import { baseInkOf, type PaintedTile, type PlacedLabel, paintLabels, paintTile, vectorTile } from './tile-paint.ts';

/** What is drawn under the shapes. */
export interface BaseLayer {
  readonly attribution: string;
  /** Whether the archive has tiles for a view as far out. */
  covers(view: View): boolean;
  /** Draws the tiles that are there; those that are missing are asked for. */
  draw(canvas: CanvasRenderingContext2D, view: View): void;
}

export interface BaseLayerOptions {
  readonly languages: readonly string[];
  /** More can be drawn than before. */
  onTile(): void;
  onError(error: unknown): void;
}

/** Tiles that are kept to be drawn again; a screen holds some twenty. */
const MOST_KEPT = 160;
const AT_ONCE = 4;

export async function openBaseLayer(place: FilePlace, options: BaseLayerOptions): Promise<BaseLayer> {
  return baseLayer(await openTiles(place), options);
}

function baseLayer(archive: TileArchive, options: BaseLayerOptions): BaseLayer {
  const tiles = tileCache(archive, options);
  return {
    attribution: archive.attribution,
    covers: (view) => tilesOf(view, archive) !== undefined,
    draw(canvas, view) {
      const ids = tilesOf(view, archive) ?? [];
      const ink = baseInkOf(canvas.canvas);
      const labels: PlacedLabel[] = [];
      for (const id of ids) {
        const found = tiles.nearest(id);
        if (!found) continue;
        const rect = rectOf(found.id, view);
        paintTile(canvas, found.tile, { rect, clip: rectOf(id, view), view }, ink);
        if (found.tile.kind === 'Vector' && found.id === id)
          for (const { name, at } of found.tile.labels)
            labels.push({ name, x: rect.left + at[0] * rect.width, y: rect.top + at[1] * rect.height });
      }
      paintLabels(canvas, labels, ink);
      tiles.want(ids);
    },
  };
}

interface TileCache {
  /** A tile, or while it is missing the nearest around it. */
  nearest(id: TileId): { readonly id: TileId; readonly tile: PaintedTile } | undefined;
  /** These and no others are asked for from now on. */
  want(ids: readonly TileId[]): void;
}

/** `null` stands for a tile that the archive does not have. */
function tileCache(archive: TileArchive, { languages, onTile, onError }: BaseLayerOptions): TileCache {
  const kept = new Map<string, PaintedTile | null>();
  const asked = new Set<string>();
  let wanted: readonly TileId[] = [];
  const next = () => {
    const id = wanted.find((one) => !kept.has(tileKey(one)) && !asked.has(tileKey(one)));
    if (!id || asked.size >= AT_ONCE) return;
    void bring(id);
    next();
  };
  const bring = async (id: TileId) => {
    const key = tileKey(id);
    asked.add(key);
    const tile = await read(archive, id, languages).catch((error: unknown) => {
      onError(error);
      return null;
    });
    asked.delete(key);
    kept.set(key, tile);
    forgetOldest(kept);
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

async function read(archive: TileArchive, id: TileId, languages: readonly string[]): Promise<PaintedTile | null> {
  const bytes = await archive.tile(id);
  if (!bytes) return null;
  if (archive.kind === 'Raster') return { kind: 'Raster', image: await createImageBitmap(new Blob([bytes])) };
  return vectorTile(readTile(bytes, id, languages));
}
