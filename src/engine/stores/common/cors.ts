import type { Snippet } from '../../base/errors.ts';
import { hint } from '../../base/hints.ts';

/** The rule that lets a page use a bucket, as the console of AWS and `aws s3api put-bucket-cors` take it. */
export function corsRule(origin: string): Snippet {
  const rule = {
    AllowedOrigins: [origin],
    AllowedMethods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'],
    AllowedHeaders: ['*'],
    ExposeHeaders: ['ETag', 'Content-Range', 'Content-Length', 'Accept-Ranges', 'x-amz-bucket-region'],
    MaxAgeSeconds: 3600,
  };
  return { title: hint('corsRule'), text: JSON.stringify([rule], undefined, 2) };
}

/** Of the page or its worker; undefined outside of pages, where nothing is forbidden. */
export function pageOrigin(): string | undefined {
  return 'location' in globalThis ? globalThis.location?.origin : undefined;
}
