import { getRecord, putIfAbsent } from './database.ts';

const KEY_NAME = 'worksheets';
const ALGORITHM = 'AES-GCM';
const NONCE_BYTES = 12;

/** A text or bytes as they are kept: worksheets may hold secrets, so none of it lies in the clear on the disk. */
export interface Sealed {
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

let key: Promise<CryptoKey> | undefined;

/** The key cannot be exported: it works in this browser profile only. */
async function readKey(): Promise<CryptoKey> {
  const kept = await getRecord('keys', KEY_NAME);
  if (kept instanceof CryptoKey) return kept;
  const fresh = await crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, ['encrypt', 'decrypt']);
  const first = await putIfAbsent('keys', KEY_NAME, fresh);
  return first instanceof CryptoKey ? first : fresh;
}

function vaultKey(): Promise<CryptoKey> {
  key ??= readKey();
  return key;
}

export function seal(text: string): Promise<Sealed> {
  return sealBytes(new TextEncoder().encode(text));
}

export async function unseal(sealed: Sealed): Promise<string> {
  return new TextDecoder().decode(await unsealBytes(sealed));
}

export async function sealBytes(clear: Uint8Array<ArrayBuffer>): Promise<Sealed> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const bytes = await crypto.subtle.encrypt({ name: ALGORITHM, iv: nonce }, await vaultKey(), clear);
  return { nonce, bytes };
}

export async function unsealBytes({ nonce, bytes }: Sealed): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.decrypt({ name: ALGORITHM, iv: nonce }, await vaultKey(), bytes));
}
