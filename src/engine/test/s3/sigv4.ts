import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from './refusal.ts';

/**
 * AWS Signature Version 4 from the side of the server, from its definition alone: "Authenticating Requests" in the
 * documentation of S3. It shares nothing with the client.
 */

export interface SignedRequest {
  readonly method: string;
  /** As sent: percent-encoded, without the query. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

export interface Key {
  readonly secret: string;
  /** Of temporary credentials. */
  readonly token?: string | undefined;
  readonly mayList?: boolean | undefined;
  readonly mayWrite?: boolean | undefined;
}

export interface Verifier {
  readonly keys: ReadonlyMap<string, Key>;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Of the bucket. */
  readonly region: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const MAX_SKEW = 15 * 60_000;
const MAX_EXPIRES = 604_800;

/** The key that a request is signed with; undefined for one that is not signed. Throws what S3 answers to a wrong one. */
export function verifySignature(request: SignedRequest, verifier: Verifier): Key | undefined {
  const query = queryPairs(request.query);
  const authorization = request.headers.get('authorization');
  const isQuery = query.some(([name]) => name === 'X-Amz-Signature' || name === 'X-Amz-Algorithm');
  if (authorization !== undefined && isQuery) {
    throw new Refusal(400, 'InvalidArgument', 'Only one auth mechanism allowed');
  }
  if (authorization !== undefined) return verifyHeader(request, authorization, verifier);
  return isQuery ? verifyQuery(request, new Map(query), verifier) : undefined;
}

interface Claim {
  readonly keyId: string;
  readonly scope: string;
  readonly date: string;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly payload: string;
  readonly token: string | undefined;
}

function verifyHeader(request: SignedRequest, authorization: string, verifier: Verifier): Key {
  const { headers, body } = request;
  const parsed = /^(\S+)\s+Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/.exec(
    authorization,
  );
  const [, algorithm = '', credential = '', signedHeaders = '', signature = ''] = parsed ?? [];
  if (algorithm !== ALGORITHM) {
    throw new Refusal(400, 'InvalidRequest', 'The authorization mechanism you have provided is not supported.');
  }
  const payload = headers.get('x-amz-content-sha256');
  if (payload === undefined) {
    throw new Refusal(400, 'InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  }
  const scope = scopeOf(credential, verifier.region, { status: 400, code: 'AuthorizationHeaderMalformed' });
  const date = headers.get('x-amz-date') ?? '';
  const claim = { ...scope, date, signedHeaders, signature, payload, token: headers.get('x-amz-security-token') };
  const key = keyOf(claim, verifier);
  const sent = timeOf(date);
  if (Math.abs(sent - verifier.now) > MAX_SKEW) {
    throw new Refusal(
      403,
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
      {
        fields: {
          RequestTime: date,
          ServerTime: new Date(verifier.now).toISOString(),
          MaxAllowedSkewMilliseconds: `${MAX_SKEW}`,
        },
      },
    );
  }
  checkSignedHeaders(request, signedHeaders);
  checkSignature(request, claim, key);
  if (payload !== 'UNSIGNED-PAYLOAD' && payload !== sha256(body)) {
    throw new Refusal(
      400,
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
      { fields: { ClientComputedContentSHA256: payload, S3ComputedContentSHA256: sha256(body) } },
    );
  }
  return key;
}

function verifyQuery(request: SignedRequest, query: ReadonlyMap<string, string>, verifier: Verifier): Key {
  const value = (name: string) => {
    const found = query.get(name);
    if (found !== undefined) return found;
    throw malformed(
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    );
  };
  if (value('X-Amz-Algorithm') !== ALGORITHM) throw malformed(`X-Amz-Algorithm only supports "${ALGORITHM}"`);
  const scope = scopeOf(value('X-Amz-Credential'), verifier.region, {
    status: 400,
    code: 'AuthorizationQueryParametersError',
  });
  const [date, signedHeaders, signature] = [
    value('X-Amz-Date'),
    value('X-Amz-SignedHeaders'),
    value('X-Amz-Signature'),
  ];
  const expires = Number(value('X-Amz-Expires'));
  if (!Number.isInteger(expires) || expires < 0) throw malformed('X-Amz-Expires should be a number');
  if (expires > MAX_EXPIRES) {
    throw malformed('X-Amz-Expires must be less than a week (in seconds) that is 604800');
  }
  const payload = request.headers.get('x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD';
  const claim = { ...scope, date, signedHeaders, signature, payload, token: query.get('X-Amz-Security-Token') };
  const key = keyOf(claim, verifier);
  checkExpiry(timeOf(date), expires, verifier.now);
  checkSignedHeaders(request, signedHeaders);
  checkSignature(request, claim, key);
  return key;
}

function checkExpiry(sent: number, expires: number, now: number): void {
  const fields = { 'X-Amz-Expires': `${expires}`, ServerTime: isoSeconds(now) };
  if (sent - now > MAX_SKEW) throw new Refusal(403, 'AccessDenied', 'Request is not yet valid', { fields });
  const end = sent + expires * 1000;
  if (now <= end) return;
  throw new Refusal(403, 'AccessDenied', 'Request has expired', { fields: { ...fields, Expires: isoSeconds(end) } });
}

const isoSeconds = (time: number) => new Date(time).toISOString().replace(/\.\d{3}/, '');

function malformed(message: string): Refusal {
  return new Refusal(400, 'AuthorizationQueryParametersError', message);
}

function scopeOf(credential: string, region: string, wrong: { readonly status: number; readonly code: string }) {
  const parts = credential.split('/');
  const [keyId = '', day = '', claimed = '', service = '', end = ''] = parts;
  const refuse = (reason: string, fields = {}) => {
    const head =
      wrong.code === 'AuthorizationHeaderMalformed'
        ? 'The authorization header is malformed'
        : 'Error parsing the X-Amz-Credential parameter';
    return new Refusal(wrong.status, wrong.code, `${head}; ${reason}`, { fields });
  };
  if (parts.length !== 5 || end !== 'aws4_request' || !/^\d{8}$/.test(day)) {
    throw refuse('the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".');
  }
  if (service !== 's3') throw refuse(`incorrect service "${service}". This endpoint belongs to "s3".`);
  if (claimed !== region) {
    throw refuse(`the region '${claimed}' is wrong; expecting '${region}'`, { Region: region });
  }
  return { keyId, scope: parts.slice(1).join('/') };
}

function keyOf({ keyId, token }: Claim, { keys }: Verifier): Key {
  const key = keys.get(keyId);
  if (!key) {
    throw new Refusal(403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', {
      fields: { AWSAccessKeyId: keyId },
    });
  }
  if (key.token !== undefined && token === undefined) {
    throw new Refusal(403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', {
      fields: { AWSAccessKeyId: keyId },
    });
  }
  if (key.token !== token) {
    throw new Refusal(400, 'InvalidToken', 'The provided token is malformed or otherwise invalid.', {
      fields: { 'Token-0': token ?? '' },
    });
  }
  return key;
}

/** Milliseconds of `20130524T000000Z`. */
function timeOf(date: string): number {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(date)?.slice(1).map(Number);
  if (!parts) {
    throw new Refusal(403, 'AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header');
  }
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The host and all that begins with `x-amz-` must be signed. */
function checkSignedHeaders({ headers }: SignedRequest, signedHeaders: string): void {
  const signed = new Set(signedHeaders.split(';'));
  const missing = [...headers.keys()].filter(
    (name) => (name === 'host' || name.startsWith('x-amz-')) && !signed.has(name),
  );
  if (missing.length === 0) return;
  throw new Refusal(403, 'AccessDenied', 'There were headers present in the request which were not signed', {
    fields: { HeadersNotSigned: missing.join(', ') },
  });
}

function checkSignature(request: SignedRequest, claim: Claim, { secret }: Key): void {
  const canonical = canonicalRequest(request, claim);
  const toSign = [ALGORITHM, claim.date, claim.scope, sha256(canonical)].join('\n');
  const right = signatureOf(toSign, claim.scope, secret);
  if (timingSafeEqual(Buffer.from(right, 'hex'), Buffer.from(claim.signature.padEnd(64, '0').slice(0, 64), 'hex')))
    return;
  throw new Refusal(
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    {
      fields: {
        AWSAccessKeyId: claim.keyId,
        StringToSign: toSign,
        SignatureProvided: claim.signature,
        CanonicalRequest: canonical,
      },
    },
  );
}

function signatureOf(toSign: string, scope: string, secret: string): string {
  const parts = scope.split('/');
  const key = parts.reduce<Buffer>((above, part) => hmac(above, part), Buffer.from(`AWS4${secret}`));
  return hmac(key, toSign).toString('hex');
}

const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');

function canonicalRequest({ method, path, query, headers }: SignedRequest, { signedHeaders, payload }: Claim): string {
  const lines = signedHeaders
    .split(';')
    .map((name) => `${name}:${(headers.get(name) ?? '').trim().replace(/ +/g, ' ')}\n`)
    .join('');
  return [method, canonicalPath(path), canonicalQuery(query), lines, signedHeaders, payload].join('\n');
}

/** Encoded once, the slashes left as they are. */
function canonicalPath(path: string): string {
  return decodePath(path).split('/').map(encode).join('/');
}

export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new Refusal(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
}

/** The parameters of a query, decoded, in their order. */
export function queryPairs(query: string): (readonly [string, string])[] {
  if (query === '') return [];
  return query.split('&').map((part) => {
    const equals = part.indexOf('=');
    const [name, value] = equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
    return [decodePath(name.replaceAll('+', ' ')), decodePath(value.replaceAll('+', ' '))] as const;
  });
}

function canonicalQuery(query: string): string {
  return queryPairs(query)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
}

/** All but the unreserved characters of RFC 3986. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
