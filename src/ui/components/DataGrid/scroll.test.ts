import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterScroll, placeAt, scrollScale } from './scroll.ts';

const VIEW = 480;
const TEN_MILLION = 10_000_000 * 24;

test('rows that fit are scrolled as they are', () => {
  const scale = scrollScale(2400, VIEW);
  expect(scale).toEqual({ height: 2400, mostTop: 1920, mostScroll: 1920 });
  expect(afterScroll({ top: 0, scroll: 0 }, 700, scale, VIEW)).toEqual({ top: 700, scroll: 700 });
});

test('the bar of ten million rows reaches the first and the last of them', () => {
  const scale = scrollScale(TEN_MILLION, VIEW);
  expect(afterScroll({ top: 0, scroll: 0 }, scale.mostScroll, scale, VIEW).top).toBe(TEN_MILLION - VIEW);
  expect(afterScroll({ top: 5000, scroll: 160 }, 0, scale, VIEW).top).toBe(0);
});

test('a wheel moves ten million rows by as much as a hundred', () => {
  const scale = scrollScale(TEN_MILLION, VIEW);
  const middle = placeAt(TEN_MILLION / 2, scale);
  expect(afterScroll(middle, middle.scroll + 100, scale, VIEW).top).toBe(middle.top + 100);
});

test('a place is within the rows, and the scroller stands at it', () => {
  fc.assert(
    fc.property(fc.nat(TEN_MILLION * 2), fc.nat(10_000_000), (top, rows) => {
      const scale = scrollScale(rows * 24, VIEW);
      const place = placeAt(top, scale);
      expect(place.top).toBe(Math.min(top, scale.mostTop));
      expect(place.scroll).toBeLessThanOrEqual(scale.mostScroll);
      expect(place.scroll).toBeGreaterThanOrEqual(0);
    }),
  );
});
