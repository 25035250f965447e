/** What a JSON text says; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // From a file or an address that anybody may have written.
  }
}

/** An object whose fields may be anything. */
export type Loose = { readonly [name: string]: unknown };

export function isRecord(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
