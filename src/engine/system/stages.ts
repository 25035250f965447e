import { formatJson } from '../formats/show-options.ts';
import { listObjects } from '../warehouse/find.ts';
import type { StageRecord } from '../warehouse/object.ts';
import { maskValue } from './mask-value.ts';
import { defineTable, micros } from './table.ts';

export const stagesTable = defineTable({
  name: 'stages',
  columns: {
    name: 'String',
    stage_type: 'String',
    storage_type: 'String?',
    url: 'String?',
    endpoint: 'String?',
    has_credentials: 'Boolean',
    has_encryption_key: 'Boolean',
    storage_params: 'Variant?',
    file_format_options: 'Variant',
    creator: 'String?',
    created_on: 'Timestamp',
    comment: 'String',
    owner: 'String?',
  },
  rows: ({ catalog }) =>
    listObjects(catalog, 'Stage').map((stage) => ({
      name: stage.name,
      ...placeOf(stage),
      file_format_options: JSON.stringify(formatJson(stage.fileFormat)),
      creator: "'root'@'%'",
      created_on: micros(stage.createdOn),
      comment: stage.comment,
    })),
});

const CREDENTIAL = /key|secret|token|password|credential|sas/;

function placeOf({ location }: StageRecord) {
  if (location.kind === 'Internal')
    return { stage_type: 'Internal', has_credentials: false, has_encryption_key: false };
  const { url, parameters } = location;
  const given = Object.entries(parameters.values);
  const names = [...Object.keys(parameters.values), ...parameters.secrets];
  const scheme = url.slice(0, url.indexOf(':')).toLowerCase();
  return {
    stage_type: 'External',
    storage_type: scheme,
    url,
    endpoint: parameters.values['endpoint_url'] ?? null,
    has_credentials: names.some((name) => CREDENTIAL.test(name) && name !== 'master_key'),
    has_encryption_key: names.includes('master_key'),
    storage_params: storageParams(url, scheme, [
      ...given,
      ...parameters.secrets.map((name): [string, string] => [name, '']),
    ]),
  };
}

/** The address in its parts and what the connection says, as JSON with sorted keys. */
function storageParams(url: string, scheme: string, given: readonly (readonly [string, string])[]): string {
  const [, host = '', path = ''] = /^[^:]+:\/\/([^/]*)(.*)$/.exec(url) ?? [];
  const params = [
    ...given.map(([name, value]): [string, string] => [name, CREDENTIAL.test(name) ? maskValue(value) : value]),
    ...(host === '' ? [] : [[scheme.startsWith('http') ? 'host' : 'bucket', host]]),
    ['root', path === '' ? '/' : path],
    ['type', scheme.charAt(0).toUpperCase() + scheme.slice(1)],
  ];
  return JSON.stringify(Object.fromEntries(params.sort(([a = ''], [b = '']) => (a < b ? -1 : 1))));
}
