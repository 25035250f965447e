import type { Span } from '../base/errors.ts';
import type { Call, Expr, ObjectName, OrderItem, TypeName } from './ast.ts';
import type {
  Hint,
  Location,
  OptionLiteral,
  OptionSetting,
  Query,
  SelectItem,
  StagedFiles,
  TableAlias,
  TableRef,
  Travel,
  With,
} from './ast-query.ts';
import { Cursor } from './cursor.ts';
import type { ExpectedKind } from './expected.ts';
import { type Dialect, type Lexed, lex } from './lexer.ts';
import { parseTableAlias } from './parse-alias.ts';
import { parseCall } from './parse-call.ts';
import { parseOperand } from './parse-expr.ts';
import { parseStreamOptions, parseTableRef, parseTravel, parseTravelPoint } from './parse-from.ts';
import {
  parseLocation,
  parseOptionLiteral,
  parseOptionSetting,
  parseOptionSettings,
  parseStagePath,
} from './parse-location.ts';
import { parseObjectName } from './parse-name.ts';
import {
  continuesQuery,
  parseOrderItem,
  parseQuery as parseQueryAt,
  parseQueryFrom,
  parseQueryOrExprs,
  parseWith,
  type QueryOrExprs,
  startsQuery,
} from './parse-query.ts';
import { parseHints, selectItems } from './parse-select.ts';
import { parseStagedFiles } from './parse-staged.ts';
import { parseType } from './parse-type.ts';

export interface ParserOptions {
  readonly dialect?: Dialect | undefined;
  /** The part of the text to parse; spans count from the start of the whole text. */
  readonly range?: Span | undefined;
  /** Keeps errors of clauses in `errors` and goes on behind them, for the editor. */
  readonly lenient?: boolean | undefined;
}

/** A parser at the start of a text. Throws at once if a token of it is broken, unless it is lenient. */
export function parser(text: string, options: ParserOptions = {}): Parser {
  return new Parser(lex(text, options), options);
}

export function parseQuery(text: string, options?: ParserOptions): Query {
  const p = parser(text, options);
  const query = p.query();
  p.end();
  return query;
}

export function parseExpr(text: string, options?: ParserOptions): Expr {
  const p = parser(text, options);
  const expr = p.expr();
  p.end();
  return expr;
}

/** The cursor with the grammar on it: what statement families are written in. */
export class Parser extends Cursor {
  /** Queries that were read, the outermost of each place; those inside others are found in their trees. */
  readonly queries: Query[] = [];

  constructor(lexed: Lexed, options: ParserOptions) {
    super(lexed, options.lenient ?? false);
  }

  expr(): Expr {
    return parseOperand(this);
  }

  /** A call whose name is the current token. */
  call(receiver?: Expr): Call {
    return parseCall(this, receiver);
  }

  query(): Query {
    return parseQueryAt(this);
  }

  /** The rest of a query whose parenthesised first operand was read from `start` on. */
  queryFrom(first: Query, start: number): Query {
    return parseQueryFrom(this, first, start);
  }

  startsQuery(): boolean {
    return startsQuery(this);
  }

  continuesQuery(): boolean {
    return continuesQuery(this);
  }

  queryOrExprs(isTuple = false): QueryOrExprs {
    return parseQueryOrExprs(this, isTuple);
  }

  /** CTEs, which may precede INSERT, UPDATE, DELETE, MERGE and COPY too. */
  with(): With | undefined {
    return parseWith(this);
  }

  hints(): Hint[] {
    return parseHints(this);
  }

  /** The list of a SELECT, as COPY's transformation has one. */
  selectItems(): SelectItem[] {
    return selectItems(this);
  }

  orderItem(): OrderItem {
    return parseOrderItem(this);
  }

  type(): TypeName {
    return parseType(this);
  }

  objectName(what: ExpectedKind = 'table'): ObjectName {
    return parseObjectName(this, what);
  }

  /** One item of FROM with its joins. */
  tableRef(): TableRef {
    return parseTableRef(this);
  }

  tableAlias(): TableAlias | undefined {
    return parseTableAlias(this);
  }

  stagedFiles(): StagedFiles {
    return parseStagedFiles(this);
  }

  /** `AT (…)`, if it comes next. */
  travel(): Travel | undefined {
    return this.peek('AT (') ? parseTravel(this) : undefined;
  }

  /** `(TIMESTAMP => …)`, as FLASHBACK TO and PURGE BEFORE take it. */
  travelPoint(): Travel {
    return parseTravelPoint(this);
  }

  streamOptions(): ReadonlyMap<string, string> | undefined {
    return parseStreamOptions(this);
  }

  /** `@stage/path`, `'@stage/any path'` or `'scheme://…'`. */
  location(): Location {
    return parseLocation(this);
  }

  /** `@stage/path` only. */
  stagePath(): Extract<Location, { kind: 'StageLocation' }> {
    return parseStagePath(this);
  }

  /** The `( NAME = value, … )` of FILE_FORMAT and CONNECTION, with commas or blanks between. */
  optionSettings(names?: readonly string[]): OptionSetting[] {
    return parseOptionSettings(this, { sign: '=', names });
  }

  /** One `NAME = value`. */
  optionSetting(names?: readonly string[]): OptionSetting {
    return parseOptionSetting(this, { sign: '=', names });
  }

  optionLiteral(): OptionLiteral {
    return parseOptionLiteral(this);
  }
}
