import { expect, onTestFinished, test } from 'vitest';
import { memorySecrets, secretOwner } from '../base/secret-store.ts';
import { nodeHost } from '../cli/host.ts';
import { openEngine } from '../session/engine.ts';
import { engineOver } from '../test/engine.ts';
import { s3Server, TEST_KEY } from '../test/s3/server.ts';
import { listObjects } from '../warehouse/find.ts';

const base = nodeHost({ data: undefined, version: '0.0.0' });
const secrets = memorySecrets();
const engine = engineOver(await openEngine({ ...base, secrets }));

const DETAILS = `SELECT name, parameters:endpoint_url::STRING, secrets, secrets_state, used_by
  FROM system.connection_details ORDER BY name`;

test('a connection shows its parameters, who uses it and whether its secrets are here; list_stage tries it', async () => {
  const server = await s3Server({ buckets: { lake: {} } });
  onTestFinished(() => server.close());
  for (let i = 0; i < 5; i++) server.put('lake', `in/${i}.csv`, 'x\n');
  server.pageSize = 2;
  await engine.rows(`CREATE CONNECTION free STORAGE_TYPE = 's3' ENDPOINT_URL = 'http://127.0.0.1:1'`);
  await engine.rows(
    `CREATE CONNECTION lake STORAGE_TYPE = 's3' ACCESS_KEY_ID = '${TEST_KEY.id}' SECRET_ACCESS_KEY = '${TEST_KEY.secret}'
     ENDPOINT_URL = '${server.endpoint}'`,
  );
  await engine.rows(`CREATE STAGE s URL = 's3://lake/in/' CONNECTION = (CONNECTION_NAME = 'lake')`);
  const rows = (state: string) => [
    ['free', 'http://127.0.0.1:1', '', 'none', ''],
    ['lake', server.endpoint, 'access_key_id,secret_access_key', state, 's'],
  ];
  expect(await engine.rows(DETAILS)).toEqual(rows('here'));
  server.requests.length = 0;
  const list = `SELECT name FROM list_stage(location => 's3://lake/in/', connection_name => 'lake', max_file_count => 2)`;
  expect(await engine.rows(list)).toEqual([['0.csv'], ['1.csv']]);
  expect(server.requests.length).toBe(1);
  for (const { id } of listObjects(engine.core.services.warehouse.state(), 'Connection'))
    await secrets.remove(secretOwner('connection', id));
  expect(await engine.rows(DETAILS)).toEqual(rows('missing'));
  await expect(engine.rows(list)).rejects.toMatchObject({ kind: 'StoragePermissionDenied' });
});
