import { SqlError } from '../../base/errors.ts';
import type { ConnectionValues } from '../common/storage-types.ts';
import { decodePath } from '../common/urls.ts';
import type { ObjectStore } from '../store.ts';
import { s3Bucket } from './address.ts';
import type { S3Options } from './client.ts';
import { s3Store } from './store.ts';

/** `s3://bucket[/path]` */
export function s3Path(
  url: string,
  values: ConnectionValues,
  options: S3Options = {},
): { readonly store: ObjectStore; readonly path: string; readonly listable: boolean } {
  const [, bucket = '', path = ''] = /^[^:]+:\/\/([^/]*)\/?([\s\S]*)$/.exec(url) ?? [];
  if (bucket === '') throw new SqlError('SyntaxException', `invalid uri ${url}: it names no bucket`);
  return { store: s3Store(s3Bucket(bucket, values), options), path: decodePath(path), listable: true };
}
