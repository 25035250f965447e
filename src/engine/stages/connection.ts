import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import { type SecretStore, type Secrets, secretOwner } from '../base/secret-store.ts';
import {
  type ConnectionValues,
  canonicalValues,
  checkParameters,
  isSecret,
  type StorageType,
  storageType,
} from '../stores/common/storage-types.ts';
import { findConnection, lookUp } from '../warehouse/find.ts';
import type { ConnectionParameters, ConnectionRecord, StageRecord } from '../warehouse/object.ts';
import type { CatalogState } from '../warehouse/state.ts';

/** `NAME = value` of a CONNECTION clause. */
export interface ConnectionSetting {
  readonly name: string;
  readonly value: { readonly value: string | number | boolean | readonly string[] };
}

/** What CONNECTION = (…) comes to. */
export interface Connected {
  /** The connection that it names. */
  readonly connection: string | undefined;
  /** By lower-case name, secrets included. */
  readonly values: ConnectionValues;
}

/** Resolves a CONNECTION clause for a URL: a connection of the catalog, or values of its own, checked. */
export async function connect(
  settings: readonly ConnectionSetting[],
  url: string,
  { catalog, secrets }: { readonly catalog: CatalogState; readonly secrets: SecretStore },
): Promise<Connected> {
  const values = Object.fromEntries(settings.map(({ name, value }) => [name.toLowerCase(), String(value.value)]));
  const { connection_name: name, ...own } = values;
  if (name === undefined) {
    if (settings.length > 0) checkParameters(typeOf(url), Object.keys(own));
    return { connection: undefined, values: own };
  }
  if (Object.keys(own).length > 0) {
    throw new SqlError('StorageOther', 'connection_name can not be used with other connection options');
  }
  const record = usedConnection(catalog, name);
  const scheme = schemeOf(url);
  if (record.storageType !== scheme) {
    throw new SqlError(
      'StorageOther',
      `protocol from connection_name=${name} (${record.storageType}) not match with uri protocol (${scheme}).`,
    );
  }
  const owner = secretOwner('connection', record.id);
  const found = withSecrets(record.parameters, await secrets.get(owner));
  if (found) return { connection: record.name, values: found };
  throw missingSecrets(`connection '${record.name}'`, record.parameters, createAgain(record.name));
}

function usedConnection(catalog: CatalogState, name: string): ConnectionRecord {
  try {
    return findConnection(catalog, name);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const { message, suggestions } = error;
    throw new SqlError('BadArguments', `fail to get connection_name ${name}: ${message}`, { suggestions });
  }
}

function schemeOf(url: string): string {
  return url.slice(0, url.indexOf(':')).toLowerCase();
}

const OF_PAGES = ['local', 'browser'];

/** Folders of this device, and what is left for a page, are no storage of Databend's; nothing is to be said about how to enter them. */
function typeOf(url: string): StorageType {
  const scheme = schemeOf(url);
  return OF_PAGES.includes(scheme) ? { name: scheme, parameters: [] } : storageType(scheme);
}

/** The values of an external stage, with its own secrets or else those that its connection has now. */
export async function stageValues(
  { id, name, location }: StageRecord,
  catalog: CatalogState,
  secrets: SecretStore,
): Promise<ConnectionValues> {
  if (location.kind === 'Internal') return {};
  const { connection, parameters, url } = location;
  const own = withSecrets(parameters, await secrets.get(secretOwner('stage', id)));
  if (own) return own;
  const record = connection === undefined ? undefined : lookUp(catalog, 'Connection', connection);
  const lent = record && withSecrets(parameters, await secrets.get(secretOwner('connection', record.id)));
  if (lent) return lent;
  const again =
    connection === undefined ? `ALTER STAGE ${name} SET URL = '${url}' CONNECTION = (…)` : createAgain(connection);
  throw missingSecrets(`stage '${name}'`, parameters, again);
}

const createAgain = (connection: string) => `CREATE OR REPLACE CONNECTION ${connection} …`;

/** Undefined where a secret is missing. */
function withSecrets(
  { values, secrets: names }: ConnectionParameters,
  secrets: Secrets = {},
): ConnectionValues | undefined {
  const found = names.map((name) => [name, secrets[name]] as const);
  if (found.some(([, value]) => value === undefined)) return undefined;
  return { ...values, ...Object.fromEntries(found.map(([name, value = '']) => [name, value])) };
}

function missingSecrets(what: string, { secrets }: ConnectionParameters, again: string): SqlError {
  return new SqlError('StoragePermissionDenied', `the keys of ${what} are not known here: ${secrets.join(', ')}`, {
    hint: hint('keysAgain', again),
  });
}

export interface SplitValues {
  readonly parameters: ConnectionParameters;
  readonly secrets: Secrets;
}

/** What of a connection's values may enter the catalog, and what may not. */
export function splitSecrets(storage: string, values: ConnectionValues): SplitValues {
  const type = storage === 'local' ? { name: storage, parameters: [] } : storageType(storage);
  const isHidden = ([name]: readonly [string, string]) => isSecret(type, name);
  const entries = Object.entries(values);
  const secrets = Object.fromEntries(entries.filter(isHidden));
  const open = Object.fromEntries(entries.filter((entry) => !isHidden(entry)));
  return { parameters: { values: open, secrets: Object.keys(secrets) }, secrets };
}

/** By the first name of each parameter, as stores take them. */
export function storeValues(url: string, values: ConnectionValues): ConnectionValues {
  return Object.keys(values).length === 0 ? values : canonicalValues(typeOf(url), values);
}
