import { SqlError } from '../base/errors.ts';
import type { ObjectStore } from '../stores/store.ts';
import type { DeletionVector } from './action.ts';
import { roaringMembers } from './roaring.ts';

/** Positions of the rows of a file that are no part of the table, as the Delta protocol keeps them: sorted. */
export async function readDeletionVector(
  { store, folder }: { readonly store: ObjectStore; readonly folder: string },
  vector: DeletionVector,
  signal: AbortSignal,
): Promise<Float64Array> {
  const { storageType, pathOrInlineDv, sizeInBytes, offset = 0 } = vector;
  if (storageType === 'i') return checked(decodeBase85(pathOrInlineDv).subarray(0, sizeInBytes), vector);
  if (storageType !== 'u') {
    throw new SqlError('Unimplemented', `a deletion vector at an absolute path cannot be read: ${pathOrInlineDv}`);
  }
  const path = `${folder === '' ? '' : `${folder}/`}${relativePath(pathOrInlineDv)}`;
  // Its size in four bytes stands before the bitmap, a checksum behind.
  const start = offset + 4;
  return checked(await store.read(path, signal, { start, end: start + sizeInBytes }), vector);
}

function checked(bytes: Uint8Array, { cardinality }: DeletionVector): Float64Array {
  const members = roaringMembers(bytes);
  if (members.length === cardinality) return members;
  throw new SqlError(
    'StorageOther',
    `a deletion vector has ${members.length} rows, and the log says that it has ${cardinality}`,
  );
}

const UUID_LENGTH = 20;

/** The last 20 characters are the UUID of the file's name; what stands before is a folder. */
function relativePath(text: string): string {
  const prefix = text.slice(0, -UUID_LENGTH);
  const hex = Array.from(decodeBase85(text.slice(-UUID_LENGTH)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return `${prefix === '' ? '' : `${prefix}/`}deletion_vector_${parts.join('-')}.bin`;
}

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';

/** Z85: five characters for four bytes. */
function decodeBase85(text: string): Uint8Array {
  const view = new DataView(new ArrayBuffer(Math.floor(text.length / 5) * 4));
  for (let group = 0; group * 5 < text.length; group++) {
    let value = 0;
    for (const character of text.slice(group * 5, group * 5 + 5)) {
      const digit = ALPHABET.indexOf(character);
      if (digit < 0) throw new SqlError('StorageOther', `'${character}' is no character of base 85`);
      value = value * 85 + digit;
    }
    view.setUint32(group * 4, value);
  }
  return new Uint8Array(view.buffer);
}
