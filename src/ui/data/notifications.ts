import { queryOptions } from '@tanstack/react-query';
import { keys } from './keys.ts';
import { askRecords, type TextRecord } from './rows.ts';

/** A NOTIFICATION INTEGRATION: who is told that a run of a task has failed. */
export interface NotificationInfo {
  readonly name: string;
  readonly isEnabled: boolean;
  /** As it may be shown; undefined where none is given yet. */
  readonly url: string | undefined;
  readonly last: LastNotification | undefined;
}

export interface LastNotification {
  readonly at: Date;
  readonly task: string;
  /** Why it did not get there; undefined where it did. */
  readonly error: string | undefined;
}

const NEWEST = `SELECT n.name, n.enabled, n.webhook_options:url::VARCHAR AS url, h.created_on, h.message_source, h.status,
    h.error_message
  FROM system.notifications AS n LEFT JOIN system.notification_history AS h ON h.integration_name = n.name
  QUALIFY row_number() OVER (PARTITION BY n.name ORDER BY h.created_on DESC) = 1
  ORDER BY n.name`;

export function notifications() {
  return queryOptions({
    queryKey: keys.notifications(),
    queryFn: async ({ signal }): Promise<readonly NotificationInfo[]> =>
      (await askRecords(NEWEST, signal)).map(notificationOf),
  });
}

function notificationOf(record: TextRecord): NotificationInfo {
  const { name, enabled, url, created_on: at, message_source: task, status, error_message: error } = record;
  const isSent = at !== null && at !== undefined;
  return {
    ...{ name: name ?? '', isEnabled: enabled === 'true', url: url ?? undefined },
    last: isSent
      ? {
          at: new Date(`${at.replace(' ', 'T').slice(0, 23)}Z`),
          task: task ?? '',
          error: status === 'FAILED' ? (error ?? '') : undefined,
        }
      : undefined,
  };
}
