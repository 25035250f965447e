import { queryOptions } from '@tanstack/react-query';
import { keys } from './keys.ts';
import { askRecords, type TextRecord } from './rows.ts';
import { stagePath } from './uploads.ts';

/** The stage that everyone has: `@~`. */
export const USER_STAGE = '~';

export interface Stage {
  readonly name: string;
  readonly kind: 'User' | 'Internal' | 'External';
  /** Where the files of an external stage lie. */
  readonly url: string | undefined;
  readonly comment: string;
}

export interface StagedFile {
  /** Below the stage: `a/b.csv`. */
  readonly path: string;
  readonly size: number;
  readonly hash: string | undefined;
  readonly modifiedAt: Date | undefined;
}

/** Every stage, the user stage first. */
export function stages() {
  return queryOptions({
    queryKey: keys.stages(),
    queryFn: async ({ signal }): Promise<readonly Stage[]> => {
      const named = (await askRecords('SHOW STAGES', signal)).map(stageOf).filter(({ name }) => name !== USER_STAGE);
      return [{ name: USER_STAGE, kind: 'User', url: undefined, comment: '' }, ...named];
    },
  });
}

function stageOf({ name, stage_type: type, url, comment }: TextRecord): Stage {
  return {
    name: name ?? '',
    kind: type?.toLowerCase() === 'external' ? 'External' : 'Internal',
    url: url || undefined,
    comment: comment ?? '',
  };
}

/** Every file of a stage, in path order; folders follow from the paths. */
export function stageFiles(stage: string) {
  return queryOptions({
    queryKey: keys.stageFiles(stage),
    queryFn: async ({ signal }): Promise<readonly StagedFile[]> => {
      const records = await askRecords(`LIST ${stagePath(`@${stage}`)}`, signal);
      return records.map(fileOf);
    },
  });
}

function fileOf({ name, size, md5, last_modified: modified }: TextRecord): StagedFile {
  const time = modified ? new Date(modified.replace(' ', 'T').replace(' +0000', 'Z')) : undefined;
  return {
    path: name ?? '',
    size: Number(size ?? 0),
    hash: md5?.replaceAll('"', '') || undefined,
    modifiedAt: time && Number.isFinite(time.getTime()) ? time : undefined,
  };
}
