import { expect, test } from 'vitest';
import { isScratch, scratchName } from './scratch.ts';

test('the table of a dry run has a name of its own each time, and no name a person chose is one', () => {
  const [first, second] = [scratchName(), scratchName()];
  expect([isScratch(first), isScratch(second), first === second]).toEqual([true, true, false]);
  expect(['boathouse_dry_run', '__boathouse_dry_run_mine', `${first}_copy`].map(isScratch)).toEqual([
    false,
    false,
    false,
  ]);
});
