import { expect, test } from 'vitest';
import { linkExpiry } from './link.ts';

test.each([
  ['X-Amz-Date=20250101T120000Z&X-Amz-Expires=3600&X-Amz-Signature=x', '2025-01-01T13:00:00.000Z'],
  ['X-Goog-Date=20250101T120000Z&X-Goog-Expires=60&X-Goog-Signature=x', '2025-01-01T12:01:00.000Z'],
  ['x-oss-date=20250101T120000Z&x-oss-expires=60&x-oss-signature=x', '2025-01-01T12:01:00.000Z'],
  ['sv=2024&se=2025-01-01T12%3A00%3A00Z&sig=x', '2025-01-01T12:00:00.000Z'],
  ['AWSAccessKeyId=A&Signature=x&Expires=1735732800', '2025-01-01T12:00:00.000Z'],
  ['version=2', undefined],
  ['se=tomorrow&sig=x', undefined],
  ['', undefined],
])('%s ends at %s', (query, end) => {
  const time = linkExpiry(query);
  expect(time === undefined ? undefined : new Date(time).toISOString()).toBe(end);
});
