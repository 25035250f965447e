import { type Secrets, secretOwner } from '../base/secret-store.ts';
import { listObjects } from '../warehouse/find.ts';
import type { ConnectionParameters } from '../warehouse/object.ts';
import { knownSecrets } from './known-secrets.ts';
import { maskValue } from './mask-value.ts';
import { defineTable } from './table.ts';

export const connectionsTable = defineTable({
  name: 'connections',
  columns: { name: 'String', storage_type: 'String', storage_params: 'String' },
  rows: ({ catalog, secrets }) =>
    Promise.all(
      listObjects(catalog, 'Connection').map(async ({ id, name, storageType, parameters }) => ({
        name,
        storage_type: storageType.toLowerCase(),
        storage_params: paramsText(parameters, await knownSecrets(secrets, secretOwner('connection', id))),
      })),
    ),
});

/** `key=va***ue` by key; of a secret that is not known here the name alone. */
function paramsText({ values, secrets: names }: ConnectionParameters, secrets: Secrets): string {
  return [...Object.entries(values), ...names.map((name) => [name, secrets[name] ?? ''] as const)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${maskValue(value)}`)
    .join(' ');
}
