import { listObjects } from '../warehouse/find.ts';
import type { ConnectionParameters } from '../warehouse/object.ts';
import { maskValue } from './mask-value.ts';
import { defineTable } from './table.ts';

export const connectionsTable = defineTable({
  name: 'connections',
  columns: { name: 'String', storage_type: 'String', storage_params: 'String' },
  rows: ({ catalog }) =>
    listObjects(catalog, 'Connection').map(({ name, storageType, parameters }) => ({
      name,
      storage_type: storageType.toLowerCase(),
      storage_params: paramsText(parameters),
    })),
});

/** `key=va***ue` by key; of a secret the catalog knows the name alone. */
function paramsText({ values, secrets }: ConnectionParameters): string {
  return [...Object.entries(values), ...secrets.map((name) => [name, ''] as const)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${maskValue(value)}`)
    .join(' ');
}
