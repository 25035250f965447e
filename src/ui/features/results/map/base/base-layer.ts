import type { FilePlace } from '../../../../data/staged-file.ts';
import { openTiles, type TileArchive, type TileId } from '../../../../data/tile-archive.ts';
import type { View } from '../../viewers/projection.ts';
import { type TileOptions, tileCache } from './tile-cache.ts';
import { readTile } from './tile-features.ts';
import { rectOf, tilesOf } from './tile-grid.ts';
import { baseInkOf, type PaintedTile, type PlacedLabel, paintLabels, paintTile, vectorTile } from './tile-paint.ts';

/** What is drawn under the shapes. */
export interface BaseLayer {
  readonly attribution: string;
  /** Whether the archive has tiles for a view as far out. */
  covers(view: View): boolean;
  /** Draws the tiles that are there; those that are missing are asked for. */
  draw(canvas: CanvasRenderingContext2D, view: View): void;
}

export interface BaseLayerOptions extends Pick<TileOptions, 'onTile' | 'onError'> {
  readonly languages: readonly string[];
}

export async function openBaseLayer(place: FilePlace, options: BaseLayerOptions): Promise<BaseLayer> {
  return baseLayer(await openTiles(place), options);
}

function baseLayer(archive: TileArchive, options: BaseLayerOptions): BaseLayer {
  const { languages, onTile, onError } = options;
  const tiles = tileCache({ read: (id) => read(archive, id, languages), onTile, onError });
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

async function read(archive: TileArchive, id: TileId, languages: readonly string[]): Promise<PaintedTile | null> {
  const bytes = await archive.tile(id);
  if (!bytes) return null;
  if (archive.kind === 'Raster') return { kind: 'Raster', image: await createImageBitmap(new Blob([bytes])) };
  return vectorTile(readTile(bytes, id, languages));
}
