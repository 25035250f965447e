import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { Change } from '../../engine/index.ts';

/** The names under which answers are kept; what a change makes stale is decided here and nowhere else. */
export const keys = {
  databases: () => ['databases'] as const,
  currentDatabase: (worksheet: string) => ['currentDatabase', worksheet] as const,
  timezone: (worksheet: string) => ['timezone', worksheet] as const,
  tables: (database: string) => ['tables', database] as const,
  allTables: () => ['tables'] as const,
  allColumns: () => ['tables', 'columns'] as const,
  table: (database: string, table: string) => ['table', `${database}.${table}`] as const,
  stages: () => ['stages'] as const,
  filledStage: () => ['filledStage'] as const,
  tileArchives: () => ['tileArchives'] as const,
  /** All that is known of a stage's files. */
  stage: (stage: string) => ['stageFiles', stage] as const,
  stageFiles: (stage: string, prefix = '') => ['stageFiles', stage, prefix] as const,
  /** A file's columns, its first rows, its anatomy: `part` says which. */
  file: (stage: string, path: string, part: string) => ['stageFiles', stage, path, part] as const,
  fileFormats: () => ['fileFormats'] as const,
  streams: () => ['streams'] as const,
  /** What is pending in a stream: `part` says counts or rows. */
  pending: (stream: string, part: string) => ['streams', stream, part] as const,
  tasks: () => ['tasks'] as const,
  taskRuns: () => ['tasks', 'runs'] as const,
  missedRuns: () => ['tasks', 'missed'] as const,
  nextRuns: (task: string) => ['tasks', 'next', task] as const,
  laidOutSql: (sql: string) => ['laidOutSql', sql] as const,
  settings: () => ['settings'] as const,
  links: () => ['links'] as const,
  versions: (worksheet: string) => ['versions', worksheet] as const,
  profile: (result: string) => ['profile', result] as const,
  profiles: (sql: string) => ['profiles', sql] as const,
  connections: () => ['connections'] as const,
  notifications: () => ['connections', 'notifications'] as const,
  history: () => ['history'] as const,
  storage: () => ['storage'] as const,
};

/** Fetches again what depends on what a statement changed. */
export function refreshAfter(client: QueryClient, changes: readonly Change[]): void {
  const stale = new Map(changes.flatMap(staleKeys).map((key) => [JSON.stringify(key), key]));
  for (const queryKey of [...stale.values(), keys.storage()]) void refresh(client, queryKey);
}

/**
 * Fetches again what is kept under a key. A first answer that is still on its way may be of the time before the change;
 * `invalidateQueries` would take it as new, so that it is asked for once more after it.
 */
export async function refresh(client: QueryClient, queryKey: QueryKey): Promise<void> {
  for (const query of client.getQueryCache().findAll({ queryKey, fetchStatus: 'fetching' })) {
    if (query.state.data !== undefined) continue;
    const again = () => client.invalidateQueries({ queryKey: query.queryKey, exact: true });
    void query.fetch().then(again, again);
  }
  await client.invalidateQueries({ queryKey });
}

function staleKeys({ kind, name }: Change): readonly (readonly string[])[] {
  switch (kind) {
    case 'Database':
      return [keys.databases(), ['tables'], ['table']];
    case 'Table':
    case 'View':
      return [keys.databases(), ['tables'], ['table', name], keys.streams()];
    case 'Stage':
      return [keys.stages(), keys.connections(), ['stageFiles', name], keys.tileArchives()];
    case 'Connection':
      return [keys.connections(), keys.stages(), ['stageFiles']];
    case 'StageFiles':
      return [['stageFiles', name], keys.tileArchives()];
    case 'Stream':
      return [keys.streams()];
    case 'Task':
      return [keys.tasks()];
    case 'FileFormat':
      return [keys.fileFormats()];
    case 'Setting':
      return [keys.settings(), ['timezone']];
    case 'Session':
      return [['currentDatabase']];
  }
}
