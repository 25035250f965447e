import type { Identifier, ObjectName } from '../../sql/ast.ts';
import type { OptionSetting, Query } from '../../sql/ast-query.ts';
import type { Parser } from '../../sql/parser.ts';
import { printIdentifier, printObjectName, printQuery } from '../../sql/print.ts';
import { printOption } from '../../sql/print-name.ts';
import { printCreate, printIfExists, words } from './clauses.ts';
import type { CreateMode, Head, StatementNode } from './head.ts';

const COLUMN_INDEXES = ['INVERTED', 'NGRAM', 'VECTOR', 'SPATIAL'] as const;
export type ColumnIndexType = (typeof COLUMN_INDEXES)[number];
export type IndexType = ColumnIndexType | 'AGGREGATING';
const INDEXES: readonly IndexType[] = [...COLUMN_INDEXES, 'AGGREGATING'];

/** What an index says behind its type: columns of a table and how to look at them. */
export interface TableIndex extends StatementNode {
  readonly type: ColumnIndexType;
  readonly isAsync: boolean;
  readonly name: Identifier;
  readonly columns: readonly Identifier[];
  readonly options: readonly OptionSetting[];
}

export interface CreateIndex extends StatementNode {
  readonly kind: 'CreateIndex';
  readonly mode: CreateMode;
  readonly table: ObjectName;
  readonly index: TableIndex;
}

export interface CreateAggregatingIndex extends StatementNode {
  readonly kind: 'CreateAggregatingIndex';
  readonly mode: CreateMode;
  readonly isAsync: boolean;
  readonly name: Identifier;
  readonly query: Query;
}

export interface DropIndex extends StatementNode {
  readonly kind: 'DropIndex';
  readonly type: IndexType;
  readonly ifExists: boolean;
  readonly name: Identifier;
  /** Absent for AGGREGATING, whose name says it. */
  readonly table: ObjectName | undefined;
}

export interface RefreshIndex extends StatementNode {
  readonly kind: 'RefreshIndex';
  readonly type: IndexType;
  readonly name: Identifier;
  readonly table: ObjectName | undefined;
  readonly limit: number | undefined;
}

export const CREATE_INDEX_NOUNS = INDEXES.flatMap((type) => [
  `${type} INDEX`,
  `ASYNC ${type} INDEX`,
  `SYNC ${type} INDEX`,
]);
export const INDEX_NOUNS = INDEXES.map((type) => `${type} INDEX`);

function typeIn(noun: string): IndexType {
  return INDEXES.find((type) => noun.includes(type)) ?? 'INVERTED';
}

/** [ASYNC | SYNC] {INVERTED | NGRAM | VECTOR | SPATIAL} INDEX <name> (<column>, …) [<option> = <value> [,] …] */
export function parseTableIndex(p: Parser): TableIndex | undefined {
  const { start } = p.token;
  if (p.ahead(1).word !== 'INDEX' && p.ahead(2).word !== 'INDEX') return undefined;
  const isAsync = p.acceptAny('ASYNC', 'SYNC') === 'ASYNC';
  const type = p.expectAny(...COLUMN_INDEXES);
  p.expect('INDEX');
  const name = p.name();
  return { type, isAsync, name, ...columnsAndOptions(p), span: p.spanFrom(start) };
}

function columnsAndOptions(p: Parser): Pick<TableIndex, 'columns' | 'options'> {
  const columns = p.parenthesized(() => p.list(() => p.name('column')));
  const options: OptionSetting[] = [];
  while (p.ahead(1).word === '=' || (p.token.word === ',' && p.ahead(2).word === '=')) {
    p.accept(',');
    options.push(p.optionSetting());
  }
  return { columns, options };
}

/**
 * CREATE [OR REPLACE] [ASYNC | SYNC] {INVERTED | NGRAM | VECTOR | SPATIAL} INDEX [IF NOT EXISTS] <name> ON <table> (<column>, …)
 *   [<option> = <value> …]
 * CREATE [OR REPLACE] [ASYNC | SYNC] AGGREGATING INDEX [IF NOT EXISTS] <name> AS <query>
 */
export function parseCreateIndex(p: Parser, { start, mode, noun }: Head): CreateIndex | CreateAggregatingIndex {
  const type = typeIn(noun);
  const isAsync = noun.startsWith('ASYNC');
  const name = p.name();
  if (type === 'AGGREGATING') {
    p.expect('AS');
    const query = p.query();
    return { kind: 'CreateAggregatingIndex', mode, isAsync, name, query, span: p.spanFrom(start) };
  }
  p.expect('ON');
  const table = p.objectName('table');
  const given = columnsAndOptions(p);
  const span = p.spanFrom(start);
  return { kind: 'CreateIndex', mode, table, index: { type, isAsync, name, ...given, span }, span };
}

/** DROP <type> INDEX [IF EXISTS] <name> [ON <table>] */
export function parseDropIndex(p: Parser, { start, ifExists, noun }: Head): DropIndex {
  const type = typeIn(noun);
  const name = p.name();
  return { kind: 'DropIndex', type, ifExists, name, table: onTable(p, type), span: p.spanFrom(start) };
}

/** REFRESH <type> INDEX <name> [ON <table>] [LIMIT <n>] */
export function parseRefreshIndex(p: Parser, { start, noun }: Head): RefreshIndex {
  const type = typeIn(noun);
  const name = p.name();
  const table = onTable(p, type);
  const limit = p.accept('LIMIT') ? p.integer() : undefined;
  return { kind: 'RefreshIndex', type, name, table, limit, span: p.spanFrom(start) };
}

function onTable(p: Parser, type: IndexType): ObjectName | undefined {
  if (type === 'AGGREGATING') return undefined;
  p.expect('ON');
  return p.objectName('table');
}

export function printTableIndex({ type, isAsync, name, ...rest }: TableIndex): string {
  return words(isAsync && 'ASYNC', `${type} INDEX ${printIdentifier(name)} ${printColumnsAndOptions(rest)}`);
}

function printColumnsAndOptions({ columns, options }: Pick<TableIndex, 'columns' | 'options'>): string {
  return words(`(${columns.map(printIdentifier).join(', ')})`, ...options.map((option) => printOption(option)));
}

export function printCreateIndex({ mode, table, index }: CreateIndex): string {
  return words(
    printCreate(mode, words(index.isAsync && 'ASYNC', `${index.type} INDEX`)),
    printIdentifier(index.name),
    `ON ${printObjectName(table)}`,
    printColumnsAndOptions(index),
  );
}

export function printCreateAggregatingIndex({ mode, isAsync, name, query }: CreateAggregatingIndex): string {
  const head = printCreate(mode, words(isAsync && 'ASYNC', 'AGGREGATING INDEX'));
  return words(head, printIdentifier(name), `AS ${printQuery(query)}`);
}

export function printDropIndex({ type, ifExists, name, table }: DropIndex): string {
  const on = table && `ON ${printObjectName(table)}`;
  return words(`DROP ${type} INDEX`, printIfExists(ifExists), printIdentifier(name), on);
}

export function printRefreshIndex({ type, name, table, limit }: RefreshIndex): string {
  const on = table && `ON ${printObjectName(table)}`;
  return words(`REFRESH ${type} INDEX`, printIdentifier(name), on, limit !== undefined && `LIMIT ${limit}`);
}
