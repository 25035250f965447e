import { expect, test } from 'vitest';
import { beginTurn, giveWay } from './turns.ts';

const { signal } = new AbortController();

async function millisecondsOf(work: Promise<void>): Promise<number> {
  const start = performance.now();
  await work;
  return performance.now() - start;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('a long query goes on at once when nothing began after it', async () => {
  const end = beginTurn();
  await pause(2);
  expect(await millisecondsOf(giveWay(performance.now(), signal))).toBeLessThan(200);
  end();
});

test('it waits for the end of what began later, and not for ever', async () => {
  const since = performance.now();
  await pause(2);
  const end = beginTurn();
  let hasEnded = false;
  setTimeout(() => {
    hasEnded = true;
    end();
  }, 10);
  await giveWay(since, signal);
  expect(hasEnded).toBe(true);
  const endNever = beginTurn();
  const took = await millisecondsOf(giveWay(since, signal));
  expect(took).toBeGreaterThan(240);
  endNever();
});

test('it waits no longer once it is cancelled', async () => {
  const since = performance.now();
  await pause(2);
  const end = beginTurn();
  expect(await millisecondsOf(giveWay(since, AbortSignal.abort()))).toBeLessThan(200);
  end();
});
