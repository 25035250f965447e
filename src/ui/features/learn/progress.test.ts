import { expect, test } from 'vitest';
import { doneSteps, markDone, PLACES, placeAfter, placeAt } from './progress.ts';

test('an address without a step means the first that is not done', () => {
  expect(placeAt([], []).key).toBe('stage/list');
  expect(placeAt([], ['stage/list']).key).toBe('stage/folder');
  expect(placeAt(['analytics'], ['analytics/near']).key).toBe('analytics/routes');
  expect(placeAt(['analytics', 'near'], ['analytics/near']).key).toBe('analytics/near');
});

test('what is no lesson or step leads where one is, and a finished course to its beginning', () => {
  expect(placeAt(['nowhere', 'x'], ['stage/list']).key).toBe('stage/folder');
  expect(placeAt(['geo', 'x'], []).key).toBe('geo/zone');
  expect(
    placeAt(
      [],
      PLACES.map(({ key }) => key),
    ).key,
  ).toBe('stage/list');
});

test('after the last step of a lesson comes the next lesson, after the last lesson nothing', () => {
  expect(placeAfter(placeAt(['stage', 'tables'], []))?.key).toBe('peek/file');
  expect(placeAfter(placeAt(['travel', 'undrop'], []))).toBeUndefined();
});

test('a step is done once', () => {
  markDone('stage/list');
  markDone('stage/list');
  expect(doneSteps.get()).toEqual(['stage/list']);
});
