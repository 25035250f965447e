import type { Progress } from '../../engine/index.ts';

/** Before the first figure comes. */
export const NO_PROGRESS: Progress = {
  ...{ phase: 'planning', files: 0, filesTotal: undefined, rows: 0, rowsTotal: undefined },
  ...{ bytes: 0, bytesTotal: undefined, networkBytes: 0, written: 0 },
};
