import { expect, test, vi } from 'vitest';
import { AS_IT_CAME, hide, togglePinned } from './arrangement.ts';
import { arrangementOf, readArrangements } from './kept-arrangement.ts';

test('what is kept of an arrangement is read back as it was, and what is not one is left out', () => {
  const arrangement = togglePinned(hide(AS_IT_CAME, 'b'), 'd');
  const kept: unknown = JSON.parse(JSON.stringify([['sheet', arrangement], ['old', { hidden: {} }], 3]));
  expect(readArrangements(kept)).toEqual([['sheet', arrangement]]);
  expect(readArrangements('sheet')).toBe(undefined);
});

test('each worksheet has an arrangement of its own', () => {
  arrangementOf('one').set(hide(AS_IT_CAME, 'a'));
  expect([arrangementOf('one').get().hidden, arrangementOf('two').get()]).toEqual([['a'], AS_IT_CAME]);
});

test('what a page before this one kept is there when the module is read', async () => {
  const arrangement = hide(AS_IT_CAME, 'b');
  vi.stubGlobal('localStorage', { getItem: () => JSON.stringify([['sheet', arrangement]]) });
  vi.resetModules();
  const fresh = await import('./kept-arrangement.ts');
  vi.unstubAllGlobals();
  expect(fresh.arrangementOf('sheet').get()).toEqual(arrangement);
});
