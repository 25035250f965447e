import type { Span } from '../base/errors.ts';
import type { ErrorHint } from '../base/hints.ts';

/** At most so many completions are told; with more, what is typed next narrows them. */
export const COMPLETION_LIMIT = 200;

/** What the editor is told of a text. */
export interface Diagnostic {
  readonly span: Span;
  readonly code: number;
  readonly message: string;
  readonly hint: ErrorHint | undefined;
  /** What to put in place of the span, best first. */
  readonly fixes: readonly string[];
}

export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** A type, a size or a signature, shown beside the label. */
  readonly detail: string | undefined;
  readonly documentation: string | undefined;
  /** What is put into the text, at `span`. */
  readonly insert: string;
  readonly span: Span;
}

export type CompletionKind =
  | 'keyword'
  | 'function'
  | 'table'
  | 'view'
  | 'column'
  | 'database'
  | 'stage'
  | 'folder'
  | 'file'
  | 'format'
  | 'setting'
  | 'option'
  | 'key'
  | 'type'
  | 'stream'
  | 'task'
  | 'connection';

export interface Hover {
  readonly span: Span;
  readonly title: string;
  readonly body: readonly string[];
  /** SQL to show as code. */
  readonly examples: readonly string[];
}

/** A call as it is written. */
export interface Signatures {
  readonly overloads: readonly { readonly label: string; readonly parameters: readonly string[] }[];
  readonly doc: string;
  readonly example: string | undefined;
  /** Which overload has room for the argument, from 0. */
  readonly active: number;
  /** Which argument is being written, from 0. */
  readonly argument: number;
}
