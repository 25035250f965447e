import { SqlError } from '../base/errors.ts';
import { type SecretStore, secretOwner } from '../base/secret-store.ts';
import { listObjects } from '../warehouse/find.ts';
import type { ConnectionRecord } from '../warehouse/object.ts';
import type { CatalogState } from '../warehouse/state.ts';
import { defineTable, micros } from './table.ts';

/** Ours: what a form needs to show a connection again, and whether its secrets can be used here. */
export const connectionDetailsTable = defineTable({
  name: 'connection_details',
  columns: {
    name: 'String',
    storage_type: 'String',
    parameters: 'Variant',
    secrets: 'String',
    secrets_state: 'String',
    used_by: 'String',
    created_on: 'Timestamp',
  },
  rows: ({ catalog, secrets }) =>
    Promise.all(
      listObjects(catalog, 'Connection').map(async (connection) => ({
        name: connection.name,
        storage_type: connection.storageType.toLowerCase(),
        parameters: JSON.stringify(connection.parameters.values),
        secrets: connection.parameters.secrets.join(','),
        secrets_state: await secretsState(connection, secrets),
        used_by: stagesOf(connection, catalog).join(','),
        created_on: micros(connection.createdOn),
      })),
    ),
});

async function secretsState({ id, parameters }: ConnectionRecord, secrets: SecretStore): Promise<string> {
  if (parameters.secrets.length === 0) return 'none';
  try {
    const known = (await secrets.get(secretOwner('connection', id))) ?? {};
    return parameters.secrets.every((name) => known[name] !== undefined) ? 'here' : 'missing';
  } catch (error) {
    if (error instanceof SqlError) return 'locked';
    throw error;
  }
}

function stagesOf({ name }: ConnectionRecord, catalog: CatalogState): readonly string[] {
  return listObjects(catalog, 'Stage').flatMap(({ name: stage, location }) =>
    location.kind === 'External' && location.connection === name ? [stage] : [],
  );
}
