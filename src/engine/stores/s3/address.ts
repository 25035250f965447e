import { SqlError } from '../../base/errors.ts';
import { hint } from '../../base/hints.ts';

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary keys. */
  readonly sessionToken: string | undefined;
}

/** Where a bucket is and how it is entered. */
export interface S3Bucket {
  readonly name: string;
  /** `https://host[:port]`, a path behind it where a gateway wants one. */
  readonly endpoint: string;
  /** Found from the server's answer where it is not known. */
  readonly region: string | undefined;
  /** `bucket.host/key` instead of `host/bucket/key`. */
  readonly virtualHost: boolean;
  /** Undefined for a bucket that lets everybody in. */
  readonly credentials: S3Credentials | undefined;
  /** The key that the customer encrypts objects with, in base64. */
  readonly customerKey: string | undefined;
}

const AWS = 'https://s3.amazonaws.com';

/** What `s3://bucket` and the parameters of a connection say; names are those that `storageParameters` gives. */
export function s3Bucket(name: string, parameters: Readonly<Record<string, string>>): S3Bucket {
  const endpoint = endpointOf(parameters['endpoint_url'] || AWS);
  const region = parameters['region'];
  if (parameters['role_arn']) {
    throw new SqlError('StorageUnsupported', `a role cannot be assumed from here: ${parameters['role_arn']}`, {
      hint: hint('assumeElsewhere'),
    });
  }
  return {
    name,
    endpoint,
    region: region && region !== 'auto' ? region : regionOfHost(endpoint),
    virtualHost: /^(true|1)$/i.test(parameters['enable_virtual_host_style'] ?? ''),
    credentials: credentialsOf(parameters),
    customerKey: parameters['master_key'] || undefined,
  };
}

function endpointOf(text: string): string {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  try {
    const { protocol, host, pathname } = new URL(url);
    if (host !== '' && /^https?:$/.test(protocol)) return `${protocol}//${host}${pathname.replace(/\/+$/, '')}`;
  } catch {
    // Said below, together with what parses and is no address of a server.
  }
  throw new SqlError('InvalidConfig', `Input storage config for stage is invalid: endpoint_url '${text}' is no URL`);
}

/** AWS and others name the region in the host of an endpoint. */
function regionOfHost(endpoint: string): string | undefined {
  const { hostname } = new URL(endpoint);
  if (hostname.endsWith('.r2.cloudflarestorage.com')) return 'auto';
  return /^s3[.-](?:dualstack\.)?([a-z]{2}-[a-z-]+-\d)\.amazonaws\.com(?:\.cn)?$/.exec(hostname)?.[1];
}

function credentialsOf(parameters: Readonly<Record<string, string>>): S3Credentials | undefined {
  const accessKeyId = parameters['access_key_id'] || undefined;
  const secretAccessKey = parameters['secret_access_key'] || undefined;
  if (accessKeyId && secretAccessKey) {
    return { accessKeyId, secretAccessKey, sessionToken: parameters['security_token'] || undefined };
  }
  if (!accessKeyId && !secretAccessKey) return undefined;
  const missing = accessKeyId ? 'secret_access_key' : 'access_key_id';
  throw new SqlError('InvalidConfig', `Input storage config for stage is invalid: ${missing} is missing`, {
    hint: hint('bothKeys'),
  });
}

/** The URL of an object, or of the bucket for the empty key. AWS answers at the host of the bucket's region alone. */
export function objectUrl({ endpoint, name, virtualHost }: S3Bucket, key: string, region: string): URL {
  const base = new URL(endpoint === AWS && region !== 'us-east-1' ? `https://s3.${region}.amazonaws.com` : endpoint);
  const folder = base.pathname.replace(/\/$/, '');
  const path = key.split('/').map(encodeName).join('/');
  if (virtualHost) {
    base.host = `${name}.${base.host}`;
    return new URL(`${base.origin}${folder}/${path}`);
  }
  return new URL(`${base.origin}${folder}/${encodeName(name)}${key === '' ? '' : '/'}${path}`);
}

/** A name of `.` or `..` would be resolved by whoever sends it, and no escape keeps a browser from doing so. */
function encodeName(name: string): string {
  if (name === '.' || name === '..') {
    throw new SqlError('StorageUnsupported', `an object whose path has a part '${name}' cannot be reached over HTTP`);
  }
  return encodeURIComponent(name).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
