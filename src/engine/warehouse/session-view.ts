import type { CatalogObject, TableRecord } from './object.ts';
import { sessionNamespace } from './object-kinds.ts';
import type { CatalogState } from './state.ts';

const seen = new WeakMap<CatalogState, Map<string, CatalogState>>();

/** The catalog as a session sees it: its temporary tables stand in the place of what else has their names. */
export function seenBy(state: CatalogState, session: string | undefined): CatalogState {
  if (session === undefined) return state;
  const views = seen.get(state) ?? new Map<string, CatalogState>();
  const view = views.get(session) ?? withTemporary(state, session);
  seen.set(state, views.set(session, view));
  return view;
}

function withTemporary(state: CatalogState, session: string): CatalogState {
  const suffix = sessionNamespace('', session);
  const own = [...state.names].filter(([namespace, names]) => namespace.endsWith(suffix) && names.size > 0);
  if (own.length === 0) return state;
  const names = new Map(state.names);
  for (const [namespace, tables] of own) {
    const shared = namespace.slice(0, -suffix.length);
    names.set(shared, new Map<string, CatalogObject>([...(names.get(shared) ?? []), ...tables]));
  }
  return { ...state, names };
}

/** Of one session, or of all. */
export function temporaryTables(state: CatalogState, session?: string): TableRecord[] {
  return [...state.objects.values()].filter(
    (object): object is TableRecord =>
      object.kind === 'Table' && object.session !== undefined && (session ?? object.session) === object.session,
  );
}
