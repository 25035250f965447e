import { AwsV4Signer } from 'aws4fetch';
import { SqlError } from '../../base/errors.ts';
import { pageOrigin } from '../common/cors.ts';
import { withRetries } from '../common/retry.ts';
import type { PresignedUrl, PresignRequest } from '../store.ts';
import { objectUrl, type S3Bucket } from './address.ts';
import { customerHeaders } from './customer-key.ts';
import { failureOf, isPassing, type Request, readFailure, regionOf, s3Error } from './failure.ts';
import { noAnswer } from './no-answer.ts';

export interface S3Options {
  /** The platform's, unless another is handed in. */
  readonly fetch?: typeof fetch | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** Of the page that asks; undefined outside of pages. */
  readonly origin?: string | undefined;
  /** Regions of buckets that were found out, by endpoint and name; shared by the stores of an engine. */
  readonly regions?: Map<string, string> | undefined;
  readonly wait?: ((milliseconds: number, signal: AbortSignal) => Promise<void>) | undefined;
  /** Bytes of a part of an upload. */
  readonly partBytes?: number | undefined;
}

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly action: Request['action'];
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
  /** Whether it reads or writes the bytes of an object, which a customer's key has encrypted. */
  readonly encrypted?: boolean;
}

/** Speaks to one bucket. */
export interface S3Client {
  readonly bucket: S3Bucket;
  /** Sends until an answer is one, and gives what `take` makes of it. */
  send<Result>(request: S3Request, signal: AbortSignal, take: (response: Response) => Promise<Result>): Promise<Result>;
  presign(request: PresignRequest, signal: AbortSignal): Promise<PresignedUrl>;
}

/** Each request is signed anew; this is how long its answer may take to begin. */
const EXPIRES_SECONDS = 900;
const ATTEMPTS = 5;
/** A host that has never answered is more likely forbidden or wrong than busy. */
const FIRST_ATTEMPTS = 2;

interface Line {
  readonly bucket: S3Bucket;
  readonly send: typeof fetch;
  readonly now: () => number;
  readonly origin: string | undefined;
  readonly regions: Map<string, string>;
  readonly wait: S3Options['wait'];
  /** Whether any answer has come. */
  hasAnswered: boolean;
}

export function s3Client(bucket: S3Bucket, options: S3Options = {}): S3Client {
  const { fetch: send = fetch, now = Date.now, origin = pageOrigin(), regions = new Map(), wait } = options;
  const line: Line = { bucket, send, now, origin, regions, wait, hasAnswered: false };
  return {
    bucket,
    send: (request, signal, take) => sendWithRetries(line, { request, take }, signal),
    presign: (request, signal) => presign(line, request, signal),
  };
}

interface Sending<Result> {
  readonly request: S3Request;
  take(response: Response): Promise<Result>;
}

function sendWithRetries<Result>(line: Line, { request, take }: Sending<Result>, signal: AbortSignal): Promise<Result> {
  const once = async (attempt: number) => {
    const response = await sendOnce(line, request, { signal, attempt });
    try {
      return await take(response);
    } catch (error) {
      signal.throwIfAborted();
      // The body broke off.
      if (error instanceof TypeError) throw noAnswer(new URL(line.bucket.endpoint).host, undefined, error);
      throw error;
    }
  };
  const mayPass = (error: unknown, attempt: number) => {
    const failure = failureOf(error);
    if (!failure) return false;
    if (failure.status === 0) return line.hasAnswered || attempt < FIRST_ATTEMPTS;
    return isPassing(failure);
  };
  return withRetries(once, { attempts: ATTEMPTS, signal, wait: line.wait, mayPass });
}

const regionKey = ({ endpoint, name }: S3Bucket) => `${endpoint}/${name}`;

function regionNow({ bucket, regions }: Line): string {
  return bucket.region ?? regions.get(regionKey(bucket)) ?? 'us-east-1';
}

interface Attempt {
  readonly signal: AbortSignal;
  /** From 1. */
  readonly attempt: number;
}

/** One answer, or its failure thrown; a bucket that turns out to be in another region is asked there. */
async function sendOnce(line: Line, request: S3Request, { signal, attempt }: Attempt): Promise<Response> {
  const { bucket, regions } = line;
  const sentOn = line.now();
  const { url, headers } = await signRequest(bucket, request, { region: regionNow(line), now: sentOn });
  const { method, action, key, body } = request;
  const { send } = line;
  const response = await send(url, { method, headers, signal, ...(body ? { body } : {}) }).catch((cause: unknown) => {
    signal.throwIfAborted();
    if (cause instanceof SqlError) throw cause;
    throw noAnswer(new URL(url).host, line.origin, cause);
  });
  line.hasAnswered = true;
  if (response.ok) return response;
  const failure = await readFailure(response, attempt);
  const found = regionOf(failure);
  if (found !== undefined && bucket.region === undefined && !regions.has(regionKey(bucket))) {
    regions.set(regionKey(bucket), found);
    return sendOnce(line, request, { signal, attempt });
  }
  throw s3Error(failure, bucket, { action, key, sentOn });
}

async function presign(line: Line, request: PresignRequest, signal: AbortSignal): Promise<PresignedUrl> {
  const { method, path, expiresSeconds, contentType } = request;
  const { bucket, regions } = line;
  if (bucket.credentials && bucket.region === undefined && !regions.has(regionKey(bucket))) {
    await findRegion(line, signal);
  }
  const toSign: S3Request = {
    method,
    action: method === 'GET' ? 's3:GetObject' : 's3:PutObject',
    key: path,
    encrypted: true,
    headers: contentType === undefined ? {} : { 'content-type': contentType },
  };
  const signed = await signRequest(bucket, toSign, { region: regionNow(line), now: line.now(), expiresSeconds });
  return { url: signed.url, headers: Object.fromEntries([...signed.headers]) };
}

const PROBE: S3Request = {
  method: 'GET',
  action: 's3:ListBucket',
  key: '',
  query: { 'list-type': '2', 'max-keys': '1' },
};

/** A signature must name the region; the answer to any request tells it, whether that was allowed or not. */
async function findRegion(line: Line, signal: AbortSignal): Promise<void> {
  try {
    await drop(await sendOnce(line, PROBE, { signal, attempt: 1 }));
  } catch (error) {
    signal.throwIfAborted();
    // A link needs no right to list; whoever uses it hears what else is wrong.
    const { status = 0 } = failureOf(error) ?? {};
    if (status === 0) throw error;
  }
  const key = regionKey(line.bucket);
  line.regions.set(key, regionNow(line));
}

interface Signing {
  readonly region: string;
  readonly now: number;
  readonly expiresSeconds?: number;
}

/** Signed in the query: a browser then sends reads without asking the server first. */
async function signRequest(
  bucket: S3Bucket,
  request: S3Request,
  { region, now, expiresSeconds = EXPIRES_SECONDS }: Signing,
): Promise<{ readonly url: string; readonly headers: Headers }> {
  const url = objectUrl(bucket, request.key, region);
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  const headers = new Headers(request.headers);
  if (bucket.customerKey !== undefined && request.encrypted) {
    for (const [name, value] of Object.entries(customerHeaders(bucket.customerKey))) headers.set(name, value);
  }
  const { credentials } = bucket;
  if (!credentials) return { url: plainBlanks(url), headers };
  url.searchParams.set('X-Amz-Expires', String(expiresSeconds));
  const signer = new AwsV4Signer({
    url: url.href,
    method: request.method,
    headers,
    accessKeyId: credentials.accessKeyId,
    secretAccessKey: credentials.secretAccessKey,
    ...(credentials.sessionToken === undefined ? {} : { sessionToken: credentials.sessionToken }),
    service: 's3',
    region,
    datetime: new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, ''),
    signQuery: true,
    allHeaders: headers.has('content-type'),
  });
  return { url: plainBlanks((await signer.sign()).url), headers };
}

/** `+` stands for a blank in forms alone: not every server takes it for one. */
function plainBlanks(url: URL): string {
  return url.origin + url.pathname + url.search.replaceAll('+', '%20');
}

/** What is to be done with an answer that says nothing. */
export async function drop(response: Response): Promise<void> {
  await response.body?.cancel();
}
