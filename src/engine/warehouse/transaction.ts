import { assert } from '../base/errors.ts';
import type { EncodedFile } from '../table/data-file.ts';
import type { TableSnapshot } from '../table/snapshot.ts';
import { type DataFile, previewChange, type TableWrite } from '../table/write.ts';
import { replay } from './change.ts';
import { commitTransaction } from './commit.ts';
import type { AlterOptions, CommitResult, CreateOptions, TakenNumbers, Transaction } from './contract.ts';
import type { Engine } from './engine.ts';
import { lastRunOf } from './find.ts';
import type {
  CatalogObject,
  Definition,
  DroppedObject,
  LoadedFile,
  ObjectId,
  ObjectKind,
  ObjectOf,
  TableRecord,
  TableVersion,
  TaskRun,
} from './object.ts';
import { unknownObject } from './object-kinds.ts';
import { decide, gone, type Operation } from './operation.ts';
import { seenBy } from './session-view.ts';
import type { CatalogState } from './state.ts';
import {
  changeOf,
  definitionOf,
  pendingVersion,
  sameDefinition,
  type TableDraft,
  type TableStep,
} from './table-draft.ts';
import { type TransactionFiles, transactionFiles } from './transaction-files.ts';

export class CatalogTransaction implements Transaction {
  readonly id: string;
  readonly #engine: Engine;
  readonly #session: string | undefined;
  readonly #base: CatalogState;
  readonly #operations: Operation[] = [];
  readonly #drafts = new Map<ObjectId, TableDraft>();
  readonly #files: TransactionFiles;
  #state: CatalogState;
  /** After `commit`, what the transaction wrote is not its to remove. */
  #isOver = false;

  constructor(engine: Engine, session?: string) {
    this.#session = session;
    this.id = engine.host.newId();
    this.#engine = engine;
    this.#base = engine.state();
    this.#state = this.#base;
    this.#files = transactionFiles(this.id, engine.store, engine.host);
  }

  state(): CatalogState {
    return seenBy(this.#state, this.#session);
  }

  create<Kind extends ObjectKind>(
    definition: Definition<Kind>,
    { orReplace = false }: CreateOptions = {},
  ): ObjectOf<Kind> {
    const { host } = this.#engine;
    const now = host.now();
    const given = { id: newObjectId(host.newId()), version: 1, createdOn: now, updatedOn: now };
    const folder = definition.kind === 'Table' ? { folder: host.newId() } : {};
    // A definition and what the transaction gives make up a record of the same kind.
    const object = { ...definition, ...given, ...folder } as unknown as CatalogObject;
    this.#operate({ kind: 'Create', object, orReplace });
    if (object.kind === 'Table' && object.external === undefined) {
      this.#addStep(object, { kind: 'Create', definition: definitionOf(object), id: object.folder, now });
      this.#showVersion(object, pendingVersion(undefined, NO_FILES, now));
    }
    return object as ObjectOf<Kind>;
  }

  alter<Kind extends ObjectKind>(object: ObjectOf<Kind>, { renames = new Map() }: AlterOptions = {}): ObjectOf<Kind> {
    const current = this.#state.objects.get(object.id);
    if (!current) throw gone(object);
    const changed = { version: current.version + 1, updatedOn: this.#engine.host.now() };
    const next: CatalogObject = Object.assign({}, object, changed);
    this.#operate({ kind: 'Alter', object: next, from: object.version });
    if (next.kind !== 'Table' || current.kind !== 'Table' || next.external !== undefined) return next as ObjectOf<Kind>;
    if (!sameDefinition(current, next)) {
      this.#addStep(next, { kind: 'Alter', definition: definitionOf(next), renames });
    }
    return next as ObjectOf<Kind>;
  }

  drop(object: ObjectOf<ObjectKind>): void {
    this.#operate({ kind: 'Drop', object, now: this.#engine.host.now() });
  }

  undrop(dropped: DroppedObject): void {
    this.#operate({ kind: 'Undrop', object: dropped.object });
  }

  purge({ object }: DroppedObject): void {
    this.#operate({ kind: 'Purge', id: object.id });
  }

  async snapshot(table: TableRecord, signal: AbortSignal): Promise<TableSnapshot> {
    const draft = this.#drafts.get(table.id);
    const version = draft ? draft.base : this.#base.tableVersions.get(table.id)?.version;
    const committed = version === undefined ? undefined : await this.#engine.snapshotAt(table, version, signal);
    if (draft) return previewChange(committed, changeOf(draft, committed));
    if (committed) return committed;
    throw unknownObject('Table', table.name, []);
  }

  writeFile(table: TableRecord, file: EncodedFile, signal: AbortSignal): Promise<DataFile> {
    return this.#files.write(table, file, signal);
  }

  write(table: TableRecord, write: TableWrite): void {
    if (!this.#state.objects.has(table.id)) throw gone(table);
    if (write.added.length === 0 && write.removed.length === 0) return;
    this.#addStep(table, { kind: 'Write', write });
    const current = this.#state.tableVersions.get(table.id);
    this.#showVersion(table, pendingVersion(current, write, this.#engine.host.now()));
  }

  restore(table: TableRecord, former: TableSnapshot): void {
    const current = this.#state.tableVersions.get(table.id);
    if (!current) throw gone(table);
    this.#addStep(table, { kind: 'Restore', former });
    const { rows, bytes, files } = former;
    this.#showVersion(table, { ...current, rows, bytes, files: files.size, updatedOn: this.#engine.host.now() });
  }

  recordLoads(table: TableRecord, files: readonly LoadedFile[], { force }: { readonly force: boolean }): void {
    this.#operate({ kind: 'RecordLoads', table: table.id, files, force });
  }

  forgetLoads(table: TableRecord): void {
    this.#operate({ kind: 'ForgetLoads', table: table.id });
  }

  takeNumbers(table: TableRecord, taken: TakenNumbers): void {
    this.#operate({ kind: 'TakeNumbers', table: table.id, ...taken });
  }

  recordRun(run: TaskRun): void {
    this.#operate({ kind: 'RecordRun', run, last: lastRunOf(this.#state, run.taskId)?.id });
  }

  commit(signal: AbortSignal): Promise<CommitResult> {
    assert(!this.#isOver, 'a transaction ends once');
    this.#isOver = true;
    const pending = { id: this.id, operations: this.#operations, drafts: this.#drafts, files: this.#files };
    return commitTransaction(this.#engine, pending, signal);
  }

  async rollback(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    await this.#files.finish(new Set());
  }

  #operate(operation: Operation): void {
    this.#state = replay(this.#state, decide(this.#state, operation), this.#base.version);
    this.#operations.push(operation);
  }

  #addStep(table: TableRecord, step: TableStep): void {
    const draft = this.#drafts.get(table.id);
    const base = draft ? draft.base : this.#base.tableVersions.get(table.id)?.version;
    this.#drafts.set(table.id, { table, base, steps: [...(draft?.steps ?? []), step] });
  }

  #showVersion({ id }: TableRecord, version: TableVersion): void {
    this.#state = replay(this.#state, [{ kind: 'Wrote', table: id, version }], this.#base.version);
  }
}

const NO_FILES = { added: [], removed: [], operation: 'CREATE TABLE' };

/** 52 random bits: a safe integer that is never given twice. */
function newObjectId(random: string): ObjectId {
  return Number.parseInt(random.slice(0, 13), 16);
}
