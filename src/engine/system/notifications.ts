import { maskUrls } from '../base/mask-urls.ts';
import { listObjects } from '../warehouse/find.ts';
import { defineTable, micros } from './table.ts';

export const notificationsTable = defineTable({
  name: 'notifications',
  columns: {
    created_on: 'Timestamp',
    name: 'String',
    id: 'UInt64',
    type: 'String',
    enabled: 'Boolean',
    webhook_options: 'Variant?',
    comment: 'String?',
  },
  rows: ({ catalog }) =>
    listObjects(catalog, 'Notification').map(({ id, name, comment, createdOn, enabled, url, method, hasHeader }) => ({
      created_on: micros(createdOn),
      name,
      id: BigInt(id),
      type: 'webhook',
      enabled,
      webhook_options:
        url === undefined
          ? null
          : JSON.stringify({ url: maskUrls(url), method, ...(hasHeader ? { authorization_header: '***' } : {}) }),
      comment: comment || null,
    })),
});

export const notificationHistoryTable = defineTable({
  name: 'notification_history',
  columns: {
    created_on: 'Timestamp',
    processed: 'Timestamp?',
    message_source: 'String',
    integration_name: 'String',
    message: 'String',
    status: 'String',
    error_message: 'String',
  },
  rows: ({ catalog }) =>
    listObjects(catalog, 'Notification')
      .flatMap(({ name, sent }) => sent.map((one) => ({ name, ...one })))
      .sort((a, b) => b.createdOn - a.createdOn)
      .map(({ name, createdOn, processedOn, source, message, errorText }) => ({
        created_on: micros(createdOn),
        processed: micros(processedOn),
        message_source: source,
        integration_name: name,
        message,
        status: errorText === undefined ? 'SUCCEEDED' : 'FAILED',
        error_message: maskUrls(errorText ?? ''),
      })),
});
