import { SqlError } from '../../base/errors.ts';
import { type ErrorHint, hint } from '../../base/hints.ts';
import { own } from '../../base/own.ts';
import { notFound } from '../common/errors.ts';
import type { S3Bucket } from './address.ts';
import { childText, parseXml } from './xml.ts';

/** What a bucket answered instead of what was asked for. */
export class S3Failure extends Error {
  override readonly name = 'S3Failure';
  /** Of HTTP; 0 where no answer came. */
  readonly status: number;
  readonly code: string;
  readonly fields: Readonly<Record<string, string>>;
  /** From 1: before a later one the request may have been performed, its answer lost. */
  readonly attempt: number;

  constructor(
    status: number,
    code: string,
    message: string,
    more: Partial<Pick<S3Failure, 'fields' | 'attempt'>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = more.fields ?? {};
    this.attempt = more.attempt ?? 1;
  }
}

/** The failure behind an error of the store. */
export function failureOf(error: unknown): S3Failure | undefined {
  return error instanceof SqlError && error.cause instanceof S3Failure ? error.cause : undefined;
}

/** Reads the answer's error; its body is empty for HEAD, and may break off. */
export async function readFailure(response: Response, attempt: number): Promise<S3Failure> {
  const { status, headers } = response;
  const root = parseXml(await response.text().catch(() => ''));
  const fields: Record<string, string> = {};
  for (const { name, text } of root?.children ?? []) fields[name] = text;
  const region = headers.get('x-amz-bucket-region');
  if (region !== null) fields['Region'] ??= region;
  const { Code: code = CODES[status] ?? '', Message: message = response.statusText } = fields;
  return new S3Failure(status, code, message, { fields, attempt });
}

/** What the status alone says. */
const CODES: Readonly<Record<number, string>> = {
  301: 'PermanentRedirect',
  403: 'AccessDenied',
  404: 'NoSuchKey',
  412: 'PreconditionFailed',
  503: 'SlowDown',
};

/** An error inside of an answer whose status was a success. */
export function failureIn(text: string): S3Failure | undefined {
  const root = parseXml(text);
  if (root?.name !== 'Error') return undefined;
  return new S3Failure(500, childText(root, 'Code') ?? 'InternalError', childText(root, 'Message') ?? '');
}

const BUSY = ['SlowDown', 'InternalError', 'ServiceUnavailable', 'RequestTimeout', 'ConditionalRequestConflict'];

/** Whether the same request may succeed a little later. */
export function isPassing({ status, code }: S3Failure): boolean {
  return status === 429 || status >= 500 || BUSY.includes(code);
}

/** The region that the bucket is in, where the failure is that it was looked for in another. */
export function regionOf({ status, code, fields }: S3Failure): string | undefined {
  if (fields['Region'] !== undefined && (status === 301 || status === 400)) return fields['Region'];
  if (code !== 'PermanentRedirect' && code !== 'TemporaryRedirect') return undefined;
  return /(?:^|[.])s3[.-]([a-z0-9-]+)\.amazonaws\.com/.exec(fields['Endpoint'] ?? '')?.[1];
}

export interface Request {
  /** What was to be done, as the policy of a bucket calls it. */
  readonly action: 's3:ListBucket' | 's3:GetObject' | 's3:PutObject' | 's3:DeleteObject';
  readonly key: string;
  /** Milliseconds since 1970, when it was signed. */
  readonly sentOn: number;
}

/** A failure as the error that people see: the bucket's own words, and what to do about it. */
export function s3Error(failure: S3Failure, bucket: S3Bucket, request: Request): SqlError {
  const { status, code, message } = failure;
  if (code === 'NoSuchKey') return notFound(request.key, failure);
  const skew = clockError(failure, request);
  if (skew) return skew;
  const kind = own(KINDS, code) ?? kindOf(status);
  return new SqlError(kind, `${code || 'the request'} (HTTP ${status}) from bucket '${bucket.name}': ${message}`, {
    hint: own(HINTS, code)?.(bucket, request) ?? (isPassing(failure) ? hint('serverBusy') : undefined),
    cause: failure,
  });
}

type Kind = SqlError['kind'];

const KINDS: Readonly<Record<string, Kind>> = {
  NoSuchBucket: 'StorageNotFound',
  ExpiredToken: 'StoragePermissionDenied',
  InvalidToken: 'StoragePermissionDenied',
};

function kindOf(status: number): Kind {
  if (status === 401 || status === 403) return 'StoragePermissionDenied';
  if (status === 404) return 'StorageNotFound';
  return status === 429 || status >= 500 ? 'StorageUnavailable' : 'StorageOther';
}

type Hint = (bucket: S3Bucket, request: Request) => ErrorHint;

const FRESH_TOKEN: Hint = () => hint('freshKeys');
const RIGHT_REGION: Hint = () => hint('ownRegion');

const HINTS: Readonly<Record<string, Hint>> = {
  InvalidAccessKeyId: ({ endpoint }) => hint('unknownKey', new URL(endpoint).host),
  SignatureDoesNotMatch: () => hint('wrongSecret'),
  AccessDenied: ({ name, credentials }, { action }) =>
    credentials
      ? hint('policyOf', action, `arn:aws:s3:::${name}${action === 's3:ListBucket' ? '' : '/*'}`)
      : hint('giveKeys'),
  NoSuchBucket: ({ endpoint }) => hint('checkBucket', new URL(endpoint).host),
  ExpiredToken: FRESH_TOKEN,
  InvalidToken: FRESH_TOKEN,
  PermanentRedirect: RIGHT_REGION,
  AuthorizationHeaderMalformed: RIGHT_REGION,
  AuthorizationQueryParametersError: RIGHT_REGION,
};

function clockHint(sentOn: number, server: number): ErrorHint {
  if (Number.isNaN(server)) return hint('clockOff');
  const minutes = Math.round(Math.abs(sentOn - server) / 60_000);
  return hint(sentOn < server ? 'clockBehind' : 'clockAhead', String(minutes), new Date(server).toISOString());
}

/** Requests are signed when they are sent: one that is too old or too new tells that the clock here is wrong. */
function clockError(failure: S3Failure, { sentOn }: Request): SqlError | undefined {
  const { code, message, fields } = failure;
  const isClock = code === 'RequestTimeTooSkewed' || /request (has expired|is not yet valid)/i.test(message);
  if (!isClock) return undefined;
  return new SqlError('StoragePermissionDenied', `${code} (HTTP ${failure.status}): ${message}`, {
    hint: clockHint(sentOn, Date.parse(fields['ServerTime'] ?? '')),
    cause: failure,
  });
}
