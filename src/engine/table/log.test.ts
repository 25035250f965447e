import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memoryStore } from '../stores/memory.ts';
import type { WritableStore } from '../stores/store.ts';
import { tries } from '../test/long.ts';
import { sharedData } from '../test/parquet.ts';
import { encodeSimply } from '../test/table-encoder.ts';
import { plain } from '../types/type.ts';
import { type Action, printActions } from './action.ts';
import { readChanges } from './changes.ts';
import { writeCheckpoint } from './checkpoint.ts';
import { commitPath } from './layout.ts';
import { readSnapshot } from './log.ts';
import { checkpointInterval } from './metadata.ts';
import { advance, type Commit, type TableSnapshot } from './snapshot.ts';
import { NO_CHANGE, stageCommit, stageCreate, stageMetaData, stageWrite, type TableChange } from './write.ts';

const { signal } = new AbortController();
const shared = sharedData('delta');

/** A table's log and nothing else of it. */
async function logOf(folder: string): Promise<WritableStore> {
  const store = memoryStore();
  const root = join(shared.path, folder, '_delta_log');
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    await store.write(`t/_delta_log${path.slice(root.length)}`, readFileSync(path), { ifAbsent: true, signal });
  }
  return store;
}

interface Known {
  readonly version: number;
  readonly rows: number;
}

/** The newest version and its rows as an independent reader gives them, for the tables that it reads. */
function knownTables(): [string, Known][] {
  if (!shared.present) return [];
  const index = JSON.parse(readFileSync(join(shared.path, 'expected/index.json'), 'utf8')) as Record<string, string>;
  return Object.entries(index).flatMap(([name, said]): [string, Known][] => {
    const match = /^version (\d+), (\d+) rows$/.exec(said);
    return match ? [[name, { version: Number(match[1]), rows: Number(match[2]) }]] : [];
  });
}

const UNCOUNTED = [
  'delta-0.2.0',
  'delta-0.8.0-date',
  'delta-0.8.0-null-partition',
  'delta-0.8.0-numeric-partition',
  'delta-0.8.0-partitioned',
  'delta-0.8.0-special-partition',
  'delta-checkpoint-stats-optional',
  'delta-stats-optional',
  'golden/data-reader-array-primitives',
  'simple_table',
  'simple_table_with_checkpoint',
];

describe.skipIf(!shared.present)('logs of other writers (skipped where the shared Delta tables are missing)', () => {
  test.each(knownTables())('%s folds to its newest version', async (name, { version, rows }) => {
    const log = { store: await logOf(name), folder: 't' };
    const snapshot = await readSnapshot(log, signal);
    expect(snapshot.version).toBe(version);
    // Files of these were written without statistics.
    expect(snapshot.rows).toBe(UNCOUNTED.includes(name) ? undefined : rows);
    const asked = await readSnapshot(log, signal, version);
    expect([...asked.files.keys()].sort()).toEqual([...snapshot.files.keys()].sort());
  });

  test('a version that is gone is said to be missing', async () => {
    const log = { store: await logOf('simple_table'), folder: 't' };
    await expect(readSnapshot(log, signal, 99)).rejects.toMatchObject({ kind: 'StorageNotFound' });
  });
});

const CONTEXT = { transaction: 'x', now: 1_700_000_000_000 };
const COLUMNS = [
  { name: 'a', type: plain('Int64'), nullable: true },
  { name: 'b', type: plain('UInt64'), nullable: false },
];

function changeOf(base: TableSnapshot, step: number, kind: number): TableChange {
  if (kind === 0) {
    const columns = COLUMNS.map((column) => ({ ...column, name: `${column.name}${step}` }));
    const renames = new Map(columns.map(({ name }, index) => [name, base.fields[index]?.name ?? '']));
    return stageMetaData(NO_CHANGE, base.metadata, { name: 't', comment: `${step}`, columns }, renames);
  }
  const removed = kind === 1 ? [...base.files.values()].slice(0, 2) : [];
  const rows = step + 1;
  const stats = `{"numRecords":${rows}}`;
  const added = [{ path: `data/ü ${step}.parquet`, size: 10, rows, stats, modificationTime: step }];
  return stageWrite(NO_CHANGE, { added, removed, operation: 'WRITE' });
}

/** The commits of a table that is created and then changed as the numbers say. */
function historyOf(kinds: readonly number[]): { readonly commits: Commit[]; readonly states: TableSnapshot[] } {
  const created = stageCreate({ name: 't', comment: '', columns: COLUMNS }, 'ab'.repeat(16), CONTEXT.now);
  const commits = [stageCommit(undefined, created, CONTEXT)];
  const states = [advance(undefined, commits)];
  for (const [step, kind] of kinds.entries()) {
    const base = states.at(-1);
    if (!base) throw new Error('no base');
    const commit = stageCommit(base, changeOf(base, step, kind), CONTEXT);
    commits.push(commit);
    states.push(advance(base, [commit]));
  }
  return { commits, states };
}

async function storeOf(commits: readonly Commit[]): Promise<WritableStore> {
  const store = memoryStore();
  for (const { version, actions } of commits) {
    const bytes = new TextEncoder().encode(printActions(actions));
    await store.write(commitPath('t', version), bytes, { ifAbsent: true, signal });
  }
  return store;
}

/** A checkpoint says of every file that it changes nothing. */
function withoutDataChange(snapshot: TableSnapshot | undefined): unknown {
  return JSON.parse(
    JSON.stringify(snapshot, (key, value) => {
      if (value instanceof Map) return [...value];
      return key === 'dataChange' ? undefined : value;
    }),
  );
}

const histories = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 12 });

test('a log read from a checkpoint agrees with one read from its start', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.nat(), async (kinds, at) => {
      const { commits, states } = historyOf(kinds);
      const store = await storeOf(commits);
      const log = { store, folder: 't' };
      const checkpointed = states[at % states.length];
      if (!checkpointed) throw new Error('no state');
      await writeCheckpoint(log, checkpointed, { encode: encodeSimply, now: CONTEXT.now }, signal);
      for (let version = 0; version <= checkpointed.version; version++)
        await store.remove(commitPath('t', version), signal);
      const whole = states.at(-1);
      const read = await readSnapshot(log, signal);
      expect(withoutDataChange(read)).toEqual(withoutDataChange(whole));
    }),
    { numRuns: tries(25), seed: 1 },
  );
});

test('row ids follow each other over all files that a table ever had', () => {
  const { states } = historyOf([2, 1, 1, 2, 1]);
  const given = states.flatMap(({ files }) => [...files.values()]);
  const ranges = new Map(given.map((file) => [file.path, [file.baseRowId, file.rows]]));
  expect([...ranges.values()]).toEqual([
    [0, 1],
    [1, 2],
    [3, 3],
    [6, 4],
    [10, 5],
  ]);
});

test('changes leave out files that came and went', async () => {
  const { commits } = historyOf([2, 2, 1, 2]);
  const log = { store: await storeOf(commits), folder: 't' };
  const paths = (files: readonly { readonly path: string }[]) => files.map(({ path }) => path);
  const { added, removed, appendOnly } = await readChanges(log, { from: 1, to: 4 }, signal);
  expect([paths(added), paths(removed), appendOnly]).toEqual([
    ['data/ü 2.parquet', 'data/ü 3.parquet'],
    ['data/ü 0.parquet'],
    false,
  ]);
  expect((await readChanges(log, { from: 3, to: 4 }, signal)).appendOnly).toBe(true);
});

test('a renamed column keeps its name in data files', () => {
  const { states } = historyOf([0, 0]);
  const snapshot = states.at(-1);
  expect(snapshot?.fields.map(({ name, delta }) => [name, delta.metadata['delta.columnMapping.physicalName']])).toEqual(
    [
      ['a1', 'a'],
      ['b1', 'b'],
    ],
  );
  expect(snapshot?.protocol.minReaderVersion).toBe(2);
});

test('a reader feature that we lack is named', () => {
  const { commits } = historyOf([]);
  const protocol: Action = {
    kind: 'Protocol',
    minReaderVersion: 3,
    minWriterVersion: 7,
    readerFeatures: ['teleportation'],
    writerFeatures: ['teleportation'],
  };
  expect(() => advance(undefined, [...commits, { version: 1, actions: [protocol] }])).toThrow(
    "Delta table feature 'teleportation' is not supported",
  );
});

test('a column that becomes NOT NULL later is so for us alone', () => {
  const { states } = historyOf([2]);
  const base = states.at(-1);
  if (!base) throw new Error('no base');
  const [a, b] = COLUMNS;
  if (!a || !b) throw new Error('no columns');
  const columns = [
    { ...a, nullable: false },
    { ...b, nullable: true },
    { ...b, name: 'c' },
  ];
  const altered = stageMetaData(NO_CHANGE, base.metadata, { name: 't', comment: '', columns }, new Map());
  const { fields } = advance(base, [stageCommit(base, altered, CONTEXT)]);
  expect(fields.map(({ name, nullable, delta }) => [name, nullable, delta.nullable])).toEqual([
    ['a', false, true],
    ['b', true, true],
    ['c', false, true],
  ]);
});

test('tables of many files get checkpoints less often', () => {
  expect([0, 1, 2_000, 2_001, 10_000].map(checkpointInterval)).toEqual([100, 100, 100, 200, 800]);
});
