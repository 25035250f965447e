import type { ObjectStore } from '../stores/store.ts';
import type { TableSnapshot } from '../table/snapshot.ts';

/** A table at one version and where its files are. */
export interface OpenTable {
  readonly snapshot: TableSnapshot;
  readonly store: ObjectStore;
  /** Without a slash at its end; empty for the store's root. */
  readonly folder: string;
  /** Tells apart tables that others write, whose files may have any form; undefined for those of the warehouse. */
  readonly foreign?: string | undefined;
}
