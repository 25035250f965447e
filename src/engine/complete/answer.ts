import type { Span } from '../base/errors.ts';

/** What the editor is told of a text. */
export interface Diagnostic {
  readonly span: Span;
  readonly code: number;
  readonly message: string;
  readonly hint: string | undefined;
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
  | 'option';

export interface Hover {
  readonly span: Span;
  readonly title: string;
  readonly body: readonly string[];
  /** SQL to show as code. */
  readonly examples: readonly string[];
}
