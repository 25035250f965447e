import { functionDocs as aToK } from './functions-a-k.ts';
import { functionDocs as lToZ } from './functions-l-z.ts';

/** What each function does, in the words of its row in the engine; a part of its own, fetched with the first one asked for. */
export const functionDocs: { readonly [name: string]: string } = { ...aToK, ...lToZ };
