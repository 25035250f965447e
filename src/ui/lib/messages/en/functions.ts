/** What functions do, by name; the engine itself says it in English. */
export const functionDocs: { readonly [name: string]: string } = {};
