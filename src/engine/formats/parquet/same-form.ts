import type { Field } from 'apache-arrow';
import type { FileSource } from '../format.ts';
import { encodeParquet } from './encode.ts';
import { type ParquetFooter, readFooter } from './footer.ts';
import type { SchemaNode } from './metadata.ts';

/**
 * Whether a file holds exactly these columns in the physical and logical types that our writer gives them, so that its
 * bytes can be a table's data file as they are. Asks the writer itself: it writes a file without rows and compares.
 */
export async function hasWrittenForm(footer: ParquetFooter, fields: readonly Field[]): Promise<boolean> {
  const chunks = footer.rowGroups.flatMap((group) => group.chunks);
  if (chunks.some(({ encrypted, file }) => encrypted || file !== undefined)) return false;
  const { bytes } = await encodeParquet([], { fields });
  const written = await readFooter(memoryFile(bytes), new AbortController().signal);
  return sameNodes(footer.root.children, written.root.children);
}

function memoryFile(bytes: Uint8Array): FileSource {
  return { path: '', size: bytes.length, read: async ({ start, end }) => bytes.slice(start, end) };
}

function sameNodes(own: readonly SchemaNode[], wanted: readonly SchemaNode[]): boolean {
  return own.length === wanted.length && own.every((node, index) => sameNode(node, wanted[index]));
}

function sameNode(own: SchemaNode, wanted: SchemaNode | undefined): boolean {
  return (
    wanted !== undefined &&
    own.name === wanted.name &&
    allows(wanted, own) &&
    own.physical === wanted.physical &&
    own.length === wanted.length &&
    JSON.stringify(own.logical) === JSON.stringify(wanted.logical) &&
    sameNodes(own.children, wanted.children)
  );
}

/** A column that may be NULL may as well be written as one that is not. */
function allows(wanted: SchemaNode, own: SchemaNode): boolean {
  return own.repetition === wanted.repetition || (own.repetition === 'REQUIRED' && wanted.repetition === 'OPTIONAL');
}
