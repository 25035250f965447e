import { USER_STAGE } from '../../data/stages.ts';
import { navigate, type Route } from '../../lib/router.ts';

/** What of the stages is shown. */
export interface StageView {
  readonly stage: string;
  /** With a slash at its end; empty for the root. */
  readonly folder: string;
  /** The name of the file that is looked at. */
  readonly file: string | undefined;
}

export function stageView({ path, query }: Route): StageView {
  const [stage = USER_STAGE, ...folders] = path;
  const { file } = query;
  return {
    stage: stage.replace(/^@/, ''),
    folder: folders.map((name) => `${name}/`).join(''),
    file,
  };
}

export function showStage(view: Partial<StageView> & Pick<StageView, 'stage'>, { replace = false } = {}): void {
  const { stage, folder = '', file } = view;
  const path = [stage, ...folder.split('/').filter(Boolean)];
  navigate({ place: 'stages', path, query: file === undefined ? {} : { file } }, { replace });
}

/** Opens the load page for some files of a folder. */
export function showLoad({ stage, folder }: Pick<StageView, 'stage' | 'folder'>, names: readonly string[]): void {
  const path = [stage, ...folder.split('/').filter(Boolean)];
  navigate({ place: 'load', path, query: { files: JSON.stringify(names) } });
}
