import { expect, test } from 'vitest';
import { memorySecrets, type SecretStore } from '../base/secret-store.ts';
import { beforeCommit, engineOver, twoEngines } from '../test/engine.ts';

/** Engines of one warehouse and one keeper of secrets; `meanwhile` is what the other does before the next commit. */
async function sharedKeeper() {
  const owners = new Map<string, string>();
  const memory = memorySecrets();
  const secrets: SecretStore = {
    ...memory,
    set: async (owner, values) => {
      owners.set(owner, values['secret_access_key'] ?? '');
      await memory.set(owner, values);
    },
    remove: async (owner) => {
      owners.delete(owner);
      await memory.remove(owner);
    },
  };
  const [first, two] = await twoEngines();
  let meanwhile = '';
  const core = beforeCommit({ ...first.core, services: { ...first.core.services, secrets } }, async () => {
    const sql = meanwhile;
    meanwhile = '';
    if (sql) await two.rows(sql);
  });
  const interrupt = (sql: string) => {
    meanwhile = sql;
  };
  return { one: engineOver(core), keys: () => [...owners.values()], interrupt };
}

const keyed = (secret: string) => `ACCESS_KEY_ID = 'k' SECRET_ACCESS_KEY = '${secret}'`;

test('keys of what was never committed are forgotten', async () => {
  const { one, keys, interrupt } = await sharedKeeper();
  interrupt("CREATE CONNECTION lake STORAGE_TYPE = 's3'");
  await expect(one.rows(`CREATE CONNECTION lake STORAGE_TYPE = 's3' ${keyed('lost')}`)).rejects.toMatchObject({
    kind: 'ConnectionAlreadyExists',
  });
  expect(keys()).toEqual([]);
  interrupt("CREATE STAGE st URL = 's3://b/'");
  await expect(one.rows(`CREATE STAGE st URL = 's3://b/' CONNECTION = (${keyed('lost')})`)).rejects.toMatchObject({
    kind: 'StageAlreadyExists',
  });
  expect(keys()).toEqual([]);
});

test('a stage keeps its keys where new ones come to nothing', async () => {
  const { one, keys, interrupt } = await sharedKeeper();
  await one.rows(`CREATE STAGE st URL = 's3://b/' CONNECTION = (${keyed('old')})`);
  const alter = (secret: string) => `ALTER STAGE st SET URL = 's3://b/' CONNECTION = (${keyed(secret)})`;
  interrupt("ALTER STAGE st SET COMMENT = 'x'");
  await expect(one.rows(alter('new'))).rejects.toMatchObject({ code: 4001 });
  expect(keys()).toEqual(['old']);
  await one.rows(alter('new'));
  expect(keys()).toEqual(['new']);
  await one.rows("ALTER STAGE st SET URL = 's3://open/'");
  expect(keys()).toEqual([]);
});
