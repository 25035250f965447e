import { collect } from '../base/async.ts';
import type { EngineCore } from '../session/engine.ts';
import { suspended } from '../statements/task/define.ts';
import { opfsStore, opfsTree } from '../stores/opfs.ts';
import type { WritableStore } from '../stores/store.ts';
import { browserHost } from '../warehouse/browser-host.ts';
import { listObjects } from '../warehouse/find.ts';
import { openWarehouse } from '../warehouse/index.ts';
import { COMMIT_LOCK } from '../warehouse/paths.ts';
import { randomId } from '../warehouse/random-id.ts';
import type { WarehouseFile } from './api.ts';
import { chunksOf } from './page-files.ts';
import { removeAllSecrets } from './vault/records.ts';
import { currentPlace, newPlace, setPlace } from './warehouse-place.ts';

/** Files of which another may take the place while the archive is written: they are read at once. They are small. */
const REWRITTEN = /^_history\/|^_catalog\/_last/;

/** Every file of the warehouse as it stands between two commits. Data files are handed over unread. */
export async function warehouseFiles({ services }: EngineCore, signal: AbortSignal): Promise<readonly WarehouseFile[]> {
  await services.history.flush();
  const { store } = services.warehouse;
  const tree = opfsTree(await currentPlace());
  return services.locks.withLock(COMMIT_LOCK, signal, async () => {
    const files: WarehouseFile[] = [];
    for (const { path } of await collect(store.list('', signal))) {
      const file = await tree.file(path);
      if (file) files.push({ path, content: REWRITTEN.test(path) ? new Blob([await file.arrayBuffer()]) : file });
    }
    return files;
  });
}

/** A place for a warehouse beside the present one. */
export function reservePlace(): string {
  return newPlace(randomId());
}

const stores = new Map<string, WritableStore>();

export async function putFile(place: string, { path, content }: WarehouseFile, signal: AbortSignal): Promise<void> {
  const store = stores.get(place) ?? opfsStore(place);
  stores.set(place, store);
  await store.write(path, chunksOf(content), { ifAbsent: false, signal });
}

/** Opens what was put there, suspends its tasks and makes it the warehouse of the pages that are loaded from now on. */
export async function adoptPlace(place: string, signal: AbortSignal): Promise<void> {
  const host = browserHost(place);
  const warehouse = await openWarehouse(opfsStore(place), host, { signal });
  const transaction = warehouse.begin();
  for (const task of listObjects(transaction.state(), 'Task')) {
    if (task.state !== 'Suspended') transaction.alter<'Task'>({ ...task, ...suspended(host.now()) });
  }
  await transaction.commit(signal);
  await warehouse.close(signal);
  // The ids of its connections may be those of others that were here.
  await removeAllSecrets();
  await setPlace(place);
}
