import { md5 } from '@noble/hashes/legacy';
import { SqlError } from '../../base/errors.ts';

/** What says to S3 which key of the customer's an object is encrypted with (SSE-C). */
export function customerHeaders(key: string): Readonly<Record<string, string>> {
  return {
    'x-amz-server-side-encryption-customer-algorithm': 'AES256',
    'x-amz-server-side-encryption-customer-key': key,
    'x-amz-server-side-encryption-customer-key-md5': md5Base64(keyBytes(key)),
  };
}

function keyBytes(key: string): Uint8Array {
  try {
    const bytes = Uint8Array.from(atob(key), (char) => char.charCodeAt(0));
    if (bytes.length === 32) return bytes;
  } catch {
    // Said below: it is no base64.
  }
  throw new SqlError(
    'InvalidConfig',
    'Input storage config for stage is invalid: master_key is not 32 bytes in base64',
  );
}

export function md5Base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...md5(bytes)));
}
