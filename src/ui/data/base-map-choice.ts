import { queryOptions } from '@tanstack/react-query';
import { persisted } from '../lib/persisted.ts';
import { queryClient } from './client.ts';
import { keys } from './keys.ts';
import type { FilePlace } from './staged-file.ts';
import { isRemote, stageFiles, stages } from './stages.ts';

/** The archive of tiles that lies under the shapes of every map; kept, so that it is there after a reload. */
export const baseMapChoice = persisted<FilePlace | null>('baseMap', null, (kept) => {
  if (typeof kept !== 'object' || kept === null || !('stage' in kept && 'path' in kept)) return null;
  return typeof kept.stage === 'string' && typeof kept.path === 'string'
    ? { stage: kept.stage, path: kept.path }
    : null;
});

export const isTileArchive = (path: string) => /\.pmtiles$/i.test(path);

/** The archives in stages of this device; no other is asked, for a map makes no request of its own accord. */
export function tileArchives() {
  return queryOptions({
    queryKey: keys.tileArchives(),
    queryFn: async (): Promise<readonly FilePlace[]> => {
      const near = (await queryClient.fetchQuery(stages())).filter((stage) => !isRemote(stage));
      const lists = near.map(async ({ name: stage }) => {
        const files = await queryClient.fetchQuery(stageFiles(stage)).catch(() => []); // A folder that is not open now.
        return files.filter(({ path }) => isTileArchive(path)).map(({ path }) => ({ stage, path }));
      });
      return (await Promise.all(lists)).flat();
    },
  });
}
