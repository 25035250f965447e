import { beforeEach, expect, test, vi } from 'vitest';
import { beginTurn, giveWay } from './turns.ts';

const { signal } = new AbortController();

let now = 0;
let onTick: (now: number) => void = () => {};

/** A clock that moves by ten milliseconds whenever somebody looks at it. */
beforeEach(() => {
  now = 0;
  onTick = () => {};
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 10;
    onTick(now);
    return now;
  });
});

async function millisecondsOf(work: Promise<void>): Promise<number> {
  const start = now;
  await work;
  return now - start;
}

test('a long query goes on at once when nothing began after it', async () => {
  const end = beginTurn();
  expect(await millisecondsOf(giveWay(performance.now(), signal))).toBeLessThan(100);
  end();
});

test('it waits for the end of what began later, and not for ever', async () => {
  const since = performance.now();
  const end = beginTurn();
  onTick = (at) => at > 120 && end();
  expect(await millisecondsOf(giveWay(since, signal))).toBeLessThan(200);
  expect(now).toBeGreaterThan(120);
  const endNever = beginTurn();
  expect(await millisecondsOf(giveWay(since, signal))).toBeGreaterThan(240);
  endNever();
});

test('it waits for nothing that is old already', async () => {
  const since = performance.now();
  const end = beginTurn();
  now += 1000;
  expect(await millisecondsOf(giveWay(since, signal))).toBeLessThan(100);
  end();
});

test('it waits no longer once it is cancelled', async () => {
  const since = performance.now();
  const end = beginTurn();
  expect(await millisecondsOf(giveWay(since, AbortSignal.abort()))).toBeLessThan(100);
  end();
});
