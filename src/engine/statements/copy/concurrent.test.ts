import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeHost } from '../../cli/host.ts';
import { openEngine } from '../../session/engine.ts';
import { memoryStore } from '../../stores/memory.ts';
import { engineOver, type TestEngine } from '../../test/engine.ts';
import { memoryHost } from '../../warehouse/memory-host.ts';

const folder = mkdtempSync(join(tmpdir(), 'boathouse-concurrent-'));
const FILES = 6;
/** Two sessions of one engine, and one of another over the same warehouse. */
let sessions: readonly TestEngine[];

beforeAll(async () => {
  mkdirSync(join(folder, 'd'));
  for (let file = 0; file < FILES; file++) writeFileSync(join(folder, 'd', `${file}.csv`), `${file}\n${file}\n`);
  const host = nodeHost({ data: undefined, version: '0.0.0' });
  const store = memoryStore();
  const owner = memoryHost();
  const core = await openEngine({ ...host, store, warehouse: owner });
  const other = await openEngine({ ...host, store, warehouse: owner.sibling() });
  const { executor } = core.services;
  sessions = [core, core, { ...other, services: { ...other.services, executor } }].map(engineOver);
  await sessions[0]?.rows(`CREATE STAGE s URL = 'fs://${folder}/' FILE_FORMAT = (TYPE = CSV)`);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

test('of sessions that load the same files at once each file is loaded by one', async () => {
  for (let round = 0; round < 5; round++) {
    await sessions[0]?.rows('CREATE OR REPLACE TABLE t (a INT)');
    const results = await Promise.all(sessions.map((session) => session.run('COPY INTO t FROM @s/d')));
    for (const [result] of results) if (result && !result.ok) expect(result.error.kind).toBe('DuplicatedUpsertFiles');
    expect(results.some(([result]) => result?.ok)).toBe(true);
    expect(await sessions[0]?.rows('SELECT count(*), count(DISTINCT a) FROM t')).toEqual([['12', '6']]);
    expect((await sessions[0]?.rows("SELECT * FROM copy_history('t')"))?.length).toBe(FILES);
    expect(await sessions[1]?.rows('COPY INTO t FROM @s/d')).toEqual([]);
  }
});

test('sessions that load different files at once load all of them', async () => {
  await sessions[0]?.rows('CREATE OR REPLACE TABLE t (a INT)');
  const results = await Promise.all(
    sessions.map((session, index) =>
      session.run(`COPY INTO t FROM @s/d FILES = ('${2 * index}.csv', '${2 * index + 1}.csv')`),
    ),
  );
  expect(results.flat().map(({ ok }) => ok)).toEqual([true, true, true]);
  expect(await sessions[2]?.rows('SELECT count(*), count(DISTINCT a) FROM t')).toEqual([['12', '6']]);
});

test('FORCE loads again, and is remembered once', async () => {
  await sessions[0]?.rows('CREATE OR REPLACE TABLE t (a INT)');
  const results = await Promise.all(sessions.map((session) => session.run('COPY INTO t FROM @s/d FORCE = TRUE')));
  expect(results.flat().map(({ ok }) => ok)).toEqual([true, true, true]);
  expect(await sessions[0]?.rows('SELECT count(*) FROM t')).toEqual([['36']]);
  expect((await sessions[0]?.rows("SELECT * FROM copy_history('t')"))?.length).toBe(FILES);
});
