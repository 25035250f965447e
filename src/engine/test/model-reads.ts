import { expect } from 'vitest';
import { inserted, type Rows, type Stream, streamRows, view } from './model.ts';
import { cells, endWork, type Game, pick, type Step, sorted, write } from './model-game.ts';

/** What is read of streams and of former states, and what the whole warehouse shows. */

interface Readable {
  readonly name: string;
  readonly stream: Stream;
  /** The rows that it reaches to. */
  readonly end: Rows;
}

/** A stream whose table is still there, as the session sees it. */
function pickStream({ model, dice }: Game, session: number): Readable | undefined {
  const work = model.work[session];
  const streams = work?.streams ?? model.streams;
  const [name, stream] = [...streams][dice(2)] ?? [];
  const source = stream && view(model, session).get(stream.table);
  if (name === undefined || source?.uid !== stream?.uid || !stream || !source) return undefined;
  return { name, stream, end: work?.reads.get(name) ?? source.rows };
}

const told = (from: Rows, to: Rows) =>
  sorted(streamRows(from, to).map(([row, action, isUpdate]) => [...cells(row), action, isUpdate]));

const CHANGES = 'id, n, s, change$action, change$is_update';

export const readStream: Step = async (game, session) => {
  const found = pickStream(game, session);
  if (!found) return;
  const { name, stream, end } = found;
  game.log.push(`${session}: read ${name}`);
  const shown = await game.sessions[session]?.rows(`SELECT ${CHANGES} FROM ${name}`);
  expect(sorted(shown ?? []), game.log.slice(-60).join('\n')).toEqual(told(stream.offset, end));
  game.model.work[session]?.reads.set(name, end);
};

/** The offset moves when the statement commits, or the transaction that it ends. */
export const consume: Step = async (game, session) => {
  const { model } = game;
  const [found, target] = [pickStream(game, session), pick(game, session)];
  if (!found || !target) return;
  const { name, stream, end } = found;
  const rows = streamRows(stream.offset, end).flatMap(([row, action]) => (action === 'INSERT' ? [row] : []));
  const outcome = inserted(model, target.table.rows, rows);
  const sql = `INSERT INTO ${target.name} SELECT id, n, s FROM ${name} WHERE change$action = 'INSERT'`;
  await write(game, session, sql, { ...target, outcome });
  const work = model.work[session];
  if (!work) {
    model.streams.set(name, { ...stream, offset: end });
    return;
  }
  work.reads.set(name, end);
  work.consumed.add(name);
  await endWork(game, session, 'COMMIT');
};

export const remember: Step = async (game, session) => {
  const target = pick(game, session);
  if (!target || game.model.work[session]) return;
  const sql = `SELECT snapshot_id FROM fuse_snapshot('default', '${target.name}') LIMIT 1`;
  const snapshot = (await game.sessions[session]?.rows(sql))?.[0]?.[0];
  if (typeof snapshot === 'string') game.past.push({ ...target, snapshot });
};

export const lookBack: Step = async (game, session) => {
  const past = game.past[game.dice(game.past.length)];
  if (!past || view(game.model, session).get(past.name)?.uid !== past.table.uid) return;
  game.log.push(`${session}: look back at ${past.name} ${past.snapshot}`);
  const shown = await game.sessions[session]?.rows(
    `SELECT id, n, s FROM ${past.name} AT (SNAPSHOT => '${past.snapshot}')`,
  );
  expect(sorted(shown ?? []), game.log.slice(-60).join('\n')).toEqual(sorted([...past.table.rows.values()].map(cells)));
};

/** Every table as each session sees it, and every stream as one that has no transaction open does. */
export async function check(game: Game): Promise<void> {
  const { model, sessions, log } = game;
  for (const [session, engine] of sessions.entries()) {
    for (const [name, { rows }] of view(model, session)) {
      const shown = await engine.rows(`SELECT id, n, s FROM ${name}`);
      expect(sorted(shown), `session ${session} reads ${name} after\n${log.slice(-60).join('\n')}`).toEqual(
        sorted([...rows.values()].map(cells)),
      );
    }
  }
  const reader = sessions[model.work.findIndex((work) => !work)];
  for (const [name, { table, uid, offset }] of reader ? model.streams : []) {
    const source = model.committed.get(table);
    if (source?.uid !== uid) continue;
    const shown = await reader?.rows(`SELECT ${CHANGES} FROM ${name}`);
    expect(sorted(shown ?? []), `stream ${name} after\n${log.slice(-60).join('\n')}`).toEqual(
      told(offset, source.rows),
    );
  }
}
