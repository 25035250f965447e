import { drop, type S3Client } from './client.ts';
import { md5Base64 } from './customer-key.ts';
import { failureOf, S3Failure, s3Error } from './failure.ts';
import { childrenNamed, childText, escapeXml, parseXml } from './xml.ts';

/** As many as S3 takes at once. */
const BATCH = 1000;

export async function removeObject(client: S3Client, key: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (key === '') return;
  try {
    await client.send({ method: 'DELETE', action: 's3:DeleteObject', key }, signal, drop);
  } catch (error) {
    // Some servers miss what is not there.
    if (failureOf(error)?.code !== 'NoSuchKey') throw error;
  }
}

/** Removes many objects by few requests. */
export async function removeObjects(client: S3Client, keys: readonly string[], signal: AbortSignal): Promise<void> {
  const named = keys.filter((key) => !HAS_CONTROLS.test(key));
  for (let at = 0; at < named.length; at += BATCH) await removeBatch(client, named.slice(at, at + BATCH), signal);
  for (const key of keys) if (HAS_CONTROLS.test(key)) await removeObject(client, key, signal);
}

// XML cannot hold them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const HAS_CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

async function removeBatch(client: S3Client, keys: readonly string[], signal: AbortSignal): Promise<void> {
  const objects = keys.map((key) => `<Object><Key>${escapeXml(key)}</Key></Object>`).join('');
  const body = new TextEncoder().encode(`<Delete><Quiet>true</Quiet>${objects}</Delete>`);
  const headers = { 'content-md5': md5Base64(body) };
  const request = { method: 'POST', action: 's3:DeleteObject', key: '', query: { delete: '' }, headers, body } as const;
  await client.send(request, signal, async (response) => {
    const root = parseXml(await response.text());
    const error = root && childrenNamed(root, 'Error')[0];
    if (!error) return;
    const code = childText(error, 'Code') ?? '';
    const failure = new S3Failure(code === 'AccessDenied' ? 403 : 500, code, childText(error, 'Message') ?? '');
    const key = childText(error, 'Key') ?? '';
    throw s3Error(failure, client.bucket, { action: 's3:DeleteObject', key, sentOn: 0 });
  });
}
