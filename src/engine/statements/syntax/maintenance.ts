import type { ObjectName } from '../../sql/ast.ts';
import type { Travel } from '../../sql/ast-query.ts';
import type { Parser } from '../../sql/parser.ts';
import { printObjectName, printTravelPoint } from '../../sql/print.ts';
import { words } from './clauses.ts';
import type { Head, StatementNode } from './head.ts';

export interface OptimizeTable extends StatementNode {
  readonly kind: 'OptimizeTable';
  readonly name: ObjectName;
  readonly action: 'COMPACT' | 'COMPACT SEGMENT' | 'PURGE' | 'ALL';
  readonly before: Travel | undefined;
  readonly limit: number | undefined;
}

export interface AnalyzeTable extends StatementNode {
  readonly kind: 'AnalyzeTable';
  readonly name: ObjectName;
  readonly noScan: boolean;
  readonly histogram: boolean;
}

export interface VacuumTable extends StatementNode {
  readonly kind: 'VacuumTable';
  readonly name: ObjectName;
  readonly dryRun: 'DRY RUN' | 'DRY RUN SUMMARY' | undefined;
}

export interface VacuumDropTable extends StatementNode {
  readonly kind: 'VacuumDropTable';
  readonly database: ObjectName | undefined;
  readonly dryRun: VacuumTable['dryRun'];
  readonly limit: number | undefined;
}

/** OPTIMIZE TABLE <table> {COMPACT [SEGMENT] | PURGE [BEFORE (…)] | ALL} [LIMIT <n>] */
export function parseOptimizeTable(p: Parser, { start }: Head): OptimizeTable {
  const name = p.objectName('table');
  const action = p.expectAny('COMPACT SEGMENT', 'COMPACT', 'PURGE', 'ALL');
  const before = action === 'PURGE' && p.accept('BEFORE') ? p.travelPoint() : undefined;
  const limit = optionalLimit(p);
  return { kind: 'OptimizeTable', name, action, before, limit, span: p.spanFrom(start) };
}

function optionalLimit(p: Parser): number | undefined {
  return p.accept('LIMIT') ? p.integer() : undefined;
}

function printLimit(limit: number | undefined): string | undefined {
  return limit === undefined ? undefined : `LIMIT ${limit}`;
}

export function printOptimizeTable({ name, action, before, limit }: OptimizeTable): string {
  const point = before && `BEFORE ${printTravelPoint(before)}`;
  return words('OPTIMIZE TABLE', printObjectName(name), action, point, printLimit(limit));
}

/** ANALYZE TABLE <table> [NOSCAN] [WITH HISTOGRAM] */
export function parseAnalyzeTable(p: Parser, { start }: Head): AnalyzeTable {
  const name = p.objectName('table');
  const noScan = p.accept('NOSCAN');
  return { kind: 'AnalyzeTable', name, noScan, histogram: p.accept('WITH HISTOGRAM'), span: p.spanFrom(start) };
}

export function printAnalyzeTable({ name, noScan, histogram }: AnalyzeTable): string {
  return words('ANALYZE TABLE', printObjectName(name), noScan && 'NOSCAN', histogram && 'WITH HISTOGRAM');
}

/** VACUUM TABLE <table> [DRY RUN [SUMMARY]] */
export function parseVacuumTable(p: Parser, { start }: Head): VacuumTable {
  const name = p.objectName('table');
  return { kind: 'VacuumTable', name, dryRun: optionalDryRun(p), span: p.spanFrom(start) };
}

function optionalDryRun(p: Parser): VacuumTable['dryRun'] {
  return p.acceptAny('DRY RUN SUMMARY', 'DRY RUN');
}

export function printVacuumTable({ name, dryRun }: VacuumTable): string {
  return words('VACUUM TABLE', printObjectName(name), dryRun);
}

/** VACUUM DROP TABLE [FROM <database>] [DRY RUN [SUMMARY]] [LIMIT <n>] */
export function parseVacuumDropTable(p: Parser, { start }: Head): VacuumDropTable {
  const database = p.accept('FROM') ? p.objectName('database') : undefined;
  const dryRun = optionalDryRun(p);
  return { kind: 'VacuumDropTable', database, dryRun, limit: optionalLimit(p), span: p.spanFrom(start) };
}

export function printVacuumDropTable({ database, dryRun, limit }: VacuumDropTable): string {
  return words('VACUUM DROP TABLE', database && `FROM ${printObjectName(database)}`, dryRun, printLimit(limit));
}
