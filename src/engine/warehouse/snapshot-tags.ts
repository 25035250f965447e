import { SqlError } from '../base/errors.ts';
import { didYouMean } from '../base/text.ts';
import type { SnapshotTag, TableRecord } from './object.ts';
import type { CatalogState } from './state.ts';

/**
 * Names for versions of a table. A tag keeps its version, and with it all later ones, until it is dropped; one that is
 * expired can be read no more, and VACUUM forgets it.
 */

const isExpired = ({ expiresOn }: SnapshotTag, now: number) => expiresOn !== undefined && expiresOn <= now;

/** Throws UnknownReference, or ReferenceExpired. */
export function findTag({ name: table, snapshotTags: tags = [] }: Tagged, name: string, now: number): SnapshotTag {
  const tag = tags.find((one) => one.name === name);
  if (!tag) throw unknownTag(name, table, tags);
  if (!isExpired(tag, now)) return tag;
  throw new SqlError('ReferenceExpired', `Tag '${name}' of table '${table}' has expired`);
}

interface Tagged {
  readonly name: string;
  readonly snapshotTags?: readonly SnapshotTag[] | undefined;
}

function unknownTag(name: string, table: string, tags: readonly SnapshotTag[]): SqlError {
  const suggestions = didYouMean(
    name,
    tags.map((tag) => tag.name),
  );
  return new SqlError('UnknownReference', `Unknown tag '${name}' of table '${table}'`, { suggestions });
}

/** Throws ReferenceAlreadyExists; one that has expired gives its name away. */
export function withTag(tags: readonly SnapshotTag[], tag: SnapshotTag, now: number): readonly SnapshotTag[] {
  const taken = tags.find(({ name }) => name === tag.name);
  if (taken && !isExpired(taken, now)) throw new SqlError('ReferenceAlreadyExists', `Tag '${tag.name}' already exists`);
  return [...tags.filter((one) => one !== taken), tag];
}

/** Throws UnknownReference. */
export function withoutTag(
  { name: table, snapshotTags: tags = [] }: Tagged,
  name: string,
): readonly SnapshotTag[] | undefined {
  if (!tags.some((tag) => tag.name === name)) throw unknownTag(name, table, tags);
  return orNone(tags.filter((tag) => tag.name !== name));
}

export function liveTags(tags: readonly SnapshotTag[] = [], now: number): readonly SnapshotTag[] | undefined {
  return orNone(tags.filter((tag) => !isExpired(tag, now)));
}

const orNone = (tags: readonly SnapshotTag[]) => (tags.length > 0 ? tags : undefined);

/** The oldest version that has to stay, where it would be another without tags. Those of a dropped table hold nothing. */
export function heldFrom({ objects }: CatalogState, { id }: Pick<TableRecord, 'id'>, from: number): number {
  const table = objects.get(id);
  const tags = table?.kind === 'Table' ? (table.snapshotTags ?? []) : [];
  return Math.min(from, ...tags.map(({ version }) => version));
}
