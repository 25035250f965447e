import { expect, test } from 'vitest';
import { memorySecrets, secretOwner } from './secret-store.ts';

test('secrets are kept by owner, replaced as a whole and forgotten when removed', async () => {
  const store = memorySecrets();
  const owner = secretOwner('connection', 7);
  expect(owner).toBe('connection/7');
  expect(await store.get(owner)).toBeUndefined();
  await store.set(owner, { access_key_id: 'AK', secret_access_key: 'SK' });
  await store.set(owner, { access_key_id: 'AK2' });
  expect(await store.get(owner)).toEqual({ access_key_id: 'AK2' });
  expect(await store.get(secretOwner('stage', 7))).toBeUndefined();
  await store.remove(owner);
  await store.remove(owner);
  expect(await store.get(owner)).toBeUndefined();
});
