import { joinBytes } from '../../base/bytes.ts';
import { piecesOf } from '../common/bytes.ts';
import { alreadyExists } from '../common/errors.ts';
import type { WriteOptions } from '../store.ts';
import { drop, type S3Client } from './client.ts';
import { failureOf } from './failure.ts';
import { IF_ABSENT, uploadParts } from './upload.ts';

/** Larger objects go up in parts of this size. */
export const PART_BYTES = 16 * 1024 * 1024;

/** Writes an object: what fits in one part by one PUT, anything larger in parts. */
export async function writeObject(
  client: S3Client,
  key: string,
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  options: WriteOptions & { readonly partBytes: number },
): Promise<void> {
  const parts = partsOf(piecesOf(bytes, options.signal), options.partBytes);
  const first = (await parts.next()).value ?? new Uint8Array(0);
  const second = await parts.next();
  try {
    if (second.done) await putObject(client, key, first, options);
    else await uploadParts(client, { key, first, second: second.value, rest: parts }, options);
  } catch (error) {
    const { status } = failureOf(error) ?? {};
    throw status === 412 ? alreadyExists(key, error) : error;
  } finally {
    await parts.return(undefined);
  }
}

/** Cuts a stream into parts of one size; the last may be shorter. */
async function* partsOf(
  pieces: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined, undefined> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    let rest = piece;
    while (length + rest.length > size) {
      held.push(rest.subarray(0, size - length));
      rest = rest.subarray(size - length);
      yield joinBytes(held);
      [held, length] = [[], 0];
    }
    // The writer has its bytes back only at the end, but a stream may fill the same array again.
    held.push(rest.slice());
    length += rest.length;
  }
  if (length > 0) yield joinBytes(held);
  return undefined;
}

async function putObject(
  client: S3Client,
  key: string,
  body: Uint8Array<ArrayBuffer>,
  { ifAbsent, signal }: WriteOptions,
): Promise<void> {
  const put = { method: 'PUT', action: 's3:PutObject', key, body, encrypted: true } as const;
  const request = ifAbsent ? { ...put, headers: IF_ABSENT } : put;
  try {
    await client.send(request, signal, drop);
  } catch (error) {
    const { status, attempt = 1 } = failureOf(error) ?? {};
    if (status !== 412 || attempt === 1 || !(await holds(client, key, body, signal))) throw error;
  }
}

/** Whether the object is already what was to be written: then the answer to an earlier attempt was lost. */
async function holds(client: S3Client, key: string, body: Uint8Array, signal: AbortSignal): Promise<boolean> {
  const request = { method: 'GET', action: 's3:GetObject', key, encrypted: true } as const;
  const present = await client.send(request, signal, async (response) => new Uint8Array(await response.arrayBuffer()));
  return present.length === body.length && present.every((byte, index) => byte === body[index]);
}
