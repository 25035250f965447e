import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import { own } from '../base/own.ts';
import type { ConnectionValues } from './common/storage-types.ts';
import { httpPath } from './http.ts';
import type { S3Options } from './s3/client.ts';
import { s3Path } from './s3/index.ts';
import type { ObjectStore } from './store.ts';

/** The store behind a URL, and the path that the URL has in it. */
export interface StorePath {
  readonly store: ObjectStore;
  readonly path: string;
  /** False where files must be named. */
  readonly listable: boolean;
  /** What lies there is gone with the engine: for a statement, not for a stage. */
  readonly passing?: boolean;
}

/** Opens the store of a URL; the values of a connection go by the first name of each parameter. */
export type OpenUrl = (url: string, values: ConnectionValues) => Promise<StorePath>;

export type OpenScheme = (url: string, values: ConnectionValues) => StorePath | Promise<StorePath>;

function schemesWith(s3: S3Options): Readonly<Record<string, OpenScheme>> {
  const { fetch } = s3;
  return {
    http: (url) => httpPath(url, { fetch }),
    https: (url) => httpPath(url, { fetch }),
    s3: (url, values) => s3Path(url, values, s3),
  };
}

/** Databend's schemes that cannot be reached from here. */
const UNREACHABLE = ['azblob', 'gcs', 'oss', 'obs', 'cos', 'ipfs', 'hf', 'fs', 'webhdfs', 'hdfs'];

/**
 * Opens URLs by their scheme: the ones above, and those that the host of the engine hands in, such as `fs`. All requests
 * go through `fetch`, the platform's unless another is handed in.
 */
export function urlOpener(handed: Readonly<Record<string, OpenScheme>> = {}, fetch?: typeof globalThis.fetch): OpenUrl {
  const schemes = { ...schemesWith({ regions: new Map(), fetch }), ...handed };
  return async (url, values) => {
    const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
    if (scheme === undefined) {
      throw new SqlError('SyntaxException', `invalid uri relative URL without a base: ${url}`);
    }
    const open = own(schemes, scheme);
    if (open) return open(url, values);
    throw unreachable(scheme, Object.keys(schemes));
  };
}

function unreachable(scheme: string, known: readonly string[]): SqlError {
  if (scheme === 'fs') {
    return new SqlError('StorageUnsupported', 'a page cannot read the disk by a path', {
      hint: hint('uploadInstead'),
    });
  }
  if (UNREACHABLE.includes(scheme)) {
    return new SqlError('StorageUnsupported', `storage of type ${scheme} cannot be reached from here`, {
      hint: hint('presigned'),
    });
  }
  return unsupported(scheme, known);
}

export function unsupported(scheme: string, known: readonly string[]): SqlError {
  return new SqlError('StorageOther', `invalid input parameter (protocol ${scheme} is not supported yet.)`, {
    suggestions: known,
  });
}
