import { MISSING, QUOTED } from '../rows/fields.ts';

/** What a mark says of a field of NDJSON: the kind of its value, or that its key is not there. */
export const TEXT = QUOTED;
export const NULL_WORD = 3;
/** true or false. */
export const LITERAL = 4;
export const NUMBER = 5;
export const ARRAY = 6;
export const OBJECT = 7;
export { MISSING };

export type JsonMark = typeof TEXT | typeof NULL_WORD | typeof LITERAL | typeof NUMBER | typeof ARRAY | typeof OBJECT;
