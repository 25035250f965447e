import { sessionSettings } from '../system/settings.ts';
import type { SessionState } from './context.ts';

/** Where a session begins. */
interface SessionStart {
  readonly database?: string;
  readonly settings?: ReadonlyMap<string, string>;
}

export function newSession(id: string, { database = 'default', settings }: SessionStart = {}): SessionState {
  return {
    id,
    database,
    settings: sessionSettings(settings),
    variables: new Map(),
    script: undefined,
    transaction: undefined,
    transactionFailed: false,
    afterCommit: [],
    rejected: [],
    queryIds: [],
    results: new Map(),
    streams: new Map(),
    release: undefined,
  };
}
