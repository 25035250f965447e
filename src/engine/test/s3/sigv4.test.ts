import { AwsV4Signer } from 'aws4fetch';
import { describe, expect, test } from 'vitest';
import { type SignedRequest, verifySignature } from './sigv4.ts';

/** The examples that AWS publishes for S3 in "Signature Calculations for the Authorization Header" and "… Query Parameters". */
const KEY_ID = 'AKIAIOSFODNN7EXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const HOST = 'examplebucket.s3.amazonaws.com';
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const DATE = '20130524T000000Z';

const verifier = {
  keys: new Map([[KEY_ID, { secret: SECRET }]]),
  now: Date.UTC(2013, 4, 24),
  region: 'us-east-1',
};

interface Example {
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signature: string;
}

const EXAMPLES: readonly Example[] = [
  {
    title: 'GET Object',
    method: 'GET',
    path: '/test.txt',
    query: '',
    headers: { range: 'bytes=0-9', 'x-amz-content-sha256': EMPTY },
    body: '',
    signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  },
  {
    title: 'PUT Object',
    method: 'PUT',
    path: '/test%24file.text',
    query: '',
    headers: {
      date: 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    },
    body: 'Welcome to Amazon S3.',
    signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  },
  {
    title: 'GET Bucket Lifecycle',
    method: 'GET',
    path: '/',
    query: 'lifecycle',
    headers: { 'x-amz-content-sha256': EMPTY },
    body: '',
    signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  },
  {
    title: 'Get Bucket (List Objects)',
    method: 'GET',
    path: '/',
    query: 'max-keys=2&prefix=J',
    headers: { 'x-amz-content-sha256': EMPTY },
    body: '',
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  },
];

function headerRequest({ method, path, query, headers, body, signature }: Example): SignedRequest {
  const sent: Record<string, string> = { ...headers, host: HOST, 'x-amz-date': DATE };
  const signed = Object.keys(sent).sort().join(';');
  const authorization = `AWS4-HMAC-SHA256 Credential=${KEY_ID}/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signed},Signature=${signature}`;
  return { method, path, query, headers: new Map(Object.entries({ ...sent, authorization })), body: Buffer.from(body) };
}

const PRESIGNED = [
  'X-Amz-Algorithm=AWS4-HMAC-SHA256',
  `X-Amz-Credential=${KEY_ID}%2F20130524%2Fus-east-1%2Fs3%2Faws4_request`,
  `X-Amz-Date=${DATE}`,
  'X-Amz-Expires=86400',
  'X-Amz-SignedHeaders=host',
  'X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
].join('&');

function presigned(change: Partial<SignedRequest> = {}): SignedRequest {
  return {
    method: 'GET',
    path: '/test.txt',
    query: PRESIGNED,
    headers: new Map([['host', HOST]]),
    body: Buffer.of(),
    ...change,
  };
}

const refusal = (request: SignedRequest, change: Partial<typeof verifier> = {}) => {
  try {
    verifySignature(request, { ...verifier, ...change });
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('the published examples', () => {
  test.each(EXAMPLES)('$title verifies', (example) => {
    expect(verifySignature(headerRequest(example), verifier)?.secret).toBe(SECRET);
  });

  test.each(EXAMPLES.filter(({ title }) => title !== 'GET Object'))(
    '$title is what aws4fetch signs',
    async (example) => {
      const { date = '', ...headers } = example.headers;
      const signer = new AwsV4Signer({
        url: `https://${HOST}${example.path}${example.query === '' ? '' : `?${example.query}`}`,
        method: example.method,
        headers: date === '' ? headers : { ...headers, date },
        accessKeyId: KEY_ID,
        secretAccessKey: SECRET,
        service: 's3',
        region: 'us-east-1',
        datetime: DATE,
      });
      expect(await signer.signature()).toBe(example.signature);
    },
  );

  test('the presigned URL verifies, and is what aws4fetch signs', async () => {
    expect(verifySignature(presigned(), verifier)?.secret).toBe(SECRET);
    const signer = new AwsV4Signer({
      url: `https://${HOST}/test.txt?X-Amz-Expires=86400`,
      accessKeyId: KEY_ID,
      secretAccessKey: SECRET,
      service: 's3',
      region: 'us-east-1',
      datetime: DATE,
      signQuery: true,
    });
    const { url } = await signer.sign();
    expect(url.searchParams.get('X-Amz-Signature')).toBe(new URLSearchParams(PRESIGNED).get('X-Amz-Signature'));
  });
});

describe('a request that is not as it was signed', () => {
  test('another method, path, parameter or host has another signature', () => {
    const wrong = { status: 403, code: 'SignatureDoesNotMatch' };
    expect(refusal(presigned({ method: 'HEAD' }))).toMatchObject(wrong);
    expect(refusal(presigned({ path: '/test.tx' }))).toMatchObject(wrong);
    expect(refusal(presigned({ query: `${PRESIGNED}&versionId=1` }))).toMatchObject(wrong);
    expect(refusal(presigned({ headers: new Map([['host', 'other']]) }))).toMatchObject(wrong);
    expect(refusal(presigned(), { keys: new Map([[KEY_ID, { secret: 'other' }]]) })).toMatchObject(wrong);
  });

  test('an unknown key, a wrong region and headers that are not signed have errors of their own', () => {
    expect(refusal(presigned(), { keys: new Map() })).toMatchObject({ status: 403, code: 'InvalidAccessKeyId' });
    expect(refusal(presigned(), { region: 'eu-west-1' })).toMatchObject({
      status: 400,
      code: 'AuthorizationQueryParametersError',
      fields: { Region: 'eu-west-1' },
    });
    const headers = new Map([
      ['host', HOST],
      ['x-amz-acl', 'private'],
    ]);
    expect(refusal(presigned({ headers }))).toMatchObject({
      code: 'AccessDenied',
      fields: { HeadersNotSigned: 'x-amz-acl' },
    });
  });

  test('a link is good to its last second and not before its first', () => {
    const end = verifier.now + 86_400_000;
    expect(refusal(presigned(), { now: end })).toBeUndefined();
    expect(refusal(presigned(), { now: end + 1000 })).toMatchObject({
      status: 403,
      code: 'AccessDenied',
      message: 'Request has expired',
      fields: { Expires: '2013-05-25T00:00:00Z' },
    });
    expect(refusal(presigned(), { now: verifier.now - 16 * 60_000 })).toMatchObject({
      message: 'Request is not yet valid',
    });
  });

  test('a signed header may be fifteen minutes old', () => {
    const request = headerRequest(EXAMPLES[0] as Example);
    expect(refusal(request, { now: verifier.now + 15 * 60_000 })).toBeUndefined();
    expect(refusal(request, { now: verifier.now + 16 * 60_000 })).toMatchObject({ code: 'RequestTimeTooSkewed' });
  });

  test('a body must be the one whose hash was signed', () => {
    const request = headerRequest(EXAMPLES[1] as Example);
    expect(refusal({ ...request, body: Buffer.from('Welcome to Amazon S4.') })).toMatchObject({
      status: 400,
      code: 'XAmzContentSHA256Mismatch',
    });
  });
});
