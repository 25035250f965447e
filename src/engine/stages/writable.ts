import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import { isWritable, type WritableStore } from '../stores/store.ts';
import type { OpenLocation } from './location.ts';

/** The store of a location to write to or remove from. Throws StorageUnsupported where it can only be read. */
export function writableStore({ store, name }: OpenLocation): WritableStore {
  if (isWritable(store)) return store;
  throw new SqlError('StorageUnsupported', `${name} can only be read`, {
    hint: hint('mountToWrite'),
  });
}
