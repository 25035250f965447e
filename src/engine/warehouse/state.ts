import type { SharedMap } from '../base/shared-map.ts';
import type { CatalogObject, DroppedObject, LoadedFile, ObjectId, TableVersion, TaskRun } from './object.ts';

/** The whole catalog at one version; immutable. Look-ups by name are the functions beside it. */
export interface CatalogState {
  /** Of the last commit; 0 before the first one. */
  readonly version: number;
  readonly objects: ReadonlyMap<ObjectId, CatalogObject>;
  /** By namespace (see `namespaceOf`), then by name. */
  readonly names: ReadonlyMap<string, ReadonlyMap<string, CatalogObject>>;
  readonly tableVersions: ReadonlyMap<ObjectId, TableVersion>;
  /** By table, then by path; entries may have expired. */
  readonly loads: ReadonlyMap<ObjectId, SharedMap<string, LoadedFile>>;
  /** By id, in the order in which they last changed; the oldest are forgotten. */
  readonly taskRuns: ReadonlyMap<string, TaskRun>;
  readonly dropped: ReadonlyMap<ObjectId, DroppedObject>;
}
