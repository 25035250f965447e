import type { Expr, Identifier, ObjectName } from '../../sql/ast.ts';
import type { Location, OptionSetting, Query } from '../../sql/ast-query.ts';
import type { Parser } from '../../sql/parser.ts';
import { printExpr, printIdentifier, printObjectName, printQuery } from '../../sql/print.ts';
import { printOption } from '../../sql/print-name.ts';
import {
  parseConnectedLocation,
  printComment,
  printConnectedLocation,
  printCreate,
  printIfExists,
  words,
} from './clauses.ts';
import { type ColumnDefinition, parseColumn, printColumn } from './column.ts';
import type { CreateMode, Head, Persistence, StatementNode } from './head.ts';
import { parseTableIndex, printTableIndex, type TableIndex } from './table-index.ts';

export interface CreateTable extends StatementNode {
  readonly kind: 'CreateTable';
  readonly mode: CreateMode;
  readonly persistence: Persistence | undefined;
  readonly name: ObjectName;
  /** Absent where no list was written: LIKE or AS then says what the columns are. */
  readonly columns: readonly ColumnDefinition[] | undefined;
  readonly checks: readonly CheckConstraint[];
  readonly indexes: readonly TableIndex[];
  readonly like: ObjectName | undefined;
  /** Upper case. */
  readonly engine: string | undefined;
  /** Where others keep the table. */
  readonly location: Location | undefined;
  readonly partitionBy: readonly Expr[];
  readonly clusterBy: ClusterBy | undefined;
  readonly comment: string | undefined;
  /** All but ENGINE and COMMENT. */
  readonly options: readonly OptionSetting[];
  readonly query: Query | undefined;
}

export interface CheckConstraint {
  readonly name: Identifier | undefined;
  readonly expr: Expr;
}

export interface ClusterBy extends StatementNode {
  readonly type: 'LINEAR' | 'HILBERT';
  readonly exprs: readonly Expr[];
}

export interface DropTable extends StatementNode {
  readonly kind: 'DropTable';
  readonly ifExists: boolean;
  readonly name: ObjectName;
  /** Nothing is kept for UNDROP. */
  readonly all: boolean;
}

export interface UndropTable extends StatementNode {
  readonly kind: 'UndropTable';
  readonly name: ObjectName;
}

export interface TruncateTable extends StatementNode {
  readonly kind: 'TruncateTable';
  readonly name: ObjectName;
}

export interface RenameTable extends StatementNode {
  readonly kind: 'RenameTable';
  readonly ifExists: boolean;
  readonly name: ObjectName;
  readonly to: ObjectName;
}

export interface ExistsTable extends StatementNode {
  readonly kind: 'ExistsTable';
  readonly name: ObjectName;
}

type Draft = { -readonly [K in keyof CreateTable]: CreateTable[K] };

/**
 * CREATE [OR REPLACE] [TEMP | TEMPORARY | TRANSIENT] TABLE [IF NOT EXISTS] <name> [(<item>, …) | LIKE <table>]
 *   [ENGINE = <engine>] [{'<url>' [CONNECTION = (…)] | @<stage>/<path>}] [PARTITION BY (…)] [CLUSTER BY [LINEAR | HILBERT] (<expr>, …)]
 *   [<option> = <value> …] [COMMENT = 'text'] [AS <query>]
 */
export function parseCreateTable(p: Parser, { start, mode, persistence }: Head): CreateTable {
  const draft: Draft = {
    kind: 'CreateTable',
    mode,
    persistence,
    name: p.objectName('name'),
    columns: undefined,
    checks: [],
    indexes: [],
    like: undefined,
    engine: undefined,
    location: undefined,
    partitionBy: [],
    clusterBy: undefined,
    comment: undefined,
    options: [],
    query: undefined,
    span: { start, end: start },
  };
  if (p.accept('LIKE')) draft.like = p.objectName('table');
  else if (p.peek('('))
    Object.assign(
      draft,
      p.parenthesized(() => tableItems(p)),
    );
  let more = true;
  while (more) more = tableClause(p, draft);
  if (p.accept('AS')) draft.query = p.query();
  return { ...draft, span: p.spanFrom(start) };
}

function tableItems(p: Parser): Pick<CreateTable, 'columns' | 'checks' | 'indexes'> {
  const columns: ColumnDefinition[] = [];
  const checks: CheckConstraint[] = [];
  const indexes: TableIndex[] = [];
  do {
    const check = checkConstraint(p);
    const index = check ? undefined : parseTableIndex(p);
    if (check) checks.push(check);
    else if (index) indexes.push(index);
    else columns.push(parseColumn(p));
  } while (p.accept(','));
  return { columns, checks, indexes };
}

/** [CONSTRAINT <name>] CHECK (<expr>) */
export function checkConstraint(p: Parser): CheckConstraint | undefined {
  const isNamed = p.ahead(2).word === 'CHECK' && p.accept('CONSTRAINT');
  const name = isNamed ? p.name() : undefined;
  if (!isNamed && p.ahead(1).word !== '(') return undefined;
  if (!p.accept('CHECK')) return undefined;
  return { name, expr: p.parenthesized(() => p.expr()) };
}

/** Reads one clause behind the columns if one comes next, in any order. */
function tableClause(p: Parser, draft: Draft): boolean {
  if (p.accept('ENGINE =')) draft.engine = p.word();
  else if (p.acceptAny('COMMENT =', 'COMMENT')) draft.comment = p.string();
  else if (p.accept('PARTITION BY')) draft.partitionBy = p.parenthesized(() => p.list(() => p.expr()));
  else if (p.accept('CLUSTER BY')) draft.clusterBy = parseClusterBy(p);
  else if (p.token.kind === 'String' || p.token.kind === 'At') draft.location = parseConnectedLocation(p);
  else if (p.token.kind === 'Word' && p.ahead(1).word === '=') draft.options = [...draft.options, p.optionSetting()];
  else return false;
  return true;
}

/** What follows CLUSTER BY: [LINEAR | HILBERT] (<expr>, …) */
export function parseClusterBy(p: Parser): ClusterBy {
  const { start } = p.token;
  const type = p.acceptAny('LINEAR', 'HILBERT') ?? 'LINEAR';
  const exprs = p.parenthesized(() => p.list(() => p.expr()));
  return { type, exprs, span: p.spanFrom(start) };
}

export function printClusterBy({ type, exprs }: ClusterBy): string {
  return words('CLUSTER BY', type === 'HILBERT' && type, `(${exprs.map(printExpr).join(', ')})`);
}

export function printCreateTable(table: CreateTable): string {
  const items = [
    ...(table.columns ?? []).map(printColumn),
    ...table.checks.map(printCheck),
    ...table.indexes.map(printTableIndex),
  ];
  return words(
    printCreate(table.mode, 'TABLE', table.persistence),
    printObjectName(table.name),
    items.length > 0 && `(${items.join(', ')})`,
    table.like && `LIKE ${printObjectName(table.like)}`,
    table.engine && `ENGINE = ${table.engine}`,
    table.location && printConnectedLocation(table.location),
    table.partitionBy.length > 0 && `PARTITION BY (${table.partitionBy.map(printExpr).join(', ')})`,
    table.clusterBy && printClusterBy(table.clusterBy),
    ...table.options.map((option) => printOption(option)),
    printComment(table.comment),
    table.query && `AS ${printQuery(table.query)}`,
  );
}

export function printCheck({ name, expr }: CheckConstraint): string {
  return words(name && `CONSTRAINT ${printIdentifier(name)}`, `CHECK (${printExpr(expr)})`);
}

/** DROP TABLE [IF EXISTS] <name> [ALL] */
export function parseDropTable(p: Parser, { start, ifExists }: Head): DropTable {
  const name = p.objectName('table');
  return { kind: 'DropTable', ifExists, name, all: p.accept('ALL'), span: p.spanFrom(start) };
}

export function printDropTable({ ifExists, name, all }: DropTable): string {
  return words('DROP TABLE', printIfExists(ifExists), printObjectName(name), all && 'ALL');
}

/** UNDROP TABLE <name> */
export function parseUndropTable(p: Parser, { start }: Head): UndropTable {
  return { kind: 'UndropTable', name: p.objectName('table'), span: p.spanFrom(start) };
}

export function printUndropTable({ name }: UndropTable): string {
  return `UNDROP TABLE ${printObjectName(name)}`;
}

/** TRUNCATE TABLE <name> */
export function parseTruncateTable(p: Parser, { start }: Head): TruncateTable {
  return { kind: 'TruncateTable', name: p.objectName('table'), span: p.spanFrom(start) };
}

export function printTruncateTable({ name }: TruncateTable): string {
  return `TRUNCATE TABLE ${printObjectName(name)}`;
}

/** RENAME TABLE [IF EXISTS] <name> TO <name> */
export function parseRenameTable(p: Parser, { start, ifExists }: Head): RenameTable {
  const name = p.objectName('table');
  p.expect('TO');
  return { kind: 'RenameTable', ifExists, name, to: p.objectName('name'), span: p.spanFrom(start) };
}

export function printRenameTable({ ifExists, name, to }: RenameTable): string {
  return words('RENAME TABLE', printIfExists(ifExists), printObjectName(name), 'TO', printObjectName(to));
}

/** EXISTS TABLE <name> */
export function parseExistsTable(p: Parser, { start }: Head): ExistsTable {
  return { kind: 'ExistsTable', name: p.objectName('table'), span: p.spanFrom(start) };
}

export function printExistsTable({ name }: ExistsTable): string {
  return `EXISTS TABLE ${printObjectName(name)}`;
}
