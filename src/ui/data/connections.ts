import { queryOptions } from '@tanstack/react-query';
import { keys } from './keys.ts';
import { askRecords, type TextRecord } from './rows.ts';
import { execute } from './statements.ts';
import { quoted } from './uploads.ts';

/** Whether a connection's secrets can be used here. */
export type SecretsState = 'here' | 'missing' | 'locked' | 'none';

export interface ConnectionInfo {
  readonly name: string;
  readonly storageType: string;
  /** By lower-case name, without the secret ones. */
  readonly parameters: { readonly [name: string]: string };
  /** Names of those that are secret. */
  readonly secrets: readonly string[];
  readonly secretsState: SecretsState;
  /** Stages. */
  readonly usedBy: readonly string[];
  readonly createdAt: Date;
}

export function connections() {
  return queryOptions({
    queryKey: keys.connections(),
    queryFn: async ({ signal }): Promise<readonly ConnectionInfo[]> =>
      (await askRecords('SELECT * FROM system.connection_details ORDER BY name', signal)).map(connectionOf),
  });
}

const STATES: readonly SecretsState[] = ['here', 'missing', 'locked', 'none'];

function connectionOf(record: TextRecord): ConnectionInfo {
  const { name, storage_type: type, parameters, secrets, secrets_state: state } = record;
  const { used_by: usedBy, created_on: created } = record;
  return {
    ...{ name: name ?? '', storageType: type ?? '' },
    parameters: parametersOf(parameters ?? '{}'),
    secrets: (secrets ?? '').split(',').filter(Boolean),
    secretsState: STATES.find((known) => known === state) ?? 'none',
    usedBy: (usedBy ?? '').split(',').filter(Boolean),
    createdAt: new Date(`${(created ?? '').replace(' ', 'T')}Z`),
  };
}

function parametersOf(json: string): ConnectionInfo['parameters'] {
  const value: unknown = JSON.parse(json);
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.map(([name, text]) => [name, String(text)]));
}

/** What the form asks for; what is empty is left out of the statement. */
export interface S3Connection {
  readonly name: string;
  readonly endpoint: string;
  readonly region: string;
  readonly keyId: string;
  readonly secret: string;
  readonly token: string;
  readonly isVirtualHost: boolean;
}

export const NEW_CONNECTION: S3Connection = {
  ...{ name: '', endpoint: '', region: '', keyId: '', secret: '', token: '', isVirtualHost: false },
};

/** A connection as the form shows it again: without its secrets. */
export function editedConnection({ name, parameters }: ConnectionInfo): S3Connection {
  return {
    ...NEW_CONNECTION,
    name,
    endpoint: parameters['endpoint_url'] ?? '',
    region: parameters['region'] ?? '',
    isVirtualHost: parameters['enable_virtual_host_style'] === 'true',
  };
}

export function connectionStatement(connection: S3Connection, mode: 'CREATE' | 'CREATE OR REPLACE'): string {
  const { name, endpoint, region, keyId, secret, token, isVirtualHost } = connection;
  const settings = [
    ['ENDPOINT_URL', endpoint.trim()],
    ['REGION', region.trim()],
    ['ACCESS_KEY_ID', keyId.trim()],
    ['SECRET_ACCESS_KEY', secret.trim()],
    ['SESSION_TOKEN', token.trim()],
    ['ENABLE_VIRTUAL_HOST_STYLE', isVirtualHost ? 'true' : ''],
  ] as const;
  const lines = settings.filter(([, value]) => value !== '').map(([key, value]) => `\n  ${key} = ${quoted(value)}`);
  return `${mode} CONNECTION ${name}\n  STORAGE_TYPE = 's3'${lines.join('')}`;
}

/** As the history keeps it. */
export function maskedStatement(connection: S3Connection, mode: 'CREATE' | 'CREATE OR REPLACE'): string {
  const masked = (value: string) => (value.trim() === '' ? '' : '***');
  const { keyId, secret, token } = connection;
  const shown = { ...connection, keyId: masked(keyId), secret: masked(secret), token: masked(token) };
  return connectionStatement(shown, mode);
}

/** The cheapest signed request that needs the right keys, region, clock, rule and permission: one page of a listing. */
export function testStatement(name: string, url: string): string {
  return `SELECT name FROM list_stage(location => ${quoted(url)}, connection_name => ${quoted(name)}, max_file_count => 1)`;
}

/** Milliseconds until the bucket answered. Throws what is wrong, with what to do about it. */
export async function testConnection(name: string, url: string, signal: AbortSignal): Promise<number> {
  const start = performance.now();
  await execute(testStatement(name, url), { signal });
  return performance.now() - start;
}

export function dropStatement(name: string): string {
  return `DROP CONNECTION ${name}`;
}
