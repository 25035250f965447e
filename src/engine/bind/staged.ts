import { assert, SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import type { StagedFiles } from '../sql/ast-query.ts';
import { differingFile } from '../stages/open.ts';
import {
  MAX_POSITIONS,
  METADATA_COLUMNS,
  rowColumns,
  type StagedSource,
  sameColumn,
  sameSchema,
} from '../stages/staged.ts';
import { engineColumnType, plain, type Schema } from '../types/type.ts';
import type { Binder, ScopeColumn, ScopeRelation } from './binder.ts';
import { call, literal } from './build.ts';
import type { BoundColumn, BoundExpr, BoundFrom, BoundQuery } from './plan.ts';
import { visitQuery } from './walk.ts';

/**
 * Staged files in FROM: Parquet by named columns or the whole row as `$1`, CSV and TEXT as `$1 … $n`, NDJSON as `$1`.
 * The file's metadata follows the columns, hidden from `*`.
 */
export function bindStaged(
  binder: Binder,
  ref: StagedFiles,
  id: number,
): { readonly from: BoundFrom; readonly relation: ScopeRelation } {
  const source = binder.session.relations.staged(ref);
  const data = dataColumns(source);
  const all = [...data, ...METADATA_COLUMNS, ...rowColumns(source)];
  const scopeColumns = all.map(
    (column, index): ScopeColumn => ({
      ...column,
      expr: {
        kind: 'Column',
        relation: id,
        index,
        name: column.name,
        type: column.type,
        nullable: column.nullable,
        span: ref.span,
      },
      anyCase: true,
    }),
  );
  const named = scopeColumns.slice(0, data.length);
  const metadata = scopeColumns.slice(data.length, data.length + METADATA_COLUMNS.length);
  const ofRows = scopeColumns.slice(data.length + METADATA_COLUMNS.length);
  const relation: ScopeRelation = {
    id,
    name: undefined,
    database: undefined,
    columns: source.access === 'columns' ? named : [],
    hidden: metadata,
    hasNoFiles: source.access === 'columns' && source.files.length === 0,
    position: (position, span) => positionOf(binder, source, { position, span, named, metadata, ofRows }),
  };
  return { from: { kind: 'Relation', id, source, columns: all, span: ref.span }, relation };
}

function dataColumns({ access, columns, positions }: StagedSource): Schema {
  if (access === 'columns') return columns;
  if (access === 'variant') return [{ name: '$1', type: plain('Variant'), nullable: true }];
  return Array.from({ length: positions }, (_, index) => ({
    name: `_$${index + 1}`,
    type: plain('String'),
    nullable: true,
  }));
}

interface Position {
  readonly position: number;
  readonly span: BoundExpr['span'];
  readonly named: readonly ScopeColumn[];
  readonly metadata: readonly ScopeColumn[];
  /** What whole rows are made of where files differ. */
  readonly ofRows: readonly ScopeColumn[];
}

function positionOf(binder: Binder, source: StagedSource, at: Position): BoundExpr {
  const { access, format } = source;
  const { position, span, named } = at;
  if (access === 'columns') {
    if (position === 1) return at.ofRows.length > 0 ? rowOfItsFile(binder, source, at) : wholeRow(binder, named, span);
    throw new SqlError(
      'SemanticError',
      `Query from ${format.type.toLowerCase()} file only support $1 as column position`,
      { span },
    );
  }
  const column = named[position - 1];
  if (column) return { ...column.expr, span };
  if (access === 'variant') throw new SqlError('SemanticError', `column position ${position} doesn't exist`, { span });
  throw new SqlError('SemanticError', `select from ${format.type} allow at most ${MAX_POSITIONS} fields`, { span });
}

/** The row as one JSON object, NULL fields kept. */
function wholeRow(binder: Binder, named: readonly ScopeColumn[], span: BoundExpr['span']): BoundExpr {
  const items = named.flatMap(({ name, expr }) => [
    literal({ type: plain('String'), value: name }, span),
    call(binder, 'to_variant', [expr.kind === 'Column' ? { ...expr, ofRow: true } : expr], { span }),
  ]);
  return call(binder, 'object_construct_keep_null', items, { span });
}

/** The row as an object of the columns that its own file has. */
function rowOfItsFile(binder: Binder, source: StagedSource, { span, metadata, ofRows }: Position): BoundExpr {
  const schemas = source.fileColumns.filter(
    (schema, index) => source.fileColumns.findIndex((other) => sameSchema(schema, other)) === index,
  );
  const filename = metadata[0]?.expr;
  assert(filename !== undefined, 'staged files have no metadata');
  const branches = schemas.map((schema) => {
    const own = schema.flatMap((column) => ofRows.filter((known) => sameColumn(known, column)));
    const files = source.files.filter((_, index) => sameSchema(schema, source.fileColumns[index] ?? []));
    const items = files.map(({ path }) => literal({ type: plain('String'), value: path }, span));
    const when: BoundExpr = {
      kind: 'In',
      operand: filename,
      items,
      negated: false,
      type: plain('Boolean'),
      nullable: false,
      span,
    };
    return { when, result: wholeRow(binder, own, span) };
  });
  return { kind: 'Case', branches, otherwise: undefined, type: plain('Variant'), nullable: true, span };
}

/** A Parquet file gives its columns or, as `$1`, whole rows; not both to one query. Throws SemanticError. */
export function checkRowsOrColumns(query: BoundQuery): void {
  const relations = new Map<number, StagedSource>();
  visitQuery(query, {
    from: (from) => {
      const { source, id } = from.kind === 'Relation' ? from : { source: undefined, id: 0 };
      if (source?.kind === 'Staged' && source.access === 'columns' && source.positions > 0) relations.set(id, source);
    },
  });
  if (relations.size === 0) return;
  const [ofRows, byName] = [new Set<number>(), new Map<number, BoundColumn>()];
  visitQuery(query, {
    expr: (expr) => {
      const source = expr.kind === 'Column' && relations.get(expr.relation);
      if (!source) return;
      if (expr.ofRow) ofRows.add(expr.relation);
      else if (expr.index < source.columns.length) byName.set(expr.relation, expr);
    },
  });
  for (const [id, { span }] of byName) {
    if (!ofRows.has(id)) continue;
    const type = relations.get(id)?.format.type.toLowerCase();
    const message = `Query from ${type} file supports either $1 or columns by their names, not both`;
    throw new SqlError('SemanticError', message, { span });
  }
}

/** `SELECT *` over files that have no named columns, or not the same ones. */
export function starError(source: StagedSource, alone: boolean): SqlError | undefined {
  const { format, access } = source;
  if (access === 'columns') return schemaError(source);
  if (!alone || access === 'variant')
    return new SqlError('SemanticError', 'select * from file only support Parquet format');
  return new SqlError(
    'SemanticError',
    `Query from ${format.type} file lacks column positions. Specify as $1, $2, etc.`,
  );
}

function schemaError(source: StagedSource): SqlError | undefined {
  const other = differingFile(source);
  if (!other) return undefined;
  const [expected, actual] = [source.columns, source.fileColumns[source.files.indexOf(other)] ?? []].map((columns) =>
    columns.map((column) => `${column.name} ${engineColumnType(column)}`).join(', '),
  );
  return new SqlError(
    'TableSchemaMismatch',
    `infer schema from '${source.files[0]?.path ?? ''}', but get diff schema in file '${other.path}'. Expected schema: ${expected}, actual: ${actual}`,
    { hint: hint('sameSchema') },
  );
}
