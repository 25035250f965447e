import { expect } from 'vitest';
import type { TestEngine } from './engine.ts';
import {
  committed,
  isContended,
  isOverread,
  type Model,
  type Outcome,
  type Row,
  setTable,
  streamRows,
  type Table,
  view,
  type Work,
} from './model.ts';

export type Dice = (sides: number) => number;

/** The same seed throws the same numbers: Marsaglia's xorshift. */
export function diceOf(seed: number): Dice {
  let state = seed * 2654435761;
  return (sides) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % sides;
  };
}

export interface Past {
  readonly name: string;
  readonly snapshot: string;
  readonly table: Table;
}

export interface Game {
  readonly dice: Dice;
  readonly model: Model;
  /** In two engines over one warehouse. */
  readonly sessions: readonly TestEngine[];
  readonly log: string[];
  /** Committed states by the name of their snapshot. */
  readonly past: Past[];
}

/** Runs a statement that must succeed or fail with that code; gives its first row as numbers. */
export async function run(game: Game, session: number, sql: string, error?: number): Promise<readonly number[]> {
  game.log.push(`${session}: ${sql}`);
  const engine = game.sessions[session];
  if (!engine) throw new Error('no such session');
  const last = (await engine.run(sql)).at(-1);
  const code = last?.ok === false ? last.error.code : undefined;
  expect(code, `${game.log.slice(-40).join('\n')}\n${last?.ok === false ? last.error.message : ''}`).toBe(error);
  return last?.ok ? (last.rows[0] ?? []).map(Number) : [];
}

/** A statement that fails within a transaction ends it. */
export async function write(
  game: Game,
  session: number,
  sql: string,
  target: { name: string; table: Table; outcome: Outcome },
) {
  const { model } = game;
  const { name, table, outcome } = target;
  if ('error' in outcome) {
    await run(game, session, sql, outcome.error);
    if (!model.work[session]) return;
    await run(game, session, 'ROLLBACK');
    model.work[session] = undefined;
    return;
  }
  expect(await run(game, session, sql), game.log.slice(-40).join('\n')).toEqual(outcome.count);
  setTable(model, session, name, { ...table, rows: outcome.rows });
}

export function pick(game: Game, session: number): { name: string; table: Table } | undefined {
  const all = [...view(game.model, session)];
  const found = all[game.dice(all.length)];
  return found && { name: found[0], table: found[1] };
}

export type Step = (game: Game, session: number) => Promise<void>;

/** A commit that others' commits stand against may fail; one that succeeds has lost nothing of either. */
export async function endWork(game: Game, session: number, sql: string): Promise<boolean> {
  const { model, sessions, log } = game;
  const work = model.work[session];
  log.push(`${session}: ${sql}`);
  const last = (await sessions[session]?.run(sql))?.at(-1);
  model.work[session] = undefined;
  if (!work) return last?.ok === true;
  if (last?.ok === false) {
    expect([4001, 2014, 2734], `${log.slice(-60).join('\n')}\n${last.error.message}`).toContain(last.error.code);
    expect(
      isContended(model, work) || isOverread(model, work),
      `${log.slice(-60).join('\n')}\n${last.error.message}`,
    ).toBe(true);
    return false;
  }
  const next = committed(model, work);
  expect(next, `this commit loses changes:\n${log.slice(-60).join('\n')}`).toBeDefined();
  model.committed = next ?? model.committed;
  moveStreams(game, work);
  return true;
}

/** Reading nothing moves nothing, so that others may have read meanwhile; else nobody can have. */
function moveStreams({ model, log }: Game, { streams, reads, consumed }: Work): void {
  for (const name of consumed) {
    const [stream, now, offset] = [streams.get(name), model.streams.get(name), reads.get(name)];
    if (!stream || !now || !offset) continue;
    const isTaken = now.uid !== stream.uid || streamRows(stream.offset, now.offset).length > 0;
    const isEmpty = streamRows(stream.offset, offset).length === 0;
    expect(isTaken && !isEmpty, `${name} was read twice:\n${log.slice(-60).join('\n')}`).toBe(false);
    if (!isTaken) model.streams.set(name, { ...stream, offset });
  }
}

export const sorted = (rows: readonly (readonly unknown[])[]) => rows.map((row) => JSON.stringify(row)).sort();
export const cells = ({ id, n, s }: Row) => [id === null ? null : String(id), n === null ? null : String(n), s];
