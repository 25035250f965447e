import type { WritableStore } from '../stores/store.ts';
import type { EncodeParquet } from '../table/data-file.ts';
import type { TableSnapshot } from '../table/snapshot.ts';
import type { ObjectChange } from './contract.ts';
import type { WarehouseHost } from './host.ts';
import type { TableRecord } from './object.ts';
import type { CatalogState } from './state.ts';

/** What the parts of a warehouse share: the newest catalog that is known, and what was read of its tables. */
export interface Engine {
  readonly store: WritableStore;
  readonly host: WarehouseHost;
  readonly encode: EncodeParquet;
  state(): CatalogState;
  /** Takes a state for the newest one unless a newer one is known. */
  learn(state: CatalogState): void;
  refresh(signal: AbortSignal): Promise<CatalogState>;
  /** A committed version of a table. */
  snapshotAt(table: TableRecord, version: number, signal: AbortSignal): Promise<TableSnapshot>;
  keepSnapshot(table: TableRecord, snapshot: TableSnapshot): void;
  /** Tells listeners here and the other engines. */
  announce(version: number, changes: readonly ObjectChange[]): void;
  /** Work that nobody waits for but `idle`. It may fail without harm. */
  later(work: () => Promise<void>): void;
}
