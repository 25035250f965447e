import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestEngine, testEngine } from '../../test/engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'boathouse-notify-'));
const heard: { readonly method: string; readonly authorization: string; readonly body: string }[] = [];
let status = 200;

const server = createServer(async (request: IncomingMessage, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  heard.push({ method: request.method ?? '', authorization: request.headers.authorization ?? '', body });
  response.writeHead(status).end();
});

let engine: TestEngine;
let url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  engine = await testEngine({ data: folder });
}, 60_000);

afterAll(async () => {
  server.close();
  await engine.core.close();
  rmSync(folder, { recursive: true });
});

const history = () =>
  engine.rows(
    'SELECT message_source, integration_name, status, error_message FROM system.notification_history ORDER BY created_on DESC',
  );

test('a run that fails is told to the error integration of its task, and how that went is in the history', async () => {
  await engine.rows(`CREATE NOTIFICATION INTEGRATION hook TYPE = WEBHOOK ENABLED = TRUE
    WEBHOOK = (URL = '${url}' METHOD = 'POST' AUTHORIZATION_HEADER = 'Bearer very-secret-word') COMMENT = 'ops'`);
  await engine.rows("CREATE TASK failing ERROR_INTEGRATION = 'hook' AS SELECT 1 / 0; EXECUTE TASK failing");
  expect(heard).toHaveLength(1);
  expect(heard[0]).toMatchObject({ method: 'POST', authorization: 'Bearer very-secret-word' });
  expect(JSON.parse(heard[0]?.body ?? '')).toMatchObject({
    ...{ messageType: 'TASK_FAILED', taskName: 'failing', rootTaskName: 'failing' },
    ...{ errorCode: 1006, errorKind: 'BadArguments' },
  });
  expect(await history()).toEqual([['failing', 'hook', 'SUCCEEDED', '']]);

  status = 500;
  await engine.rows("ALTER NOTIFICATION INTEGRATION hook SET WEBHOOK = (METHOD = 'GET'); EXECUTE TASK failing");
  expect(heard[1]).toEqual({ method: 'GET', authorization: 'Bearer very-secret-word', body: '' });
  expect((await history())[0]?.slice(2)).toEqual(['FAILED', 'the webhook answered 500 Internal Server Error']);

  await engine.rows('ALTER NOTIFICATION INTEGRATION hook SET ENABLED = FALSE; EXECUTE TASK failing');
  expect(heard).toHaveLength(2);
});

test('the authorization header is shown masked, and is in no file of the warehouse', async () => {
  const [row] = await engine.rows('DESC NOTIFICATION INTEGRATION hook');
  expect(row?.slice(3)).toEqual([
    ...['webhook', false],
    ...[`{"url":"${url}","method":"GET","authorization_header":"***"}`, 'ops'],
  ]);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
  expect(texts.some((text) => text.includes('hook'))).toBe(true);
  expect(texts.some((text) => text.includes('very-secret-word'))).toBe(false);
});

test.each([
  ['DROP NOTIFICATION INTEGRATION nosuch', "Notification integration 'nosuch' does not exist."],
  [
    'CREATE NOTIFICATION INTEGRATION hook TYPE = WEBHOOK ENABLED = TRUE',
    "Notification integration 'hook' already exists.",
  ],
  ["ALTER NOTIFICATION INTEGRATION hook SET WEBHOOK = (METHOD = 'PUT')", 'METHOD must be GET or POST, but is PUT'],
])('%s fails', async (sql, message) => {
  await expect(engine.rows(sql)).rejects.toMatchObject({ code: 2004, message });
});
