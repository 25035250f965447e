import type { ObjectInfo } from '../store.ts';
import type { S3Client } from './client.ts';
import { S3Failure, s3Error } from './failure.ts';
import { childrenNamed, childText, parseXml, type XmlElement } from './xml.ts';

export interface ListRequest {
  readonly prefix: string;
  /** At most 1000. */
  readonly most?: number | undefined;
  /** Only what follows this path. */
  readonly after?: string | undefined;
}

interface Page {
  readonly objects: readonly ObjectInfo[];
  /** Absent on the last page. */
  readonly next: string | undefined;
}

/** The objects of a bucket whose path starts with the prefix, page by page, in the order of their UTF-8 bytes. */
export async function* listPages(
  client: S3Client,
  { prefix, most, after }: ListRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly ObjectInfo[], void, undefined> {
  let token: string | undefined;
  do {
    const query = {
      'list-type': '2',
      'encoding-type': 'url',
      prefix,
      ...(most === undefined ? {} : { 'max-keys': String(most) }),
      ...(after === undefined ? {} : { 'start-after': after }),
      ...(token === undefined ? {} : { 'continuation-token': token }),
    };
    const request = { method: 'GET', action: 's3:ListBucket', key: '', query } as const;
    const page: Page = await client.send(request, signal, async (response) => pageOf(await response.text(), client));
    yield page.objects;
    token = page.next;
  } while (token !== undefined);
}

function pageOf(text: string, { bucket }: S3Client): Page {
  const root = parseXml(text);
  if (root?.name !== 'ListBucketResult') {
    const failure = new S3Failure(
      200,
      'InvalidListing',
      'the answer is no listing; is ENDPOINT_URL that of a bucket server?',
    );
    throw s3Error(failure, bucket, { action: 's3:ListBucket', key: '', sentOn: 0 });
  }
  const isEncoded = childText(root, 'EncodingType') === 'url';
  const objects = childrenNamed(root, 'Contents').map((element) => infoOf(element, isEncoded));
  const isCut = childText(root, 'IsTruncated') === 'true';
  return { objects, next: isCut ? childText(root, 'NextContinuationToken') : undefined };
}

function infoOf(element: XmlElement, isEncoded: boolean): ObjectInfo {
  const key = childText(element, 'Key') ?? '';
  const lastModified = Date.parse(childText(element, 'LastModified') ?? '');
  return {
    path: isEncoded ? decodeURIComponent(key.replaceAll('+', ' ')) : key,
    size: Number(childText(element, 'Size')),
    etag: childText(element, 'ETag'),
    // Whole seconds, as headers say it.
    lastModified: Number.isNaN(lastModified) ? undefined : Math.floor(lastModified / 1000) * 1000,
  };
}
