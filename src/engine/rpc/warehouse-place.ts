import { SqlError } from '../base/errors.ts';
import { isNamed } from '../stores/common/handles.ts';
import { opfsStore } from '../stores/opfs.ts';
import { RENEWAL_LOCK } from './wire.ts';

/**
 * Which folder of the browser's private file system is the warehouse. A warehouse that was brought back from an archive
 * is written beside the present one and takes its place in one step, at the end: until then nothing of it is seen.
 */

const FIRST = 'warehouse';
const PLACE = /^warehouse(-[0-9a-f]+)?$/;
const CURRENT = 'current';

const pointer = () => opfsStore('place');
const never = new AbortController().signal;

export async function currentPlace(): Promise<string> {
  try {
    const text = new TextDecoder().decode(await pointer().read(CURRENT, never));
    return PLACE.test(text) ? text : FIRST;
  } catch (error) {
    if (error instanceof SqlError && error.kind === 'StorageNotFound') return FIRST;
    throw error;
  }
}

export async function setPlace(place: string): Promise<void> {
  await pointer().write(CURRENT, new TextEncoder().encode(place), { ifAbsent: false, signal: never });
}

export function newPlace(id: string): string {
  return `${FIRST}-${id}`;
}

export async function removePlace(place: string): Promise<void> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(place, { recursive: true }).catch((error: unknown) => {
    if (!isNamed(error, 'NotFoundError')) throw error;
  });
}

/** Removes warehouses that were replaced, or whose archive never came to its end. */
export async function sweepPlaces(current: string): Promise<void> {
  await navigator.locks.request(RENEWAL_LOCK, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    const root = await navigator.storage.getDirectory();
    const names: string[] = [];
    for await (const name of root.keys()) if (PLACE.test(name) && name !== current) names.push(name);
    // What is still open in another tab is left for the next start.
    for (const name of names) await removePlace(name).catch(() => {});
  });
}
