import { ERROR_CODES } from '../../base/errors.ts';
import { secretOwner } from '../../base/secret-store.ts';
import { lookUp } from '../../warehouse/find.ts';
import type { NotificationRecord, SentNotification, TaskRun } from '../../warehouse/object.ts';
import type { StatementContext } from '../context.ts';

const PATIENCE = 10_000;
/** So many of the last ones stay in the history of an integration. */
const MOST_KEPT = 100;

/** Tells the error integration of a task that a run has failed; how that went is in its history, and never an error here. */
export async function tellFailure(run: TaskRun, ctx: StatementContext): Promise<void> {
  const { warehouse, now } = ctx.services;
  const task = warehouse.state().objects.get(run.taskId);
  const name = task?.kind === 'Task' ? task.errorIntegration : undefined;
  const found = name === undefined ? undefined : lookUp(warehouse.state(), 'Notification', name);
  if (!found?.enabled || found.url === undefined) return;
  const message = JSON.stringify(payloadOf(run, ctx));
  const createdOn = now();
  const errorText = await send(found, message, ctx);
  const sent: SentNotification = { createdOn, processedOn: now(), source: run.task, message, errorText };
  await record(found, sent, ctx);
}

function payloadOf(run: TaskRun, { services }: StatementContext): object {
  const root = services.warehouse.state().objects.get(run.rootTaskId);
  const time = (milliseconds: number | undefined) =>
    milliseconds === undefined ? null : new Date(milliseconds).toISOString();
  const kind = Object.entries(ERROR_CODES).find(([, code]) => code === run.errorCode)?.[0];
  return {
    version: '1.0',
    messageId: services.newId(),
    messageType: 'TASK_FAILED',
    timestamp: time(services.now()),
    tenantId: '',
    taskName: run.task,
    taskId: String(run.taskId),
    rootTaskName: root?.name ?? run.task,
    rootTaskId: String(run.rootTaskId),
    runId: run.id,
    scheduledTime: time(run.scheduledOn),
    queryStartTime: time(run.scheduledOn),
    completedTime: time(run.completedOn),
    queryId: run.queryId,
    errorKind: kind ?? 'Unknown',
    errorCode: run.errorCode,
    errorMessage: run.errorText ?? '',
  };
}

/** What went wrong; undefined where nothing did. Nobody that the address sends it on to gets the header. */
async function send(
  { id, url = '', method, hasHeader }: NotificationRecord,
  message: string,
  { services }: StatementContext,
): Promise<string | undefined> {
  try {
    const secrets = hasHeader ? await services.secrets.get(secretOwner('notification', id)) : {};
    if (!secrets) return 'the authorization header is not known here: ALTER NOTIFICATION INTEGRATION gives it again';
    const { authorization_header: authorization } = secrets;
    const response = await services.fetch(url, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
      headers: { ...(method === 'POST' ? JSON_BODY : {}), ...(authorization === undefined ? {} : { authorization }) },
      ...(method === 'POST' ? { body: message } : {}),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `the webhook answered ${response.status} ${response.statusText}`.trim();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const JSON_BODY = { 'content-type': 'application/json' };

/** A history that others write to at the same time is not worth a second try. */
async function record({ id }: NotificationRecord, sent: SentNotification, ctx: StatementContext): Promise<void> {
  const { warehouse } = ctx.services;
  const signal = new AbortController().signal;
  const current = (await warehouse.refresh(signal)).objects.get(id);
  if (current?.kind !== 'Notification') return;
  const transaction = warehouse.begin();
  transaction.alter<'Notification'>({ ...current, sent: [...current.sent, sent].slice(-MOST_KEPT) });
  await transaction.commit(signal).catch(() => {});
}
