import { expect, test } from 'vitest';
import { testEngine } from '../../test/engine.ts';

test('RESULT_SCAN finds no result that was too large, and none whose time is over', async () => {
  const { rows } = await testEngine();
  const scan = 'SELECT count(*) FROM result_scan(last_query_id())';
  await rows('SET enable_query_result_cache = 1; SELECT number FROM numbers(100000) LIMIT 9');
  expect(await rows(scan)).toEqual([['9']]);
  await rows('SET query_result_cache_max_bytes = 1000; SELECT number FROM numbers(1000)');
  await expect(rows(scan)).rejects.toMatchObject({
    code: 1016,
    message: expect.stringContaining('No cache key found'),
  });
  await rows('SET query_result_cache_ttl_secs = 0; SELECT 1');
  await expect(rows(scan)).rejects.toMatchObject({ code: 1016, message: expect.stringContaining('exceeded its TTL') });
});
