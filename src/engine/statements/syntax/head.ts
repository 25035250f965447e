import type { Span } from '../../base/errors.ts';
import type { Hint, With } from '../../sql/ast-query.ts';
import type { Parser } from '../../sql/parser.ts';
import type { Statement } from './index.ts';

/**
 * How to add a statement: its family's file here declares the tree (`kind`, `span`, what was written), reads the rest
 * of the statement behind its head, and prints it. The head is a row of `HEADS` in `heads.ts`, the printer a row of
 * `PRINTERS` in `index.ts`, the tree a member of `Statement`.
 */

export interface StatementNode {
  /** From the first word to the last, without the `;`. */
  readonly span: Span;
}

export type CreateMode = 'CREATE' | 'CREATE OR REPLACE' | 'CREATE IF NOT EXISTS';

export type Persistence = 'TRANSIENT' | 'TEMPORARY';

/** What the dispatcher has read when a family takes over: the words of the head and their modifiers. */
export interface Head {
  /** Where the statement begins. */
  readonly start: number;
  /** Of CREATE. */
  readonly mode: CreateMode;
  /** Of DROP and ALTER. */
  readonly ifExists: boolean;
  readonly persistence: Persistence | undefined;
  /** `SHOW FULL …` */
  readonly full: boolean;
  /** CTEs before INSERT, UPDATE, DELETE and COPY. */
  readonly with: With | undefined;
  /** The noun that was taken: `SCHEMA`, `TABLES`. */
  readonly noun: string;
  /** Reads a whole statement, of any family. */
  statement(p: Parser): Statement;
}

/** DML that CTEs and hints may stand before. */
export interface DmlNode extends StatementNode {
  readonly with: With | undefined;
  readonly hints: readonly Hint[];
}
