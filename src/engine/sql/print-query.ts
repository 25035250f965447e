import { unreachable } from '../base/errors.ts';
import type { Expr } from './ast.ts';
import type {
  Changes,
  Cte,
  GroupBy,
  GroupItem,
  Hint,
  Join,
  JoinType,
  NamedTable,
  Pivot,
  Query,
  QueryBody,
  Sample,
  Select,
  SelectItem,
  StagedFiles,
  StarItem,
  TableAlias,
  TableRef,
  Travel,
  Unpivot,
  With,
} from './ast-query.ts';
import { objectNameText, orderText, type Printer, windowText } from './print-expr.ts';
import { printLocation, printOption, printString, printWord } from './print-name.ts';

export function queryText(printer: Printer, query: Query): string {
  const parts = [bodyText(printer, query.body)];
  if (query.with) parts.unshift(withText(printer, query.with));
  if (query.orderBy.length > 0) parts.push(`ORDER BY ${orderText(printer, query.orderBy)}`);
  if (query.limit) parts.push(`LIMIT ${printer.expr(query.limit)}`);
  if (query.offset) parts.push(`OFFSET ${printer.expr(query.offset)}`);
  if (query.ignoreResult) parts.push('IGNORE_RESULT');
  return parts.join(' ');
}

export function withText(printer: Printer, { recursive, ctes }: With): string {
  return `WITH ${recursive ? 'RECURSIVE ' : ''}${ctes.map((cte) => cteText(printer, cte)).join(', ')}`;
}

function cteText(printer: Printer, { name, columns, materialized, query }: Cte): string {
  const header = aliasText(printer, { name, columns });
  return `${header} AS ${materialized ? 'MATERIALIZED ' : ''}(${printer.query(query)})`;
}

function bodyText(printer: Printer, body: QueryBody): string {
  switch (body.kind) {
    case 'Query':
      return `(${queryText(printer, body)})`;
    case 'Values':
      return `VALUES ${body.rows.map((row) => `(${listText(printer, row)})`).join(', ')}`;
    case 'SetOperation': {
      const operator = body.operator + (body.all ? ' ALL' : '');
      return `${bodyText(printer, body.left)} ${operator} ${bodyText(printer, body.right)}`;
    }
    case 'Select':
      return selectText(printer, body);
    default:
      return unreachable(body);
  }
}

function listText(printer: Printer, exprs: readonly Expr[]): string {
  return exprs.map((expr) => printer.expr(expr)).join(', ');
}

function selectText(printer: Printer, select: Select): string {
  const parts = ['SELECT'];
  const hints = hintsText(printer, select.hints);
  if (hints) parts.push(hints);
  if (select.distinct) parts.push('DISTINCT');
  if (select.top) parts.push(`TOP ${printer.expr(select.top)}`);
  parts.push(itemsText(printer, select.items));
  if (select.from.length > 0) parts.push(`FROM ${select.from.map((ref) => tableRefText(printer, ref)).join(', ')}`);
  if (select.where) parts.push(`WHERE ${printer.expr(select.where)}`);
  if (select.groupBy) parts.push(`GROUP BY ${groupByText(printer, select.groupBy)}`);
  if (select.having) parts.push(`HAVING ${printer.expr(select.having)}`);
  const windows = select.windows.map(({ name, spec }) => `${printer.identifier(name)} AS ${windowText(printer, spec)}`);
  if (windows.length > 0) parts.push(`WINDOW ${windows.join(', ')}`);
  if (select.qualify) parts.push(`QUALIFY ${printer.expr(select.qualify)}`);
  return parts.join(' ');
}

export function hintsText(printer: Printer, hints: readonly Hint[]): string | undefined {
  if (hints.length === 0) return undefined;
  return `/*+ ${hints.map(({ name, value }) => `SET_VAR(${printWord(name)} = ${printer.expr(value)})`).join(' ')} */`;
}

export function itemsText(printer: Printer, items: readonly SelectItem[]): string {
  return items.map((item) => itemText(printer, item)).join(', ');
}

function itemText(printer: Printer, item: SelectItem): string {
  switch (item.kind) {
    case 'ExprItem':
      return printer.expr(item.expr) + (item.alias ? ` AS ${printer.identifier(item.alias)}` : '');
    case 'StarItem':
      return starText(printer, item);
    case 'ColumnsItem': {
      const { pattern } = item;
      if (typeof pattern === 'string') return `COLUMNS(${printString(pattern)})`;
      return `COLUMNS(${pattern.kind === 'StarItem' ? starText(printer, pattern) : printer.expr(pattern)})`;
    }
    default:
      return unreachable(item);
  }
}

function starText({ identifier }: Printer, { qualifier, exclude }: StarItem): string {
  const star = [...qualifier.map(identifier), '*'].join('.');
  return exclude.length > 0 ? `${star} EXCLUDE (${exclude.map(identifier).join(', ')})` : star;
}

function groupByText(printer: Printer, groupBy: GroupBy): string {
  if (groupBy.kind === 'GroupAll') return 'ALL';
  return groupBy.items.map((item) => groupItemText(printer, item)).join(', ');
}

function groupItemText(printer: Printer, item: GroupItem): string {
  const sets = (exprs: readonly (readonly Expr[])[]) => exprs.map((set) => groupingSetText(printer, set)).join(', ');
  switch (item.kind) {
    case 'GroupExpr':
      return printer.expr(item.expr);
    case 'Rollup':
      return `ROLLUP (${sets(item.items)})`;
    case 'Cube':
      return `CUBE (${sets(item.items)})`;
    case 'GroupingSets':
      return `GROUPING SETS (${sets(item.sets)})`;
    default:
      return unreachable(item);
  }
}

function groupingSetText(printer: Printer, set: readonly Expr[]): string {
  const [first] = set;
  if (set.length !== 1 || !first) return `(${listText(printer, set)})`;
  return first.kind === 'TupleLiteral' ? `(${printer.expr(first)},)` : printer.expr(first);
}

export function tableRefText(printer: Printer, ref: TableRef): string {
  switch (ref.kind) {
    case 'NamedTable':
      return namedTableText(printer, ref);
    case 'StagedFiles':
      return stagedFilesText(printer, ref);
    case 'DerivedTable': {
      const derived = `${ref.lateral ? 'LATERAL ' : ''}(${printer.query(ref.query)})`;
      return joinParts([derived, asAlias(printer, ref.alias), ...pivotParts(printer, ref.pivot)]);
    }
    case 'TableFunction':
      return joinParts([ref.lateral && 'LATERAL', printer.expr(ref.call), asAlias(printer, ref.alias)]);
    case 'Join':
      return joinText(printer, ref);
    default:
      return unreachable(ref);
  }
}

function joinParts(parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part).join(' ');
}

function namedTableText(printer: Printer, table: NamedTable): string {
  return joinParts([
    objectNameText(printer, table.name),
    table.changes && changesText(printer, table.changes),
    table.travel && `AT ${travelText(printer, table.travel)}`,
    table.streamOptions && streamOptionsText(table.streamOptions),
    asAlias(printer, table.alias),
    ...pivotParts(printer, table.pivot),
    table.sample && sampleText(table.sample),
  ]);
}

function aliasText({ identifier }: Printer, { name, columns }: TableAlias): string {
  return identifier(name) + (columns.length > 0 ? `(${columns.map(identifier).join(', ')})` : '');
}

export function asAlias(printer: Printer, alias: TableAlias | undefined): string | undefined {
  return alias && `AS ${aliasText(printer, alias)}`;
}

export function travelText(printer: Printer, { to, value, noCheck }: Travel): string {
  return `(${to} => ${printer.expr(value)}${noCheck ? ', NO_CHECK => TRUE' : ''})`;
}

function changesText(printer: Printer, { appendOnly, at, end }: Changes): string {
  const information = `CHANGES (INFORMATION => ${appendOnly ? 'APPEND_ONLY' : 'DEFAULT'})`;
  return joinParts([information, `AT ${travelText(printer, at)}`, end && `END ${travelText(printer, end)}`]);
}

export function streamOptionsText(options: ReadonlyMap<string, string>): string {
  if (options.size === 1 && options.get('consume') === 'true') return 'WITH CONSUME';
  const settings = [...options].map(([name, value]) => {
    return `${name.toUpperCase()} = ${/^[a-z0-9]\w*$/.test(value) ? value : printString(value)}`;
  });
  return `WITH (${settings.join(', ')})`;
}

function sampleText({ blockPercent, rowPercent, rows }: Sample): string {
  const row = rows === undefined ? rowPercent : `${rows} ROWS`;
  return joinParts([
    'SAMPLE',
    blockPercent !== undefined && `BLOCK (${blockPercent})`,
    row !== undefined && `ROW (${row})`,
  ]);
}

function stagedFilesText(printer: Printer, files: StagedFiles): string {
  const { location, fileFormat, pattern } = files;
  const options: string[] = [];
  if (fileFormat) options.push(`FILE_FORMAT => ${printString(fileFormat.name)}`);
  if (pattern) options.push(`PATTERN => ${printer.expr(pattern)}`);
  if (files.files) options.push(`FILES => (${files.files.map(printString).join(', ')})`);
  if (location.kind === 'UriLocation' && location.connection.length > 0) {
    options.push(`CONNECTION => (${location.connection.map((setting) => printOption(setting)).join(', ')})`);
  }
  const optionText = options.length > 0 && `(${options.join(', ')})`;
  return joinParts([printLocation(location), optionText, asAlias(printer, files.alias)]);
}

function joinText(printer: Printer, { type, left, right, condition }: Join): string {
  const rightText = tableRefText(printer, right);
  return joinParts([
    tableRefText(printer, left),
    condition?.kind === 'Natural' && 'NATURAL',
    joinWords(type),
    right.kind === 'Join' ? `(${rightText})` : rightText,
    condition?.kind === 'On' && `ON ${printer.expr(condition.expr)}`,
    condition?.kind === 'Using' && `USING (${condition.columns.map(printer.identifier).join(', ')})`,
  ]);
}

function joinWords(type: JoinType): string {
  const [side, asof] = type.split(' ');
  return `${asof === 'ASOF' ? `ASOF ${side}` : type} JOIN`;
}

function pivotParts(printer: Printer, pivot: Pivot | Unpivot | undefined): readonly (string | false | undefined)[] {
  return pivot ? [pivotText(printer, pivot), asAlias(printer, pivot.alias)] : [];
}

function pivotText(printer: Printer, pivot: Pivot | Unpivot): string {
  if (pivot.kind === 'Unpivot') return unpivotText(printer, pivot);
  const head = `${printer.expr(pivot.aggregate)} FOR ${printer.identifier(pivot.column)}`;
  return `PIVOT (${head} IN (${pivotValuesText(printer, pivot.values)}))`;
}

function pivotValuesText(printer: Printer, values: Pivot['values']): string {
  if ('kind' in values) return printer.query(values);
  if (!('any' in values)) return listText(printer, values);
  return values.any.length > 0 ? `ANY ORDER BY ${orderText(printer, values.any)}` : 'ANY';
}

function unpivotText({ identifier }: Printer, { valueColumn, nameColumn, columns }: Unpivot): string {
  const items = columns.map(
    ({ column, label }) => identifier(column) + (label === undefined ? '' : ` AS ${printString(label)}`),
  );
  return `UNPIVOT (${identifier(valueColumn)} FOR ${identifier(nameColumn)} IN (${items.join(', ')}))`;
}
