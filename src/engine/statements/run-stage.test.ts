import { expect, test } from 'vitest';
import { testEngine } from '../test/engine.ts';

const engine = await testEngine();

test('a parameter that no storage takes is refused, and its value is not repeated', async () => {
  const [result] = await engine.run("CREATE STAGE s URL = 'https://host/a/' CONNECTION = (TOKEN = 'hidden')");
  expect(result?.ok === false && [result.error.code, result.error.message]).toEqual([
    4000,
    'invalid input parameter (connection params invalid: expected [], got [token])',
  ]);
});
