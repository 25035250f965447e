import { maskUrls } from '../base/mask-urls.ts';
import { type Secrets, secretOwner } from '../base/secret-store.ts';
import { formatJson } from '../formats/show-options.ts';
import { type ConnectionValues, canonicalValues, storageType } from '../stores/common/storage-types.ts';
import { listObjects } from '../warehouse/find.ts';
import type { StageRecord } from '../warehouse/object.ts';
import { knownSecrets } from './known-secrets.ts';
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
  rows: ({ catalog, secrets }) =>
    Promise.all(
      listObjects(catalog, 'Stage').map(async (stage) => ({
        name: stage.name,
        ...placeOf(stage, await knownSecrets(secrets, secretOwner('stage', stage.id))),
        file_format_options: JSON.stringify(formatJson(stage.fileFormat)),
        creator: "'root'@'%'",
        created_on: micros(stage.createdOn),
        comment: stage.comment,
      })),
    ),
});

const CREDENTIAL = /key|secret|token|password|credential|sas|external_id/;

function placeOf({ location }: StageRecord, secrets: Secrets) {
  if (location.kind === 'Internal')
    return { stage_type: 'Internal', has_credentials: false, has_encryption_key: false };
  const { parameters } = location;
  const url = maskUrls(location.url);
  const scheme = url.slice(0, url.indexOf(':')).toLowerCase();
  // A secret that is not known here is shown as any short one.
  const hidden = parameters.secrets.map((name) => [name, secrets[name] ?? '?'] as const);
  const given = { ...parameters.values, ...Object.fromEntries(hidden) };
  const values = scheme === 's3' ? canonicalValues(storageType(scheme), given) : given;
  const names = Object.keys(values);
  return {
    stage_type: 'External',
    storage_type: scheme,
    url,
    endpoint: values['endpoint_url'] ?? (scheme === 's3' ? S3_DEFAULTS.endpoint_url : null),
    has_credentials: names.some((name) => CREDENTIAL.test(name) && name !== 'master_key'),
    has_encryption_key: names.includes('master_key'),
    storage_params: storageParams(url, scheme, values),
  };
}

/** What Databend shows of a bucket, whether it was said or not. */
const S3_DEFAULTS = {
  access_key_id: '',
  endpoint_url: 'https://s3.amazonaws.com',
  external_id: '',
  master_key: '',
  network_config: null,
  region: '',
  role_arn: '',
  secret_access_key: '',
  security_token: '',
  storage_class: 'Standard',
} as const;

/** The address in its parts and what the connection says, as JSON with sorted keys. */
function storageParams(url: string, scheme: string, values: ConnectionValues): string {
  const [, host = '', path = ''] = /^[^:]+:\/\/([^/]*)(.*)$/.exec(url) ?? [];
  const shown = Object.entries(values).map(([name, value]) => [name, CREDENTIAL.test(name) ? maskValue(value) : value]);
  const virtual = /^true$/i.test(values['enable_virtual_host_style'] ?? '');
  const params = {
    ...(scheme === 's3' ? S3_DEFAULTS : {}),
    ...Object.fromEntries(shown),
    ...(scheme === 's3' ? { enable_virtual_host_style: virtual } : {}),
    ...(host === '' ? {} : { [scheme.startsWith('http') ? 'host' : 'bucket']: host }),
    root: path === '' ? '/' : path,
    type: scheme.charAt(0).toUpperCase() + scheme.slice(1),
  };
  return JSON.stringify(Object.fromEntries(Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1))));
}
