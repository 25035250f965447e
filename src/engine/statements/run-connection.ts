import { SqlError } from '../base/errors.ts';
import { secretOwner } from '../base/secret-store.ts';
import { splitSecrets } from '../stages/connection.ts';
import { canonicalValues, checkParameters, storageType } from '../stores/common/storage-types.ts';
import { s3Bucket } from '../stores/s3/address.ts';
import { findConnection, lookUp } from '../warehouse/find.ts';
import type { ConnectionRecord } from '../warehouse/object.ts';
import type { CatalogState } from '../warehouse/state.ts';
import { afterCommit, NO_ROWS, type Outcome, type StatementContext } from './context.ts';
import { keepingSecrets } from './keep-secrets.ts';
import { at } from './names.ts';
import { optionRecord } from './options.ts';
import type { CreateConnection, DropConnection } from './syntax/connection.ts';

/** Nothing is asked over the network: keys that are wrong are found out when they are used. */
export async function createConnection(statement: CreateConnection, ctx: StatementContext): Promise<Outcome> {
  const { mode, name } = statement;
  const storage = statement.storageType.toLowerCase();
  const values = checkedValues(storage, statement);
  const { parameters, secrets } = splitSecrets(storage, values);
  const replaced = await keepingSecrets(ctx, (keep) =>
    ctx.transact(async (transaction) => {
      const present = lookUp(transaction.state(), 'Connection', name.name);
      if (present && mode === 'CREATE IF NOT EXISTS') return undefined;
      const created = at(name, () =>
        transaction.create<'Connection'>(
          { kind: 'Connection', name: name.name, comment: '', storageType: storage, parameters },
          { orReplace: mode === 'CREATE OR REPLACE' },
        ),
      );
      await keep(secretOwner('connection', created.id), secrets);
      return present;
    }),
  );
  const kept = ctx.services.secrets;
  if (replaced) await afterCommit(() => kept.remove(secretOwner('connection', replaced.id)), ctx);
  return NO_ROWS;
}

function checkedValues(storage: string, { parameters, span }: CreateConnection): Readonly<Record<string, string>> {
  const values = optionRecord(parameters);
  return at({ span }, () => {
    const type = storageType(storage);
    if ('connection_name' in values) {
      throw new SqlError(
        'StorageOther',
        'invalid input parameter (can not use connection_name when create connection)',
      );
    }
    checkParameters(type, Object.keys(values));
    const { role_arn: _role, ...canonical } = canonicalValues(type, values);
    if (storage === 's3') s3Bucket('bucket', canonical);
    return values;
  });
}

export async function dropConnection({ ifExists, name }: DropConnection, ctx: StatementContext): Promise<Outcome> {
  const dropped = await ctx.transact(async (transaction) => {
    const catalog = transaction.state();
    if (ifExists && !lookUp(catalog, 'Connection', name.name)) return undefined;
    const connection = at(name, () => droppedConnection(catalog, name.name));
    transaction.drop(connection);
    return connection;
  });
  const { secrets } = ctx.services;
  if (dropped) await afterCommit(() => secrets.remove(secretOwner('connection', dropped.id)), ctx);
  return NO_ROWS;
}

function droppedConnection(catalog: CatalogState, name: string): ConnectionRecord {
  try {
    return findConnection(catalog, name);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const { kind, message, suggestions } = error;
    throw new SqlError(kind, `${message} (while drop connection)`, { suggestions });
  }
}
