import type { RecordBatch } from 'apache-arrow';
import { type Span, SqlError } from '../../base/errors.ts';
import { hint } from '../../base/hints.ts';
import { withoutFiles } from '../../base/progress.ts';
import { aggregateSpec } from '../../bind/aggregate.ts';
import { bind } from '../../bind/index.ts';
import type { BoundExpr, BoundQuery, BoundRelation } from '../../bind/plan.ts';
import type { Relations } from '../../bind/relation.ts';
import { isNextValue } from '../../bind/special.ts';
import { someExpr } from '../../bind/walk.ts';
import type { FileSource } from '../../formats/format.ts';
import { textsOption } from '../../formats/option-values.ts';
import { readFooter } from '../../formats/parquet/footer.ts';
import { scanStaged } from '../../scan/staged.ts';
import type { Call, Expr, PositionRef } from '../../sql/ast.ts';
import type { Query, SelectItem, StagedFiles } from '../../sql/ast-query.ts';
import { openStaged } from '../../stages/open.ts';
import { MAX_POSITIONS, type StagedSource, sameSchema } from '../../stages/staged.ts';
import type { TableField } from '../../table/delta-schema.ts';
import { engineColumnType, type Schema } from '../../types/type.ts';
import type { TableColumn } from '../../warehouse/object.ts';
import { bindSession } from '../bind-session.ts';
import type { StatementContext } from '../context.ts';
import { execute, lowerSettings } from '../query.ts';
import { prepareRelations } from '../relations.ts';
import { selectItem, selectQuery } from '../select.ts';
import type { CopyIntoTable } from '../syntax/copy-table.ts';
import type { PartlyStored } from '../table-writer.ts';
import { defaultValue, rowsOfTable } from '../target.ts';
import { visitNodes } from '../walk.ts';
import type { CopyFile, CopyJob } from './job.ts';
import { partlyStored, storedPlan } from './stored-columns.ts';

/**
 * Files that are read through a query: the transform form of any format, and Parquet, whose plain form selects the
 * table's columns by name. Each schema that occurs is bound on its own, so that a column is cast from what its file has.
 */
export async function* queriedFiles(job: CopyJob, ctx: StatementContext): AsyncGenerator<CopyFile> {
  const { source, copy } = job;
  const staged = await openStaged(
    source.location,
    { files: source.files, format: source.format, positions: positionsIn(copy.transform), progress: ctx.progress },
    ctx.signal,
  );
  const bound: { readonly schema: Schema; readonly query: BoundQuery }[] = [];
  for (const file of source.files) {
    const index = staged.files.findIndex(({ path }) => path === file.path);
    const opened = staged.files[index];
    if (!opened) {
      yield { file, batches: none() };
      continue;
    }
    const schema = staged.fileColumns[index] ?? [];
    let plan = bound.find((known) => sameSchema(known.schema, schema));
    if (!plan) {
      plan = {
        schema,
        query: await bindFile({ ...staged, files: [opened], columns: schema, fileColumns: [schema] }, job, ctx),
      };
      bound.push(plan);
    }
    const adoptable = isWholeFile(plan.query, schema) && source.format.type === 'PARQUET' ? opened : undefined;
    const open: OpenFile = { staged, file: opened, schema };
    const { query } = plan;
    const inParts = (fields: readonly TableField[]) => partsOfFile(query, { ...open, fields }, job, ctx);
    yield { file, batches: rowsOfFile(query, open, job, ctx), adoptable, inParts };
  }
}

async function* none(): AsyncGenerator<never> {}

export function positionsIn(transform: CopyJob['copy']['transform']): number {
  let most = 0;
  visitNodes(transform?.items, (node) => {
    if (node.kind === 'PositionRef') most = Math.max(most, (node as PositionRef).position);
  });
  return Math.min(most, MAX_POSITIONS);
}

/** The query over files of one schema, giving rows of the whole table. */
async function bindFile(source: StagedSource, job: CopyJob, ctx: StatementContext): Promise<BoundQuery> {
  const { copy, table, columns } = job;
  const file = source.files[0]?.path ?? '';
  const isFirst = file === job.source.files.find(({ info }) => info.size > 0)?.path;
  if (copy.transform) refuseCalls(copy.transform.items, ctx);
  try {
    const { given, items } = copy.transform
      ? { given: columns, items: copy.transform.items }
      : ownItems(job, source, ctx);
    const bound = await bindItems(source, items, copy, ctx);
    checkItems(bound, copy, given.length);
    return rowsOfTable(bound, table, given, ctx);
  } catch (error) {
    if (isFirst || !(error instanceof SqlError) || error.kind !== 'SemanticError') throw error;
    const shown = source.columns.map((column) => `${column.name} ${engineColumnType(column)}`).join(', ');
    throw new SqlError(
      'TableSchemaMismatch',
      `get diff schema in file '${file}': ${error.message}. Its columns: ${shown}`,
      { span: error.span, cause: error },
    );
  }
}

/** `SELECT <items>` over files whose columns are known. */
export async function bindItems(
  source: StagedSource,
  items: readonly SelectItem[],
  copy: CopyIntoTable,
  ctx: StatementContext,
): Promise<BoundQuery> {
  const relations: Relations = { ...(await prepareRelations(items, ctx)), staged: () => source };
  return bind(selectFrom(copy, items), bindSession(relations, ctx));
}

interface Items {
  /** The columns of the table that the items fill; the others take their defaults. */
  readonly given: readonly TableColumn[];
  readonly items: readonly SelectItem[];
}

/** What a file's own columns give; MISSING_FIELD_AS says what becomes of those that it lacks. */
function ownItems(job: CopyJob, file: StagedSource, ctx: StatementContext): Items {
  const { columns, source, copy } = job;
  const { columns: schema, files } = file;
  const missing = source.format.options['MISSING_FIELD_AS'];
  const itemsOf = (given: readonly TableColumn[]) => given.map((column) => columnItem(column, job, file));
  if (missing === undefined || missing === 'ERROR') {
    if (job.evolved) refuseMissing(columns, file);
    return { given: columns, items: itemsOf(columns) };
  }
  const isExact = copy.columnMatchMode === 'CASE_SENSITIVE';
  const fold = (name: string) => (isExact ? name : name.toLowerCase());
  const names = new Set(schema.map(({ name }) => fold(name)));
  const present = columns.filter(({ name }) => names.has(fold(name)));
  if (present.length === 0) throw new SqlError('BadBytes', `not column name match in file ${files[0]?.path ?? ''}`);
  if (missing !== 'NULL') {
    refuseNumbered(columns, present, ctx);
    return { given: present, items: itemsOf(present) };
  }
  const items = columns.map((column) =>
    present.includes(column) ? columnItem(column, job, file) : nullItem(column, copy),
  );
  return { given: columns, items };
}

/** Files that gave the table columns need not all have the same ones. */
function refuseMissing(columns: readonly TableColumn[], { columns: schema, files }: StagedSource): void {
  const names = new Set(schema.map(({ name }) => name.toLowerCase()));
  const missing = columns.find(({ name }) => !names.has(name.toLowerCase()));
  if (!missing) return;
  throw new SqlError(
    'BadDataValueType',
    `file ${files[0]?.path ?? ''} missing column \`${missing.name}\`. current FILE_FORMAT option: MISSING_FIELD_AS=ERROR`,
    { hint: hint('fieldDefault') },
  );
}

/** The numbers of a sequence do not stand in for what a file lacks. */
function refuseNumbered(columns: readonly TableColumn[], present: readonly TableColumn[], ctx: StatementContext): void {
  const isNumbered = (column: TableColumn) => someExpr(defaultValue(column, ctx), isNextValue);
  if (columns.some((column) => !present.includes(column) && isNumbered(column)))
    throw new SqlError('BadDataValueType', 'not supported yet: fill missing column with sequence as default');
}

/** With MISSING_FIELD_AS = NULL a default does not count. */
function nullItem({ name, nullable }: TableColumn, { span }: CopyJob['copy']): SelectItem {
  if (nullable) return { kind: 'ExprItem', expr: { kind: 'NullLiteral', span }, alias: undefined, span };
  throw new SqlError(
    'BadDataValueType',
    `missing column \`${name}\`, which is NOT NULL. current FILE_FORMAT option: MISSING_FIELD_AS=NULL`,
    { hint: hint('fieldDefault') },
  );
}

function columnItem(column: TableColumn, { copy, source }: CopyJob, file: StagedSource): SelectItem {
  const { columnMatchMode, span } = copy;
  const isExact = columnMatchMode === 'CASE_SENSITIVE';
  const name = isExact ? column.name : column.name.toLowerCase();
  const ref: Expr = { kind: 'ColumnRef', parts: [{ name, quoted: isExact, span }], span };
  const nulls = textsOption(source.format, 'NULL_IF');
  const found = file.columns.find((one) => (isExact ? one.name : one.name.toLowerCase()) === name);
  if (nulls.length === 0 || !column.nullable || found?.type.kind !== 'String') return selectItem(ref);
  return selectItem(nullIf(ref, nulls));
}

/** NULL where the text is one of these. */
function nullIf(operand: Expr, texts: readonly string[]): Expr {
  const { span } = operand;
  const items = texts.map((value): Expr => ({ kind: 'StringLiteral', value, span }));
  const when: Expr = { kind: 'InList', operand, items, negated: false, span };
  const branches = [{ when, result: { kind: 'NullLiteral', span } as const }];
  return { kind: 'Case', operand: undefined, branches, otherwise: operand, span };
}

/** `SELECT <items> FROM <location> [<alias>]` */
function selectFrom({ location, transform, span }: CopyJob['copy'], items: readonly SelectItem[]): Query {
  const from: StagedFiles = {
    kind: 'StagedFiles',
    location,
    fileFormat: undefined,
    pattern: undefined,
    files: undefined,
    alias: transform?.alias,
    span: location.span,
  };
  return selectQuery({ items, from, span });
}

/** Before the list is bound: a column beside an aggregate would be told that it is not grouped by. */
export function refuseCalls(items: readonly SelectItem[], { services: { functions } }: StatementContext): void {
  visitNodes(items, (node) => {
    if (node.kind !== 'Call') return;
    const call = node as Call;
    const isSet = functions.get(call.name)?.kind === 'set';
    if (isSet || call.over || aggregateSpec(call, functions)) throw refusal(call.span);
  });
}

const refusal = (span: Span) =>
  new SqlError('SemanticError', "copy into <table> can't contain aggregate|flatten|window functions", { span });

/** Throws for what a COPY cannot compute, and for a list that is not as long as the columns that it fills. */
export function checkItems({ body, columns }: BoundQuery, { span }: CopyIntoTable, wanted: number | undefined): void {
  const items = body.kind === 'Select' ? body.items : [];
  const isRefused = ({ kind }: BoundExpr) => kind === 'Aggregate' || kind === 'Window' || kind === 'QueryExpr';
  const refused = items.find((item) => someExpr(item, isRefused));
  if (refused || body.kind !== 'Select' || body.groupBy) throw refusal(refused?.span ?? span);
  if (wanted === undefined || columns.length === wanted) return;
  throw new SqlError(
    'BadArguments',
    `Number of columns in select list (${columns.length}) does not match that of the corresponding table (${wanted})`,
    { span },
  );
}

interface OpenFile {
  readonly staged: StagedSource;
  readonly file: FileSource;
  readonly schema: Schema;
}

async function* rowsOfFile(
  query: BoundQuery,
  open: OpenFile,
  job: CopyJob,
  ctx: StatementContext,
): AsyncGenerator<RecordBatch> {
  const { staged, file, schema } = open;
  const disableVariantCheck = job.copy.disableVariantCheck === true;
  const { timezone, numericCast } = lowerSettings(ctx, {});
  const source: StagedSource = { ...staged, files: [file], columns: schema, fileColumns: [schema] };
  const scan = (columns: readonly number[]) => {
    const wanted = columns.length > 0 ? columns : [0];
    const session = { timezone, numericCast };
    return scanStaged(
      source,
      { columns: wanted, predicates: [], limit: undefined, session, progress: withoutFiles(ctx.progress) },
      ctx.signal,
    );
  };
  try {
    const drive = { relation: relationOf(query), chunks: scan };
    yield* (await execute(query, ctx, { drive, disableVariantCheck })).batches;
  } catch (error) {
    throw error instanceof SqlError && !error.hint ? withFile(error, file.path) : error;
  }
}

async function partsOfFile(
  query: BoundQuery,
  { fields, ...open }: OpenFile & { readonly fields: readonly TableField[] },
  job: CopyJob,
  ctx: StatementContext,
): Promise<AsyncIterable<PartlyStored> | undefined> {
  const { format } = job.source;
  if (format.type !== 'PARQUET' || format.options['USE_LOGIC_TYPE'] === false) return undefined;
  const footer = await readFooter(open.file, ctx.signal);
  const plan = storedPlan(open.file, footer, query, { schema: open.schema, fields });
  return plan && partlyStored(plan, plan.rest && rowsOfFile(plan.rest, open, job, ctx), ctx);
}

function withFile(error: SqlError, path: string): SqlError {
  const { kind, message, span, suggestions, cause } = error;
  return new SqlError(kind, message, { span, suggestions, cause, hint: hint('inFile', path) });
}

/** Whether the rows are the file's, column for column. */
function isWholeFile({ body }: BoundQuery, schema: Schema): boolean {
  if (body.kind !== 'Select' || body.where || body.from?.kind !== 'Relation') return false;
  const isSame = (item: BoundExpr, index: number) => item.kind === 'Column' && item.index === index;
  return body.items.length === schema.length && body.items.every(isSame);
}

function relationOf({ body }: BoundQuery): BoundRelation {
  if (body.kind === 'Select' && body.from?.kind === 'Relation') return body.from;
  throw new SqlError('Internal', 'a COPY reads one relation');
}
