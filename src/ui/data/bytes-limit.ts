import { persisted } from '../lib/persisted.ts';
import type { Store } from '../lib/store.ts';

const MEBIBYTE = 2 ** 20;

/** The limits to choose from, in bytes. */
export const BYTES_LIMITS: readonly number[] = [10, 100, 1024, 10 * 1024].map((count) => count * MEBIBYTE);

/** A query that would read more asks first; undefined when none asks. */
export const bytesLimit: Store<number | undefined> = persisted<number | undefined>('bytesLimit', undefined, (kept) =>
  BYTES_LIMITS.find((limit) => limit === kept),
);
