import { SqlError } from '../../base/errors.ts';
import { hint } from '../../base/hints.ts';
import { corsRule } from '../common/cors.ts';
import type { WriteOptions } from '../store.ts';
import { drop, type S3Client } from './client.ts';
import { failureIn, failureOf, s3Error } from './failure.ts';
import { childText, escapeXml, parseXml } from './xml.ts';

/** An object that is too large for one request. */
export interface LargeObject {
  readonly key: string;
  readonly first: Uint8Array<ArrayBuffer>;
  readonly second: Uint8Array<ArrayBuffer>;
  readonly rest: AsyncIterable<Uint8Array<ArrayBuffer>>;
}

const CONCURRENT_PARTS = 3;

export const IF_ABSENT = { 'if-none-match': '*' } as const;

/** Uploads an object in parts; nothing of it is there before all are, and nothing is left of one that failed. */
export async function uploadParts(
  client: S3Client,
  { key, first, second, rest }: LargeObject,
  { ifAbsent, signal }: WriteOptions,
): Promise<void> {
  const id = await createUpload(client, key, signal);
  const stop = new AbortController();
  const untilStop = AbortSignal.any([signal, stop.signal]);
  const sent: Promise<string>[] = [];
  const send = async (body: Uint8Array<ArrayBuffer>) => {
    const part = sendPart(client, { key, id, number: sent.length + 1, body }, untilStop);
    // It is awaited below, perhaps after another has failed.
    part.catch(() => {});
    sent.push(part);
    await sent.at(-CONCURRENT_PARTS);
  };
  try {
    await send(first);
    await send(second);
    for await (const body of rest) await send(body);
    await completeUpload(client, { key, id, etags: await Promise.all(sent) }, { ifAbsent, signal });
  } catch (error) {
    stop.abort();
    await Promise.allSettled(sent);
    await abortUpload(client, key, id);
    throw error;
  }
}

async function createUpload(client: S3Client, key: string, signal: AbortSignal): Promise<string> {
  const request = { method: 'POST', action: 's3:PutObject', key, query: { uploads: '' }, encrypted: true } as const;
  return client.send(request, signal, async (response) => {
    const root = parseXml(await response.text());
    const id = root && childText(root, 'UploadId');
    if (id === undefined) throw new SqlError('StorageOther', `the upload of '${key}' was answered with no id`);
    return id;
  });
}

interface Part {
  readonly key: string;
  readonly id: string;
  readonly number: number;
  readonly body: Uint8Array<ArrayBuffer>;
}

async function sendPart(client: S3Client, { key, id, number, body }: Part, signal: AbortSignal): Promise<string> {
  const query = { partNumber: String(number), uploadId: id };
  const request = { method: 'PUT', action: 's3:PutObject', key, query, body, encrypted: true } as const;
  return client.send(request, signal, async (response) => {
    await drop(response);
    const etag = response.headers.get('ETag');
    if (etag !== null) return etag;
    throw new SqlError('StorageOther', `the ETag of an uploaded part of '${key}' cannot be seen`, {
      hint: hint('exposeEtag'),
      snippet: corsRule('*'),
    });
  });
}

interface Upload {
  readonly key: string;
  readonly id: string;
  readonly etags: readonly string[];
}

async function completeUpload(
  client: S3Client,
  { key, id, etags }: Upload,
  { ifAbsent, signal }: WriteOptions,
): Promise<void> {
  const parts = etags.map(
    (etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${escapeXml(etag)}</ETag></Part>`,
  );
  const body = new TextEncoder().encode(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
  const complete = { method: 'POST', action: 's3:PutObject', key, query: { uploadId: id }, body } as const;
  const request = ifAbsent ? { ...complete, headers: IF_ABSENT } : complete;
  try {
    await client.send(request, signal, async (response) => {
      // S3 answers before it knows how it will end, and then says so in the body.
      const failure = failureIn(await response.text());
      if (failure) throw s3Error(failure, client.bucket, { action: 's3:PutObject', key, sentOn: 0 });
    });
  } catch (error) {
    const { code, attempt = 1 } = failureOf(error) ?? {};
    // An earlier attempt has ended the upload, and its answer was lost.
    if (code !== 'NoSuchUpload' || attempt === 1) throw error;
  }
}

/** Not cut short by the caller's signal: that is often why it is called. */
async function abortUpload(client: S3Client, key: string, id: string): Promise<void> {
  const { signal } = new AbortController();
  const request = { method: 'DELETE', action: 's3:PutObject', key, query: { uploadId: id } } as const;
  // What went wrong before is what the caller has to hear; parts that stay can be removed by a rule of the bucket.
  await client.send(request, signal, drop).catch(() => {});
}
