import { expect, test } from 'vitest';
import { endedLink } from './links.ts';

test('of the links of a statement the one that has ended is found', () => {
  const link = (seconds: number) =>
    `https://b.example/a.csv?X-Amz-Date=20260101T000000Z&X-Amz-Expires=${seconds}&X-Amz-Signature=ab`;
  const sql = `SELECT * FROM 'https://b.example/public.csv' JOIN '${link(7200)}' JOIN '${link(60)}'`;
  const at = (time: string) => endedLink(sql, Date.parse(time));
  expect([at('2026-01-01T00:00:30Z'), at('2026-01-01T00:10:00Z'), at('2026-01-01T03:00:00Z')]).toEqual([
    undefined,
    link(60),
    link(7200),
  ]);
});
