import type { Span } from '../base/errors.ts';
import { type LexOptions, lex } from './lexer.ts';
import type { Token } from './token.ts';

/** Where a statement of a script stands, its `;` and the comments around it left out. */
export interface StatementSpan {
  readonly span: Span;
  /** The leading words, upper case: `COPY INTO`, `SELECT`, `CREATE TABLE`. */
  readonly head: string;
}

/**
 * The statements of any text. A `;` inside a string, a comment, a `$$` body or the `BEGIN … END` of a task ends none.
 * What does not lex belongs to the statement that it stands in.
 */
export function splitStatements(text: string, options?: LexOptions): readonly StatementSpan[] {
  const { tokens } = lex(text, options);
  const statements: StatementSpan[] = [];
  for (let start = 0; start < tokens.length; ) {
    const end = statementEnd(tokens, start);
    const first = tokens[start];
    const last = tokens[end - 1];
    if (first && last && end > start) {
      const span = { start: first.start, end: last.end };
      statements.push({ span, head: statementHead(tokens.slice(start, end)) });
    }
    start = end + 1;
  }
  return statements;
}

/** The index of the token that ends the statement: its `;`, or the End. */
function statementEnd(tokens: readonly Token[], start: number): number {
  for (let at = start; at < tokens.length; at++) {
    if (endsStatement(tokens[at])) return at;
    if (tokens[at]?.word !== 'BEGIN' || !isBody(tokens, start, at)) continue;
    at = blockEnd(tokens, at) ?? at;
  }
  return tokens.length;
}

function endsStatement(token: Token | undefined): boolean {
  return token?.kind === 'End' || token?.word === ';';
}

/** Whether the BEGIN at an index is the body of a task rather than a transaction. */
function isBody(tokens: readonly Token[], start: number, at: number): boolean {
  if (at === start || tokens[at - 1]?.word !== 'AS') return false;
  return (
    /^(CREATE|ALTER)$/.test(tokens[start]?.word ?? '') && tokens.slice(start, at).some(({ word }) => word === 'TASK')
  );
}

const LOOPS = new Set(['IF', 'FOR', 'WHILE', 'LOOP', 'REPEAT']);
const STATEMENT_STARTS = new Set([';', 'BEGIN', 'THEN', 'ELSE', 'DO', 'LOOP', 'REPEAT']);

/** The index of the END that closes the block which begins at an index; undefined if none does. */
function blockEnd(tokens: readonly Token[], begin: number): number | undefined {
  let depth = 0;
  for (let at = begin; at < tokens.length; at++) {
    const word = tokens[at]?.word ?? '';
    if (word === 'END') {
      depth--;
      if (depth === 0) return at;
      if (LOOPS.has(tokens[at + 1]?.word ?? '') || tokens[at + 1]?.word === 'CASE') at++;
    } else if (opensBlock(tokens, at)) depth++;
  }
  return undefined;
}

function opensBlock(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.word ?? '';
  if (word === 'CASE') return true;
  if (word === 'BEGIN') return !endsStatement(tokens[at + 1]) && tokens[at + 1]?.word !== 'TRANSACTION';
  return LOOPS.has(word) && STATEMENT_STARTS.has(tokens[at - 1]?.word ?? '');
}

/** Verbs that a head goes on behind, and the words that may go on. */
const VERBS = new Set(
  (
    'ALTER ANALYZE CALL COMMENT COPY CREATE DELETE DESC DESCRIBE DROP EXECUTE EXISTS INSERT KILL MERGE OPTIMIZE REFRESH ' +
    'RENAME REPLACE SET SHOW TRUNCATE UNDROP UNSET USE VACUUM'
  ).split(' '),
);
const NOUNS = new Set(
  (
    'ALL CATALOG CATALOGS COLUMN COLUMNS CONNECTION CONNECTIONS CREATE DATABASE DATABASES DROP ENGINES FIELDS FILE FILES ' +
    'FIRST FORMAT FORMATS FROM FUNCTION FUNCTIONS IMMEDIATE INDEX INDEXES INTO LOCKS METRICS ON OVERWRITE PROCEDURE ' +
    'PROCEDURES PROCESSLIST QUERY ROLE ROLES SCHEMA SCHEMAS SEQUENCE SEQUENCES SETTINGS STAGE STAGES STATUS STREAM ' +
    'STREAMS TABLE TABLES TABLE_FUNCTIONS TAG TAGS TASK TASKS TEMPORARY USER USERS VARIABLE VARIABLES VIEW VIEWS'
  ).split(' '),
);
const MODIFIERS = new Set(['OR', 'REPLACE', 'TRANSIENT', 'TEMP', 'TEMPORARY', 'FULL']);
/** What a statement that begins with CTEs may be. */
const MAIN_VERBS = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COPY', 'VALUES', 'FROM']);

function statementHead(tokens: readonly Token[]): string {
  const first = tokens.findIndex(({ word }) => word !== '(');
  const verb = tokens[first]?.word ?? '';
  if (verb === 'WITH') return statementHead(tokens.slice(mainVerb(tokens)));
  const words = [verb];
  for (let at = first + 1; VERBS.has(verb) && at < tokens.length; at++) {
    const { word } = tokens[at] ?? END;
    if (MODIFIERS.has(word) && words.length === 1) continue;
    if (!NOUNS.has(word)) break;
    words.push(word);
  }
  return words.join(' ');
}

const END = { word: '' };

/** Where the statement begins that stands behind CTEs; the End if it is missing. */
function mainVerb(tokens: readonly Token[]): number {
  let depth = 0;
  const at = tokens.findIndex(({ word }) => {
    if (word === '(') depth++;
    else if (word === ')') depth--;
    return depth === 0 && MAIN_VERBS.has(word);
  });
  return at < 0 ? tokens.length : at;
}
