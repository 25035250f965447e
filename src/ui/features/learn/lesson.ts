import type { Language } from '../../lib/language.ts';

/** A text of the course in every language of the console; `code` stands between backticks. */
export type Words = { readonly [K in Language]: string };

/** A cell of the answer, by its row (from 1) and the name of its column in lower case. */
export interface ExpectedCell {
  readonly row: number;
  readonly column: string;
  readonly is: string;
}

/** What makes a step right. Values are compared as the engine prints them. */
export type Check =
  /** The last statement of the run that gives a result gives this one. */
  | { readonly kind: 'Result'; readonly rows: number; readonly cells?: readonly ExpectedCell[] }
  /** This query, asked after the run, gives one value. */
  | { readonly kind: 'State'; readonly what: Words; readonly sql: string; readonly is: string }
  /** The run ends with this error. */
  | { readonly kind: 'Failure'; readonly code: number };

export interface Step {
  readonly id: string;
  readonly title: Words;
  readonly text: Words;
  /** The reason behind it, for who wants to know. */
  readonly why: Words;
  readonly sql: string;
  readonly checks: readonly Check[];
  readonly hint: Words;
}

/** To add one: a file in `lessons`, a line in `course.ts`, and wrong answers in `course.test.ts`. */
export interface Lesson {
  readonly id: string;
  readonly title: Words;
  readonly about: Words;
  readonly steps: readonly Step[];
}
