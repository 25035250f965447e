import { expect, test } from 'vitest';
import { nodeHost } from '../cli/host.ts';
import { openEngine } from '../session/engine.ts';
import { urlOpener } from '../stores/index.ts';
import { memoryStore } from '../stores/memory.ts';
import { engineOver, testEngine } from '../test/engine.ts';

const engine = await testEngine();

test('a parameter that no storage takes is refused, and its value is not repeated', async () => {
  const [result] = await engine.run("CREATE STAGE s URL = 'https://host/a/' CONNECTION = (TOKEN = 'hidden')");
  expect(result?.ok === false && [result.error.code, result.error.message]).toEqual([
    4000,
    'invalid input parameter (connection params invalid: expected [], got [token])',
  ]);
});

test('what is gone with the engine takes files of a statement, and no stage', async () => {
  const store = memoryStore();
  const browser = () => ({ store, path: '', listable: true, passing: true });
  const host = { ...nodeHost({ data: undefined, version: '0.0.0' }), openUrl: urlOpener({ browser }) };
  const page = engineOver(await openEngine(host));
  await page.rows("COPY INTO 'browser:///' FROM (SELECT 1) FILE_FORMAT = (TYPE = CSV)");
  const [result] = await page.run("CREATE STAGE s URL = 'browser:///'");
  expect(result?.ok === false && [result.error.code, result.error.message]).toEqual([
    4000,
    'invalid input parameter (protocol browser is not supported yet.)',
  ]);
});
