import { SqlError } from '../base/errors.ts';
import { decodePath } from '../stores/common/urls.ts';
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
  const inFolder = (relative: string) => `${folder === '' ? '' : `${folder}/`}${relative}`;
  const path = storageType === 'p' ? absolutePath(pathOrInlineDv, folder) : inFolder(relativePath(pathOrInlineDv));
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

/** A URL of the table's own folder, or of a folder beside it in the same store. */
function absolutePath(url: string, folder: string): string {
  const path = decodePath(url.replace(/^[\w+.-]+:\/+/, '/'));
  // Whatever host and bucket stand before, the path goes on below the folder that holds the table.
  for (let ending = folder; ending !== ''; ending = parentOf(ending)) {
    const at = path.indexOf(`/${ending}/`);
    if (at >= 0) return path.slice(at + 1);
  }
  if (folder === '') return path.slice(path.lastIndexOf('/') + 1);
  throw new SqlError('Unimplemented', `a deletion vector in another store cannot be read: ${url}`);
}

function parentOf(folder: string): string {
  return folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
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
