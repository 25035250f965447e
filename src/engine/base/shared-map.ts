/**
 * An immutable map in the order of setting; a map made from another by a few changes costs what the changes cost, since
 * the two share the rest. A value set anew comes last. Reading goes through the layers of changes, of which there are at
 * most as many as the size has binary digits: a layer is joined with the one below it once it is half as large.
 */
export interface SharedMap<Key, Value> extends ReadonlyMap<Key, Value> {
  /** The map with these changes, one after the other; `undefined` removes a key. */
  changed(changes: Iterable<readonly [Key, Value | undefined]>): SharedMap<Key, Value>;
}

export function sharedMap<Key, Value>(entries: Iterable<readonly [Key, Value]> = []): SharedMap<Key, Value> {
  const base: Layer<Key, Value> = new Map(entries);
  return new LayeredMap(base.size === 0 ? [] : [base], base.size);
}

/** Changes that lie above those of the layers before it. */
type Layer<Key, Value> = ReadonlyMap<Key, Value | undefined>;

class LayeredMap<Key, Value> implements SharedMap<Key, Value> {
  readonly size: number;
  readonly #layers: readonly Layer<Key, Value>[];

  constructor(layers: readonly Layer<Key, Value>[], size: number) {
    this.#layers = layers;
    this.size = size;
  }

  changed(changes: Iterable<readonly [Key, Value | undefined]>): SharedMap<Key, Value> {
    const top = new Map<Key, Value | undefined>();
    let { size } = this;
    for (const [key, value] of changes) {
      const before = top.has(key) ? top.get(key) : this.get(key);
      if (before !== undefined) size--;
      if (value !== undefined) size++;
      top.delete(key);
      top.set(key, value);
    }
    return top.size === 0 ? this : new LayeredMap(stacked(this.#layers, top), size);
  }

  get(key: Key): Value | undefined {
    for (let index = this.#layers.length - 1; index >= 0; index--) {
      const layer = this.#layers[index];
      const value = layer?.get(key);
      if (value !== undefined || layer?.has(key)) return value;
    }
    return undefined;
  }

  has(key: Key): boolean {
    return this.get(key) !== undefined;
  }

  *entries(): Generator<[Key, Value], undefined, unknown> {
    const above = new Set<Key>();
    for (const layer of this.#layers.slice(1)) for (const key of layer.keys()) above.add(key);
    for (const [index, layer] of this.#layers.entries()) {
      const others = this.#layers.slice(index + 1);
      for (const [key, value] of layer) {
        const isHidden = above.has(key) && others.some((other) => other.has(key));
        if (value !== undefined && !isHidden) yield [key, value];
      }
    }
  }

  *keys(): Generator<Key, undefined, unknown> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): Generator<Value, undefined, unknown> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): Generator<[Key, Value], undefined, unknown> {
    return this.entries();
  }

  forEach(visit: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }
}

function stacked<Key, Value>(
  layers: readonly Layer<Key, Value>[],
  top: Layer<Key, Value>,
): readonly Layer<Key, Value>[] {
  const below = layers.at(-1);
  if (!below || top.size * 2 < below.size) return [...layers, top];
  const joined = new Map(below);
  const isLowest = layers.length === 1;
  for (const [key, value] of top) {
    joined.delete(key);
    if (value !== undefined || !isLowest) joined.set(key, value);
  }
  return stacked(layers.slice(0, -1), joined);
}
