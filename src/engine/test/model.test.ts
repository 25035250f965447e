import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { twoEngines } from './engine.ts';
import {
  begun,
  deleted,
  emptyModel,
  inserted,
  merged,
  type Row,
  replaced,
  setTable,
  updated,
  updatedFrom,
} from './model.ts';
import { diceOf, endWork, type Game, pick, run, type Step, write } from './model-game.ts';
import { check, consume, lookBack, readStream, remember } from './model-reads.ts';

/** Random statements of two sessions, checked against a model. BOATHOUSE_LONG=1 runs thousands. */

const isLong = process.env['BOATHOUSE_LONG'] === '1';
const STEPS = isLong ? 1000 : 120;
/** Looking at everything costs more than the statements. */
const STEPS_BETWEEN_CHECKS = 5;
const SEEDS = isLong ? [1, 2, 3, 4] : [11, 12];

const folder = mkdtempSync(join(tmpdir(), 'boathouse-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

const NAMES = ['t0', 't1', 't2'];
const FILES: readonly (readonly Row[])[] = [
  [
    { id: 1, n: 10, s: 'f0' },
    { id: 50, n: 11, s: 'f0' },
  ],
  [{ id: 2, n: 12, s: 'f1' }],
];

const text = (value: number | string | null) => (typeof value === 'string' ? `'${value}'` : String(value));

const insertValues: Step = async (game, session) => {
  const target = pick(game, session);
  if (!target) return;
  const { dice, model } = game;
  const rows = Array.from({ length: 1 + dice(4) }, (): Row => {
    const id = dice(12) === 0 ? null : dice(30);
    return { id, n: dice(20), s: dice(4) === 0 ? null : `s${dice(9)}` };
  });
  const values = rows.map(({ id, n, s }) => `(${[id, n, s].map(text).join(', ')})`).join(', ');
  await write(game, session, `INSERT INTO ${target.name} VALUES ${values}`, {
    ...target,
    outcome: inserted(model, target.table.rows, rows),
  });
};

const insertSelect: Step = async (game, session) => {
  const [target, source] = [pick(game, session), pick(game, session)];
  if (!target || !source || source.table.rows.size > 200) return;
  const overwrite = game.dice(4) === 0;
  const rows = [...source.table.rows.values()].map((row) => ({ ...row, id: row.id === null ? null : row.id + 7 }));
  await write(
    game,
    session,
    `INSERT ${overwrite ? 'OVERWRITE' : 'INTO'} ${target.name} SELECT id + 7, n, s FROM ${source.name}`,
    {
      name: target.name,
      table: { ...target.table, loaded: overwrite ? new Map() : target.table.loaded },
      outcome: inserted(game.model, overwrite ? new Map() : target.table.rows, rows),
    },
  );
};

const update: Step = async (game, session) => {
  const target = pick(game, session);
  if (!target) return;
  const [by, rest] = [1 + game.dice(6), game.dice(6)];
  await write(game, session, `UPDATE ${target.name} SET n = n + 1, s = s || '!' WHERE id % ${by} = ${rest}`, {
    ...target,
    outcome: updated(
      target.table.rows,
      ({ id }) => id !== null && id % by === rest,
      (row) => ({ ...row, n: (row.n ?? 0) + 1, s: row.s === null ? null : `${row.s}!` }),
    ),
  });
};

const remove: Step = async (game, session) => {
  const target = pick(game, session);
  if (!target) return;
  const limit = game.dice(40);
  const isHit = ({ id, n }: Row) => id !== null && id > limit && n !== 3;
  await write(game, session, `DELETE FROM ${target.name} WHERE id > ${limit} AND n <> 3`, {
    ...target,
    outcome: deleted(target.table.rows, isHit),
  });
};

const updateFrom: Step = async (game, session) => {
  const [target, source] = [pick(game, session), pick(game, session)];
  if (!target || !source) return;
  await write(game, session, `UPDATE ${target.name} AS t SET n = o.n FROM ${source.name} AS o WHERE t.id = o.id`, {
    ...target,
    outcome: updatedFrom(target.table.rows, [...source.table.rows.values()]),
  });
};

const merge: Step = async (game, session) => {
  const [target, source] = [pick(game, session), pick(game, session)];
  if (!target || !source) return;
  const bound = game.dice(40);
  const rows = [...source.table.rows.values()].filter(({ id }) => id === null || id < bound);
  const sql = `MERGE INTO ${target.name} AS t USING (SELECT * FROM ${source.name} WHERE id IS NULL OR id < ${bound}) AS o
    ON t.id = o.id WHEN MATCHED AND o.n % 3 = 0 THEN DELETE WHEN MATCHED THEN UPDATE SET n = o.n, s = o.s
    WHEN NOT MATCHED THEN INSERT *`;
  await write(game, session, sql, { ...target, outcome: merged(game.model, target.table.rows, rows) });
};

const replace: Step = async (game, session) => {
  const [target, source] = [pick(game, session), pick(game, session)];
  if (!target || !source) return;
  const by = 1 + game.dice(5);
  const rows = [...source.table.rows.values()].filter(({ id }) => id !== null && id % by === 0);
  await write(game, session, `REPLACE INTO ${target.name} ON (id) SELECT * FROM ${source.name} WHERE id % ${by} = 0`, {
    ...target,
    outcome: replaced(game.model, target.table.rows, rows),
  });
};

const copy: Step = async (game, session) => {
  const target = pick(game, session);
  if (!target) return;
  const [file, force] = [game.dice(FILES.length), game.dice(3) === 0];
  const { loaded } = target.table;
  const name = `f${file}.csv`;
  await run(
    game,
    session,
    `COPY INTO ${target.name} FROM @files/${name} FILE_FORMAT = (TYPE = CSV)${force ? ' FORCE = TRUE' : ''}`,
  );
  if (loaded.has(name) && !force) return;
  const { rows } = inserted(game.model, target.table.rows, FILES[file] ?? []);
  setTable(game.model, session, target.name, {
    ...target.table,
    rows,
    loaded: new Map(loaded).set(name, game.model.nextId++),
  });
};

const begin: Step = async (game, session) => {
  const { model } = game;
  await run(game, session, 'BEGIN');
  model.work[session] ??= begun(model);
};

const rollback: Step = async (game, session) => {
  await run(game, session, 'ROLLBACK');
  game.model.work[session] = undefined;
};

const commit: Step = async (game, session) => {
  await endWork(game, session, 'COMMIT');
};

const create: Step = async (game, session) => {
  const { model, dice } = game;
  const name = NAMES[dice(NAMES.length)] ?? 't0';
  if (model.work[session]) return;
  if (model.committed.has(name) && dice(4) > 0) return;
  await run(game, session, `CREATE OR REPLACE TABLE ${name} (id INT, n INT, s VARCHAR)`);
  setTable(model, session, name, { uid: model.nextId++, rows: new Map(), loaded: new Map() });
};

const truncate: Step = async (game, session) => {
  const target = pick(game, session);
  if (!target || game.model.work[session]) return;
  await run(game, session, `TRUNCATE TABLE ${target.name}`);
  setTable(game.model, session, target.name, { ...target.table, rows: new Map(), loaded: new Map() });
};

const createStream: Step = async (game, session) => {
  const target = pick(game, session);
  if (!target || game.model.work[session]) return;
  const name = `s${game.dice(2)}`;
  await run(game, session, `CREATE OR REPLACE STREAM ${name} ON TABLE ${target.name} APPEND_ONLY = FALSE`);
  game.model.streams.set(name, { table: target.name, uid: target.table.uid, offset: target.table.rows });
};

/** Each as often as it stands here. */
const DECK: readonly Step[] = [
  ...Array.from({ length: 4 }, () => insertValues),
  ...[insertSelect, update, update, remove, remove, updateFrom, merge, merge, replace, copy],
  ...[begin, begin, commit, commit, rollback, create, truncate, createStream, consume],
  ...[readStream, readStream, remember, lookBack, lookBack],
];

test.each(SEEDS)(
  'two sessions see what the model says, seed %i',
  async (seed) => {
    const game: Game = {
      dice: diceOf(seed),
      model: emptyModel(2),
      sessions: await twoEngines(),
      log: [],
      past: [],
    };
    for (const [index, rows] of FILES.entries()) {
      const lines = rows.map((row) => `${row.id},${row.n},${row.s}\n`);
      writeFileSync(join(folder, `f${index}.csv`), lines.join(''));
    }
    await game.sessions[0]?.rows(`CREATE OR REPLACE STAGE files URL = 'fs://${folder}/'`);
    for (const name of ['t0', 't1']) {
      await run(game, 0, `CREATE TABLE ${name} (id INT, n INT, s VARCHAR)`);
      setTable(game.model, 0, name, { uid: game.model.nextId++, rows: new Map(), loaded: new Map() });
    }
    for (let step = 0; step < STEPS; step++) {
      const session = game.dice(2);
      const play = DECK[game.dice(DECK.length)];
      await play?.(game, session);
      if (step % STEPS_BETWEEN_CHECKS === 0) await check(game);
    }
    await check(game);
    expect(game.log.length).toBeGreaterThan(STEPS / 2);
  },
  isLong ? 3_600_000 : 240_000,
);
