import { createHash } from 'node:crypto';
import { escapeXml, Refusal } from './refusal.ts';
import { queryPairs } from './sigv4.ts';

/** What a bucket answers to a request that may be made: the objects, their listing, uploads in parts. */

export interface BucketObject {
  readonly bytes: Buffer;
  readonly etag: string;
  readonly lastModified: number;
  readonly contentType: string;
  /** MD5 of the key that the customer encrypted it with. */
  readonly customerKey: string | undefined;
}

export interface Bucket {
  readonly name: string;
  readonly region: string;
  /** Who has no key may read. */
  readonly anonymous: boolean;
  readonly objects: Map<string, BucketObject>;
  readonly uploads: Map<string, { readonly key: string; readonly parts: Map<number, { bytes: Buffer; etag: string }> }>;
}

export interface Operation {
  readonly method: string;
  readonly bucket: Bucket;
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  readonly now: number;
  readonly pageSize: number;
  readonly minPartBytes: number;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

const md5 = (bytes: Uint8Array | string) => createHash('md5').update(bytes).digest();

export function performOperation(operation: Operation): Answer {
  const { key, method, query } = operation;
  if (key === '') return bucketOperation(operation);
  if (method === 'POST' && query.has('uploads')) return createUpload(operation);
  if (query.has('uploadId')) return uploadOperation(operation);
  switch (method) {
    case 'GET':
    case 'HEAD':
      return getObject(operation);
    case 'PUT':
      return putObject(operation);
    case 'DELETE':
      operation.bucket.objects.delete(key);
      return { status: 204 };
    default:
      throw notAllowed();
  }
}

function notAllowed(): Refusal {
  return new Refusal(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
}

function bucketOperation(operation: Operation): Answer {
  const { method, query, bucket } = operation;
  if (method === 'HEAD') return { status: 200, headers: { 'x-amz-bucket-region': bucket.region } };
  if (method === 'GET' && query.get('list-type') === '2') return listObjects(operation);
  if (method === 'POST' && query.has('delete')) return deleteObjects(operation);
  throw notAllowed();
}

function xml(body: string, status = 200): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  };
}

const element = (name: string, value: string | number | boolean) => `<${name}>${escapeXml(String(value))}</${name}>`;

/** Keys in the order of their UTF-8 bytes. */
export function sortedKeys({ objects }: Bucket): string[] {
  return [...objects.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

interface Page {
  readonly entries: readonly ({ readonly key: string } | { readonly prefix: string })[];
  readonly next: string | undefined;
}

function listObjects({ bucket, query, pageSize }: Operation): Answer {
  const prefix = query.get('prefix') ?? '';
  const most = Math.min(Number(query.get('max-keys') ?? pageSize), pageSize);
  const token = query.get('continuation-token');
  const after = token === undefined ? (query.get('start-after') ?? '') : keyOfToken(token);
  const { entries, next } = pageOf(sortedKeys(bucket), {
    prefix,
    delimiter: query.get('delimiter') ?? '',
    after,
    most,
  });
  const isEncoded = query.get('encoding-type') === 'url';
  const shown = (text: string) => (isEncoded ? urlEncode(text) : text);
  const contents = entries.map((entry) => {
    if ('prefix' in entry) return `<CommonPrefixes>${element('Prefix', shown(entry.prefix))}</CommonPrefixes>`;
    const object = bucket.objects.get(entry.key);
    if (!object) return '';
    const { etag, bytes, lastModified } = object;
    const fields = [
      element('Key', shown(entry.key)),
      element('LastModified', new Date(lastModified).toISOString()),
      element('ETag', etag),
      element('Size', bytes.length),
      element('StorageClass', 'STANDARD'),
    ];
    return `<Contents>${fields.join('')}</Contents>`;
  });
  const head = [
    element('Name', bucket.name),
    element('Prefix', shown(prefix)),
    element('KeyCount', entries.length),
    element('MaxKeys', most),
    ...(isEncoded ? [element('EncodingType', 'url')] : []),
    ...(token === undefined ? [] : [element('ContinuationToken', token)]),
    element('IsTruncated', next !== undefined),
    ...(next === undefined ? [] : [element('NextContinuationToken', tokenOf(next))]),
  ];
  return xml(
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${head.join('')}${contents.join('')}</ListBucketResult>`,
  );
}

interface Listing {
  readonly prefix: string;
  readonly delimiter: string;
  readonly after: string;
  readonly most: number;
}

/** Names that share what comes up to a delimiter count as one. */
function pageOf(keys: readonly string[], { prefix, delimiter, after, most }: Listing): Page {
  const names = keys
    .filter((key) => key.startsWith(prefix))
    .map((key) => {
      const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
      return cut < 0 ? key : key.slice(0, cut + delimiter.length);
    });
  const isBehind = (name: string) => after === '' || Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0;
  const left = [...new Set(names)].filter(isBehind);
  const page = left.slice(0, most);
  const known = new Set(keys);
  const isPrefix = (name: string) =>
    delimiter !== '' && name.endsWith(delimiter) && !(known.has(name) && name === prefix);
  return {
    entries: [
      ...page.filter((name) => !isPrefix(name)).map((key) => ({ key })),
      ...page.filter(isPrefix).map((name) => ({ prefix: name })),
    ],
    next: left.length > most ? page.at(-1) : undefined,
  };
}

/** S3 encodes names as forms do: a blank is `+`. */
function urlEncode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/');
}

const tokenOf = (key: string) => Buffer.from(`after:${key}`).toString('base64');

function keyOfToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString();
  if (text.startsWith('after:')) return text.slice('after:'.length);
  throw new Refusal(400, 'InvalidArgument', 'The continuation token provided is incorrect', {
    fields: { ArgumentName: 'continuation-token' },
  });
}

function deleteObjects({ bucket, headers, body }: Operation): Answer {
  const given = headers.get('content-md5');
  if (given === undefined && ![...headers.keys()].some((name) => name.startsWith('x-amz-checksum-'))) {
    throw new Refusal(
      400,
      'InvalidRequest',
      'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
    );
  }
  if (given !== undefined && given !== md5(body).toString('base64')) {
    throw new Refusal(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  const keys = [...body.toString().matchAll(/<Key>([\s\S]*?)<\/Key>/g)].map(([, key = '']) => unescapeXml(key));
  if (keys.length === 0 || keys.length > 1000) {
    throw new Refusal(
      400,
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
  const isQuiet = body.toString().includes('<Quiet>true</Quiet>');
  const deleted = keys.map((key) => {
    bucket.objects.delete(key);
    return isQuiet ? '' : `<Deleted>${element('Key', key)}</Deleted>`;
  });
  return xml(`<DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${deleted.join('')}</DeleteResult>`);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (_, decimal?: string, hex?: string, name = '') => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return hex === undefined ? (ENTITIES[name] ?? '') : String.fromCodePoint(Number.parseInt(hex, 16));
  });
}

const CUSTOMER = 'x-amz-server-side-encryption-customer-';

/** The MD5 of the key that comes with a request, checked as S3 checks it. */
function customerKey(headers: Operation['headers']): string | undefined {
  const [algorithm, key, digest] = ['algorithm', 'key', 'key-md5'].map((name) => headers.get(`${CUSTOMER}${name}`));
  if (algorithm === undefined && key === undefined && digest === undefined) return undefined;
  if (algorithm !== 'AES256') {
    throw new Refusal(400, 'InvalidEncryptionAlgorithmError', 'The Encryption request you specified is not valid.');
  }
  const bytes = Buffer.from(key ?? '', 'base64');
  if (bytes.length !== 32) {
    throw new Refusal(400, 'InvalidArgument', 'The secret key was invalid for the specified algorithm.');
  }
  if (md5(bytes).toString('base64') !== digest) {
    throw new Refusal(
      400,
      'InvalidArgument',
      'The calculated MD5 hash of the key did not match the hash that was provided.',
    );
  }
  return digest;
}

function checkCustomerKey(object: BucketObject, headers: Operation['headers']): void {
  const given = customerKey(headers);
  if (given === object.customerKey) return;
  if (object.customerKey === undefined) {
    throw new Refusal(400, 'InvalidRequest', 'The encryption parameters are not applicable to this object.');
  }
  if (given !== undefined) throw new Refusal(403, 'AccessDenied', 'Access Denied');
  throw new Refusal(
    400,
    'InvalidRequest',
    'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
  );
}

function getObject({ method, bucket, key, headers, query }: Operation): Answer {
  const object = bucket.objects.get(key);
  if (!object) throw new Refusal(404, 'NoSuchKey', 'The specified key does not exist.', { fields: { Key: key } });
  checkCustomerKey(object, headers);
  const { bytes } = object;
  const base = {
    ETag: object.etag,
    'Last-Modified': new Date(object.lastModified).toUTCString(),
    'Content-Type': query.get('response-content-type') ?? object.contentType,
    'Accept-Ranges': 'bytes',
  };
  const range = method === 'HEAD' ? undefined : rangeOf(headers.get('range'), bytes.length);
  if (!range) return { status: 200, headers: { ...base, 'Content-Length': `${bytes.length}` }, body: bytes };
  const part = bytes.subarray(range.start, range.end);
  return {
    status: 206,
    headers: {
      ...base,
      'Content-Length': `${part.length}`,
      'Content-Range': `bytes ${range.start}-${range.end - 1}/${bytes.length}`,
    },
    body: part,
  };
}

/** One range; what cannot be read as one is no range, and one that starts behind the end is refused. */
function rangeOf(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (start < size && start < end) return { start, end };
  throw new Refusal(416, 'InvalidRange', 'The requested range is not satisfiable', {
    fields: { RangeRequested: header ?? '', ActualObjectSize: `${size}` },
    headers: { 'Content-Range': `bytes */${size}` },
  });
}

export function objectOf(bytes: Buffer, more: Partial<BucketObject> = {}): BucketObject {
  const etag = `"${md5(bytes).toString('hex')}"`;
  const base = { lastModified: Date.now(), contentType: 'binary/octet-stream', customerKey: undefined };
  return { bytes, etag, ...base, ...more };
}

function putObject(operation: Operation): Answer {
  const { bucket, key, headers, body, now } = operation;
  checkAbsent(operation);
  const customer = customerKey(headers);
  const given = headers.get('content-md5');
  if (given !== undefined && given !== md5(body).toString('base64')) {
    throw new Refusal(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  const contentType = headers.get('content-type') ?? 'binary/octet-stream';
  const object = objectOf(body, { lastModified: seconds(now), contentType, customerKey: customer });
  bucket.objects.set(key, object);
  return { status: 200, headers: { ETag: object.etag } };
}

const seconds = (now: number) => Math.floor(now / 1000) * 1000;

function checkAbsent({ bucket, key, headers }: Operation): void {
  const condition = headers.get('if-none-match');
  if (condition === undefined) return;
  if (condition !== '*') {
    throw new Refusal(501, 'NotImplemented', 'A header you provided implies functionality that is not implemented');
  }
  if (!bucket.objects.has(key)) return;
  throw new Refusal(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    fields: { Condition: 'If-None-Match' },
  });
}

let uploads = 0;

function createUpload({ bucket, key }: Operation): Answer {
  const id = `upload-${++uploads}`;
  bucket.uploads.set(id, { key, parts: new Map() });
  const body = [element('Bucket', bucket.name), element('Key', key), element('UploadId', id)].join('');
  return xml(`<InitiateMultipartUploadResult>${body}</InitiateMultipartUploadResult>`);
}

function uploadOperation(operation: Operation): Answer {
  const { bucket, key, method, query, body } = operation;
  const id = query.get('uploadId') ?? '';
  const upload = bucket.uploads.get(id);
  if (!upload || upload.key !== key) {
    throw new Refusal(404, 'NoSuchUpload', 'The specified upload does not exist.', { fields: { UploadId: id } });
  }
  if (method === 'DELETE') {
    bucket.uploads.delete(id);
    return { status: 204 };
  }
  if (method === 'POST') return completeUpload(operation, id);
  const number = Number(query.get('partNumber'));
  if (method !== 'PUT' || !Number.isInteger(number) || number < 1 || number > 10_000) {
    throw new Refusal(400, 'InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
  }
  const etag = `"${md5(body).toString('hex')}"`;
  upload.parts.set(number, { bytes: body, etag });
  return { status: 200, headers: { ETag: etag } };
}

function completeUpload(operation: Operation, id: string): Answer {
  const { bucket, key, body, now, minPartBytes } = operation;
  const parts = bucket.uploads.get(id)?.parts ?? new Map<number, { bytes: Buffer; etag: string }>();
  const wanted = [...body.toString().matchAll(/<Part>([\s\S]*?)<\/Part>/g)].map(([, part = '']) => ({
    number: Number(/<PartNumber>(\d+)<\/PartNumber>/.exec(part)?.[1]),
    etag: unescapeXml(/<ETag>([\s\S]*?)<\/ETag>/.exec(part)?.[1] ?? ''),
  }));
  if (wanted.length === 0) throw new Refusal(400, 'MalformedXML', 'The XML you provided was not well-formed');
  if (wanted.some(({ number }, index) => number <= (wanted[index - 1]?.number ?? 0))) {
    throw new Refusal(400, 'InvalidPartOrder', 'The list of parts was not in ascending order.');
  }
  const chosen = wanted.map(({ number, etag }, index) => {
    const part = parts.get(number);
    if (!part || part.etag.replaceAll('"', '') !== etag.replaceAll('"', '')) {
      throw new Refusal(400, 'InvalidPart', 'One or more of the specified parts could not be found.');
    }
    if (index < wanted.length - 1 && part.bytes.length < minPartBytes) {
      throw new Refusal(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
    }
    return part;
  });
  checkAbsent(operation);
  const digests = Buffer.concat(chosen.map(({ etag }) => Buffer.from(etag.replaceAll('"', ''), 'hex')));
  const etag = `"${md5(digests).toString('hex')}-${chosen.length}"`;
  const bytes = Buffer.concat(chosen.map((part) => part.bytes));
  bucket.objects.set(key, objectOf(bytes, { etag, lastModified: seconds(now) }));
  bucket.uploads.delete(id);
  return xml(
    `<CompleteMultipartUploadResult>${element('Key', key)}${element('ETag', etag)}</CompleteMultipartUploadResult>`,
  );
}

/** The parameters of a query by name; of a name that comes twice the last. */
export function queryMap(query: string): ReadonlyMap<string, string> {
  return new Map(queryPairs(query));
}
