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

/** What a word means. Words around the names are the editor's. */
export type Meaning =
  | {
      readonly kind: 'Function';
      readonly name: string;
      readonly doc: string;
      readonly signatures: readonly string[];
      /** Statements that call it, with their results. */
      readonly examples: readonly string[];
    }
  | {
      readonly kind: 'Table';
      readonly name: string;
      /** Undefined where the log does not say. */
      readonly rows: number | undefined;
      /** Names with types. */
      readonly columns: readonly string[];
    }
  | { readonly kind: 'View'; readonly name: string; readonly query: string }
  | { readonly kind: 'Column'; readonly name: string; readonly type: string }
  | { readonly kind: 'Setting'; readonly name: string; readonly doc: string; readonly default: string };

/** A word with its meaning. */
export type Hover = Meaning & { readonly span: Span };

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
