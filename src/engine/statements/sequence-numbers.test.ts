import { expect, test } from 'vitest';
import { backgroundContext } from '../session/statement-context.ts';
import { testEngine } from '../test/engine.ts';
import { runStatement } from './index.ts';
import { parseStatement } from './syntax/index.ts';

test('who reads no more than the first numbers of a query keeps nobody from the sequence', async () => {
  const engine = await testEngine();
  await engine.run('CREATE SEQUENCE s');
  const ctx = backgroundContext(engine.core.services, engine.session, new AbortController().signal);
  const { batches } = await runStatement(parseStatement('SELECT nextval(s) FROM numbers(9000)'), ctx);
  const first = await batches[Symbol.asyncIterator]().next();
  expect(first.done).toBe(false);
  expect(await engine.rows('SELECT nextval(s)')).toEqual([['9001']]);
});
