import type { CatalogObject, TagRecord } from './object.ts';
import type { CatalogState } from './state.ts';

/**
 * The values of tags stand on the objects themselves, by the tag's id: they go where the object goes, and one of a tag
 * that is gone says nothing.
 */

/** Objects that a tag stands on. */
export function taggedWith({ objects }: CatalogState, { id }: TagRecord): CatalogObject[] {
  return [...objects.values()].filter((object) => object.tags?.[id] !== undefined);
}

export interface TagValue {
  readonly tag: TagRecord;
  readonly value: string;
}

export function tagsOf({ objects }: CatalogState, { tags = {} }: CatalogObject): TagValue[] {
  return Object.entries(tags)
    .flatMap(([id, value]) => {
      const tag = objects.get(Number(id));
      return tag?.kind === 'Tag' ? [{ tag, value }] : [];
    })
    .sort((a, b) => (a.tag.name < b.tag.name ? -1 : 1));
}

/** `['a', 'b']` */
export function shownValues(values: readonly string[]): string {
  return `[${values.map((value) => `'${value.replaceAll("'", "\\'")}'`).join(', ')}]`;
}
