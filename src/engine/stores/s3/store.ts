import { clipRange } from '../common/bytes.ts';
import { notFound } from '../common/errors.ts';
import type { ByteRange, ObjectInfo, ObjectStore } from '../store.ts';
import type { S3Bucket } from './address.ts';
import { drop, type S3Client, type S3Options, s3Client } from './client.ts';
import { failureOf } from './failure.ts';
import { type ListRequest, listPages } from './list.ts';
import { removeObject, removeObjects } from './remove.ts';
import { PART_BYTES, writeObject } from './write.ts';

/** A bucket of S3, or of any server that speaks its protocol. Reads are plain GETs, so that a page sends no preflights. */
export function s3Store(bucket: S3Bucket, options: S3Options = {}): Required<ObjectStore> {
  const client = s3Client(bucket, options);
  const { partBytes = PART_BYTES } = options;
  return {
    list: (prefix, signal) => listObjects(client, { prefix }, signal),
    listAfter: (prefix, after, signal) => listObjects(client, { prefix, after }, signal),
    head: (path, signal) => headObject(client, path, signal),
    read: (path, signal, range) => readObject(client, path, { signal, range }),
    write: (path, bytes, { ifAbsent, signal }) => writeObject(client, path, bytes, { ifAbsent, signal, partBytes }),
    remove: (path, signal) => removeObject(client, path, signal),
    removeAll: (paths, signal) => removeObjects(client, paths, signal),
    presign: (request, signal) => client.presign(request, signal),
  };
}

async function* listObjects(client: S3Client, request: ListRequest, signal: AbortSignal): AsyncGenerator<ObjectInfo> {
  signal.throwIfAborted();
  for await (const objects of listPages(client, request, signal)) {
    for (const object of objects) {
      signal.throwIfAborted();
      yield object;
    }
  }
}

/** A listing of one says most: of headers a page sees only those that the bucket exposes. */
async function headObject(client: S3Client, key: string, signal: AbortSignal): Promise<ObjectInfo | undefined> {
  signal.throwIfAborted();
  if (key === '') return undefined;
  try {
    for await (const [first] of listPages(client, { prefix: key, most: 1 }, signal)) {
      return first?.path === key ? first : undefined;
    }
    return undefined;
  } catch (error) {
    if (failureOf(error)?.code !== 'AccessDenied') throw error;
    return headUnlisted(client, key, signal);
  }
}

/** For keys that may read and not list. */
async function headUnlisted(client: S3Client, key: string, signal: AbortSignal): Promise<ObjectInfo | undefined> {
  const request = { method: 'HEAD', action: 's3:GetObject', key, encrypted: true } as const;
  try {
    return await client.send(request, signal, async ({ headers }) => {
      const lastModified = Date.parse(headers.get('Last-Modified') ?? '');
      return {
        path: key,
        size: Number(headers.get('Content-Length')),
        etag: headers.get('ETag') ?? undefined,
        lastModified: Number.isNaN(lastModified) ? undefined : lastModified,
      };
    });
  } catch (error) {
    if (failureOf(error)?.status === 404) return undefined;
    throw error;
  }
}

interface ReadOptions {
  readonly signal: AbortSignal;
  readonly range: ByteRange | undefined;
}

async function readObject(
  client: S3Client,
  key: string,
  { signal, range }: ReadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  signal.throwIfAborted();
  if (key === '') throw notFound(key);
  const isEmpty = range !== undefined && range.end <= range.start;
  // At least one byte: nothing else tells whether the object is there.
  const asked = range && { start: Math.max(0, range.start), end: Math.max(range.end, Math.max(0, range.start) + 1) };
  const headers = asked ? { Range: `bytes=${asked.start}-${asked.end - 1}` } : {};
  const request = { method: 'GET', action: 's3:GetObject', key, headers, encrypted: true } as const;
  try {
    return await client.send(request, signal, async (response) => {
      if (isEmpty) {
        await drop(response);
        return new Uint8Array(0);
      }
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (response.status === 206 || !asked) return bytes;
      const { start, end } = clipRange(asked, bytes.length);
      return bytes.slice(start, end);
    });
  } catch (error) {
    const { status, code } = failureOf(error) ?? {};
    if (status === 416) return new Uint8Array(0);
    if (code === 'NoSuchKey') throw notFound(key, error);
    throw error;
  }
}
