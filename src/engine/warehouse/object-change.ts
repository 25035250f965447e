import type { CatalogChange } from './change.ts';
import type { ObjectChange } from './contract.ts';
import type { CatalogObject, ObjectId } from './object.ts';
import type { CatalogState } from './state.ts';

/** The objects that changes touch, each name once; an object that was renamed under both names. */
export function changedObjects(before: CatalogState, changes: readonly CatalogChange[]): ObjectChange[] {
  const put = new Map<ObjectId, CatalogObject>();
  for (const change of changes) if (change.kind === 'Put') put.set(change.object.id, change.object);
  const found = new Map<string, ObjectChange>();
  const add = (object: CatalogObject | undefined) => {
    if (!object) return;
    const { kind, name } = object;
    const database = 'databaseId' in object ? databaseName(before, put, object.databaseId) : undefined;
    found.set(JSON.stringify([kind, database, name]), { kind, database, name });
  };
  for (const change of changes) {
    const id = idOf(change);
    add(before.objects.get(id));
    add(put.get(id));
  }
  return [...found.values()];
}

function databaseName(
  before: CatalogState,
  put: ReadonlyMap<ObjectId, CatalogObject>,
  id: ObjectId,
): string | undefined {
  return (put.get(id) ?? before.objects.get(id))?.name;
}

function idOf(change: CatalogChange): ObjectId {
  if (change.kind === 'Put') return change.object.id;
  if (change.kind === 'Ran') return change.run.taskId;
  return 'table' in change ? change.table : change.id;
}
