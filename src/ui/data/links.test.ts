import { expect, test } from 'vitest';
import { endedLink } from './links.ts';

test('of the links of a statement the one that has ended is found', () => {
  const link = (seconds: number) =>
    `https://b.example/a.csv?X-Amz-Date=20260101T000000Z&X-Amz-Expires=${seconds}&X-Amz-Signature=ab`;
  const sql = `SELECT * FROM 'https://b.example/public.csv' JOIN '${link(7200)}' JOIN '${link(60)}'`;
  const message = "the link to '/a.csv' expired at 2026-01-01T00:01:00.000Z";
  expect([endedLink(sql, message), endedLink(sql, "file '/a.csv' cannot be read (HTTP 404)")]).toEqual([
    link(60),
    undefined,
  ]);
});
