import { SqlError } from '../../base/errors.ts';
import type { Expr, Identifier } from '../../sql/ast.ts';
import { countOutcome, type Outcome, type StatementContext } from '../context.ts';
import { selectItem } from '../select.ts';
import type { CopyIntoTable } from '../syntax/copy-table.ts';
import type { Insert } from '../syntax/insert.ts';
import type { InsertValue } from '../syntax/insert-value.ts';
import { findTarget, targetColumns } from '../target.ts';
import { copyFiles } from './index.ts';

/** INSERT {INTO | OVERWRITE} … FROM <location>: a COPY with FORCE and PURGE, whose result is that of an INSERT. */
export async function insertFiles(statement: Insert, ctx: StatementContext): Promise<Outcome> {
  const { source, overwrite, span } = statement;
  if (source.kind !== 'InsertFiles') throw new SqlError('Internal', 'an INSERT without files', { span });
  const { affected } = await copyFiles(copyOf(statement, source, ctx), { overwrite }, ctx);
  return countOutcome('number of rows inserted', affected);
}

type Files = Extract<Insert['source'], { readonly kind: 'InsertFiles' }>;

function copyOf(
  { with: ctes, hints, table, columns: names, span }: Insert,
  { location, fileFormat, values }: Files,
  ctx: StatementContext,
): CopyIntoTable {
  const filled = values && filledColumns(values, columnNames(table, names, ctx));
  return {
    kind: 'CopyIntoTable',
    with: ctes,
    hints,
    table,
    columns: filled?.columns ?? names,
    location,
    transform: filled && { items: filled.values.map(selectItem), alias: undefined },
    files: undefined,
    pattern: undefined,
    fileFormat,
    sizeLimit: undefined,
    maxFiles: undefined,
    splitSize: undefined,
    purge: true,
    force: true,
    disableVariantCheck: undefined,
    returnFailedOnly: undefined,
    onError: undefined,
    columnMatchMode: undefined,
    schemaEvolution: undefined,
    span,
  };
}

function columnNames(
  table: Insert['table'],
  names: readonly Identifier[],
  ctx: StatementContext,
): readonly Identifier[] {
  const target = findTarget(table, ctx);
  return targetColumns(target, names).map(({ name }) => ({ name, quoted: true, span: table.span }));
}

interface Filled {
  readonly columns: readonly Identifier[];
  readonly values: readonly Expr[];
}

/** Each `?` is the next column of the file; a column whose value is DEFAULT is left out. */
function filledColumns(values: readonly InsertValue[], columns: readonly Identifier[]): Filled {
  if (values.length !== columns.length) {
    throw new SqlError('SemanticError', `need ${columns.length} fields in values, got only ${values.length}`, {
      span: values[0]?.span,
    });
  }
  let position = 0;
  const filled = values.flatMap((value, index) => {
    const column = columns[index];
    if (value.kind === 'DefaultValue' || !column) return [];
    if (value.kind !== 'Placeholder') return [{ column, value }];
    const { span } = value;
    const ref: Expr = { kind: 'PositionRef', table: undefined, position: ++position, span };
    return [{ column, value: ref }];
  });
  return { columns: filled.map(({ column }) => column), values: filled.map(({ value }) => value) };
}
