/**
 * Bytes that came over the network, by file and range: looking twice at the same rows asks for them once, and a fresh
 * link to the same file finds them too. What was used longest ago goes first.
 */
export interface RangeCache {
  /** What is known by that key, or what `fetch` gives. The bytes are the caller's own. */
  read(key: string, fetch: () => Promise<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>>;
}

const BUDGET = 64 * 1024 * 1024;
/** Larger ranges belong to scans, whose rows DuckDB keeps. */
const LARGEST = 8 * 1024 * 1024;

export function rangeCache(budget = BUDGET): RangeCache {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  let bytes = 0;
  const keep = (key: string, range: Uint8Array<ArrayBuffer>) => {
    bytes += range.length - (kept.get(key)?.length ?? 0);
    kept.delete(key);
    kept.set(key, range);
    for (const [oldest, { length }] of kept) {
      if (bytes <= budget) return;
      kept.delete(oldest);
      bytes -= length;
    }
  };
  return {
    async read(key, fetch) {
      const known = kept.get(key);
      const range = known ?? (await fetch());
      if (range.length > LARGEST) return range;
      keep(key, range);
      return range.slice();
    },
  };
}
