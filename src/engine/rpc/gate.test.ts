import { expect, test, vi } from 'vitest';
import { gate } from './gate.ts';

test('work passes an open gate, waits at a held one, and goes on when it is let go', async () => {
  const { signal } = new AbortController();
  const held = gate();
  await held.passed(signal);
  held.hold(true);
  let isThrough = false;
  const passing = held.passed(signal).then(() => {
    isThrough = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(isThrough).toBe(false);
  held.hold(false);
  await passing;
  expect(isThrough).toBe(true);
});

test('work that is given up does not wait any longer', async () => {
  const controller = new AbortController();
  const held = gate();
  held.hold(true);
  const passing = held.passed(controller.signal);
  controller.abort();
  await expect(passing).rejects.toThrow();
});

test('nothing listens for the end of the work once it has passed', async () => {
  const { signal } = new AbortController();
  const [added, removed] = [vi.spyOn(signal, 'addEventListener'), vi.spyOn(signal, 'removeEventListener')];
  const held = gate();
  held.hold(true);
  const passing = held.passed(signal);
  held.hold(false);
  await passing;
  expect(added).toHaveBeenCalledOnce();
  expect(removed.mock.calls).toEqual(added.mock.calls);
});
