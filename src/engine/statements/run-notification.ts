import { SqlError } from '../base/errors.ts';
import { secretOwner } from '../base/secret-store.ts';
import { parseQuery } from '../sql/parser.ts';
import { printString } from '../sql/print-name.ts';
import { findNotification, lookUp } from '../warehouse/find.ts';
import type { NotificationRecord } from '../warehouse/object.ts';
import { afterCommit, NO_ROWS, type Outcome, type StatementContext } from './context.ts';
import { keepingSecrets } from './keep-secrets.ts';
import { at } from './names.ts';
import { optionRecord } from './options.ts';
import { runSelect } from './query.ts';
import type {
  AlterNotification,
  CreateNotification,
  DescribeNotification,
  DropNotification,
  NotificationSettings,
} from './syntax/notification.ts';

export function createNotification(statement: CreateNotification, ctx: StatementContext): Promise<Outcome> {
  const { mode, name, enabled = true, comment = '' } = statement;
  const { url, method = 'GET', header } = webhookOf(statement, statement);
  return keepingSecrets(ctx, (keep) =>
    ctx.transact(async (transaction) => {
      if (mode === 'CREATE IF NOT EXISTS' && lookUp(transaction.state(), 'Notification', name.name)) return NO_ROWS;
      const definition = {
        ...{ kind: 'Notification' as const, name: name.name, comment, enabled },
        ...{ url, method, hasHeader: header !== undefined, sent: [] },
      };
      const { id } = at(name, () => transaction.create<'Notification'>(definition));
      if (header !== undefined) await keep(secretOwner('notification', id), { authorization_header: header });
      return NO_ROWS;
    }),
  );
}

/** Only what is named changes. */
export function alterNotification(statement: AlterNotification, ctx: StatementContext): Promise<Outcome> {
  const { ifExists, name, enabled, comment } = statement;
  const { url, method, header } = webhookOf(statement, statement);
  return keepingSecrets(ctx, (keep) =>
    ctx.transact(async (transaction) => {
      if (ifExists && !lookUp(transaction.state(), 'Notification', name.name)) return NO_ROWS;
      const present = at(name, () => findNotification(transaction.state(), name.name));
      transaction.alter<'Notification'>({
        ...present,
        ...{ enabled: enabled ?? present.enabled, comment: comment ?? present.comment },
        ...{ url: url ?? present.url, method: method ?? present.method },
        hasHeader: header !== undefined || present.hasHeader,
      });
      if (header !== undefined) await keep(secretOwner('notification', present.id), { authorization_header: header });
      return NO_ROWS;
    }),
  );
}

interface Webhook {
  readonly url: string | undefined;
  readonly method: NotificationRecord['method'] | undefined;
  readonly header: string | undefined;
}

function webhookOf({ webhook = [] }: NotificationSettings, { span }: Pick<CreateNotification, 'span'>): Webhook {
  const { url, method, authorization_header: header, ...others } = optionRecord(webhook);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new SqlError('InvalidArgument', `unknown option ${unknown} of WEBHOOK`, { span });
  const verb = method?.toUpperCase();
  if (verb !== undefined && verb !== 'GET' && verb !== 'POST')
    throw new SqlError('InvalidArgument', `METHOD must be GET or POST, but is ${method}`, { span });
  if (url !== undefined && !/^https?:\/\/[^/@]+(\/|$)/i.test(url))
    throw new SqlError('InvalidArgument', 'URL must begin with https:// or http://, without a user', { span });
  return { url, method: verb, header };
}

export async function dropNotification({ ifExists, name }: DropNotification, ctx: StatementContext): Promise<Outcome> {
  const dropped = await ctx.transact(async (transaction) => {
    if (ifExists && !lookUp(transaction.state(), 'Notification', name.name)) return undefined;
    const present = at(name, () => findNotification(transaction.state(), name.name));
    transaction.drop(present);
    return present;
  });
  const { secrets } = ctx.services;
  if (dropped) await afterCommit(() => secrets.remove(secretOwner('notification', dropped.id)), ctx);
  return NO_ROWS;
}

export function describeNotification({ name }: DescribeNotification, ctx: StatementContext): Promise<Outcome> {
  at(name, () => findNotification(ctx.catalog(), name.name));
  return runSelect(parseQuery(`SELECT * FROM system.notifications WHERE name = ${printString(name.name)}`), ctx);
}
