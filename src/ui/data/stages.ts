import { queryOptions } from '@tanstack/react-query';
import { queryClient } from './client.ts';
import { keys } from './keys.ts';
import { askRecords, type TextRecord } from './rows.ts';
import { barePath, fileKind, mayBeBare, quoted } from './uploads.ts';

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
  return queryOptions({ queryKey: keys.stageFiles(stage), queryFn: ({ signal }) => listStage(stage, signal) });
}

async function listStage(stage: string, signal: AbortSignal): Promise<readonly StagedFile[]> {
  const place = `@${stage}`;
  const sql = mayBeBare(place) ? `LIST ${barePath(place)}` : `SELECT * FROM list_stage(location => ${quoted(place)})`;
  return (await askRecords(sql, signal)).map(fileOf);
}

/** A bucket may hold millions of files: so many of a folder are listed at a time, and what is below it with them. */
export const MOST_REMOTE_FILES = 5000;

/** The first stage with a file that holds rows, as the page of a load opens with; none is asked over the network. */
export function filledStage() {
  return queryOptions({
    queryKey: keys.filledStage(),
    queryFn: async (): Promise<string | null> => {
      const all = await queryClient.fetchQuery(stages());
      for (const { name } of all.filter((stage) => stage.url === undefined)) {
        const files = await queryClient.fetchQuery(stageFiles(name));
        if (files.some(({ path }) => fileKind(path) !== undefined)) return name;
      }
      return null;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

/** Files are asked for over the network, a folder at a time. */
export function isRemote({ url }: Stage): boolean {
  return url !== undefined && !url.startsWith('local:');
}

/** The first files of a folder and below it, or those behind a file; all files of the stage where that costs nothing. */
export function folderFiles(stage: Stage, folder: string, after?: string) {
  const queryKey: readonly string[] = isRemote(stage)
    ? [...keys.stageFiles(stage.name, folder), 'after', after ?? '']
    : keys.stageFiles(stage.name);
  return queryOptions({
    queryKey,
    queryFn: ({ signal }) =>
      isRemote(stage) ? listPart(`@${stage.name}/${folder}`, after, signal) : listStage(stage.name, signal),
  });
}

/** What is there is not listed again: more of a folder costs only what more there is. */
async function listPart(
  location: string,
  after: string | undefined,
  signal: AbortSignal,
): Promise<readonly StagedFile[]> {
  const from = after === undefined ? '' : `, start_after => ${quoted(after)}`;
  const sql = `SELECT * FROM list_stage(location => ${quoted(location)}, max_file_count => ${MOST_REMOTE_FILES}${from})`;
  return (await askRecords(sql, signal)).map(fileOf);
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
