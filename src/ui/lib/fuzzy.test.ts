import { expect, test } from 'vitest';
import { cutAt, fuzzyMatch } from './fuzzy.ts';

const bold = (query: string, text: string) =>
  cutAt(text, fuzzyMatch(query, text)?.ranges ?? [])
    .map(({ text: piece, isMatch }) => (isMatch ? `[${piece}]` : piece))
    .join('');

const best = (query: string, texts: readonly string[]) =>
  texts
    .map((text) => ({ text, match: fuzzyMatch(query, text) }))
    .filter(({ match }) => match)
    .sort((a, b) => (b.match?.score ?? 0) - (a.match?.score ?? 0))
    .map(({ text }) => text);

test('letters are found at the starts of words', () => {
  expect(bold('frev', 'frame_events')).toBe('[fr]ame_[ev]ents');
  expect(bold('ft', 'formatTable')).toBe('[f]ormat[T]able');
  expect(bold('frame ev', 'citydrive/frame-events/')).toBe('citydrive/[frame]-[ev]ents/');
});

test('a run of letters beats scattered ones', () => {
  expect(best('events', ['every number seen today', 'frame_events'])[0]).toBe('frame_events');
  expect(bold('events', 'every_events')).toBe('every_[events]');
});

test('what is not there does not match', () => {
  expect(fuzzyMatch('xyz', 'frame_events')).toBeUndefined();
  expect(fuzzyMatch('frame zz', 'frame_events')).toBeUndefined();
  expect(fuzzyMatch('', 'anything')).toEqual({ score: 0, ranges: [] });
});

test('the shorter of two equal starts comes first', () => {
  expect(best('frame', ['frame_events_stream', 'frame_events'])).toEqual(['frame_events', 'frame_events_stream']);
});

test('Chinese is matched letter by letter', () => {
  expect(bold('距离', '信号灯距离')).toBe('信号灯[距离]');
});

test('what stands there as it was typed comes before letters that are scattered', () => {
  const score = (text: string) => fuzzyMatch('new worksheet', text)?.score ?? 0;
  expect(score('New worksheet')).toBeGreaterThan(score('Next worksheet'));
});
