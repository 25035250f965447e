import { SqlError } from '../base/errors.ts';
import { didYouMean } from '../base/text.ts';
import { bind } from '../bind/index.ts';
import type { BoundQuery } from '../bind/plan.ts';
import { type Relations, type ResolvedName, type RowsSource, splitName } from '../bind/relation.ts';
import type { UserFunction } from '../bind/user-function.ts';
import { formatByName } from '../formats/options.ts';
import type { Call, ObjectName, PositionRef } from '../sql/ast.ts';
import type { NamedTable, Query, StagedFiles, With } from '../sql/ast-query.ts';
import { parseQuery } from '../sql/parser.ts';
import { selectFiles } from '../stages/files.ts';
import { openLocation } from '../stages/location.ts';
import { openStaged } from '../stages/open.ts';
import { MAX_POSITIONS, type StagedSource } from '../stages/staged.ts';
import { isSystemDatabase, SYSTEM_TABLES, systemTable } from '../system/index.ts';
import { type SystemContext, type SystemTable, systemRows } from '../system/table.ts';
import type { Schema } from '../types/type.ts';
import { findDatabase, findRelation, lookUp, lookUpRelation } from '../warehouse/find.ts';
import type { ObjectId, ViewRecord } from '../warehouse/object.ts';
import { lostHistory } from '../warehouse/table-range.ts';
import { bindSession } from './bind-session.ts';
import { type StatementContext, streamReads } from './context.ts';
import { execute } from './execute.ts';
import { namedFormat } from './formats.ts';
import { noteRead, openNamed } from './named-table.ts';
import { nameOf } from './names.ts';
import { type Reshaped, reshaped } from './reshape.ts';
import { functionSource, tableFunctionNames } from './table-functions/index.ts';
import { userFunction } from './user-functions.ts';
import { visitNodes, withoutPlaces } from './walk.ts';

/**
 * What the names in FROM stand for. The binder asks without waiting, so everything that has to be looked at (staged
 * files for their columns, views for what is in them) is looked at here first.
 */
export async function prepareRelations(root: unknown, ctx: StatementContext): Promise<Relations> {
  const staged = new Map<StagedFiles, StagedSource>();
  const views = new Map<ObjectId, Query>();
  const opened: Preparation['opened'] = new Map();
  const queries: Preparation['queries'] = new Map();
  const functions: Preparation['functions'] = new Map();
  await prepare(root, { ctx, staged, views, opened, queries, functions, with: withOf(root) });
  return {
    named: (ref) => {
      const found = opened.get(ref) ?? resolveName(ref.name, ctx, views);
      if (found instanceof SqlError) throw found;
      if (found.kind === 'Stream') noteRead(found, ref, ctx);
      return found;
    },
    staged: (ref) => {
      const source = staged.get(ref);
      if (!source) throw new SqlError('Internal', 'a location was not opened', { span: ref.span });
      return source;
    },
    reshaped: (ref) => queries.get(ref),
    function: (call) => variablesSource(call, ctx) ?? functionSource(call, ctx, (query) => bindNow(query, ctx)),
    defined: (name) => functions.get(name) ?? undefined,
  };
}

async function bindNow(query: Query, ctx: StatementContext): Promise<BoundQuery> {
  return bind(query, bindSession(await prepareRelations(query, ctx), ctx));
}

function withOf(root: unknown): With | undefined {
  const isQuery = typeof root === 'object' && root !== null && 'kind' in root && root.kind === 'Query';
  return isQuery ? (root as Query).with : undefined;
}

interface Preparation {
  readonly ctx: StatementContext;
  readonly staged: Map<StagedFiles, StagedSource>;
  readonly views: Map<ObjectId, Query>;
  /** What has a history, or why it has none to show: a CTE may have taken the name. */
  readonly opened: Map<NamedTable, ResolvedName | SqlError>;
  /** What stands for references with PIVOT, UNPIVOT or SAMPLE. */
  readonly queries: Map<Reshaped, Query>;
  /** Functions of the catalog that are called; null while what they call is looked at. */
  readonly functions: Map<string, UserFunction | null>;
  /** Of the whole query. */
  readonly with: With | undefined;
}

async function prepare(root: unknown, preparation: Preparation): Promise<void> {
  const files: StagedFiles[] = [];
  const tables: NamedTable[] = [];
  const reshapes: Reshaped[] = [];
  const calls: Call[] = [];
  let positions = 0;
  visitNodes(root, (node) => {
    if (node.kind === 'StagedFiles') files.push(node as StagedFiles);
    if (node.kind === 'NamedTable') tables.push(node as NamedTable);
    if (node.kind === 'NamedTable' || node.kind === 'DerivedTable') reshapes.push(node as Reshaped);
    if (node.kind === 'Call') calls.push(node as Call);
    if (node.kind === 'PositionRef') positions = Math.max(positions, (node as PositionRef).position);
  });
  for (const ref of files) {
    const source = await openRef(ref, Math.min(positions, MAX_POSITIONS), preparation.ctx);
    preparation.staged.set(ref, source);
  }
  for (const ref of tables) {
    await prepareHistory(ref, preparation);
    await prepareView(ref.name, preparation);
  }
  for (const ref of reshapes) await prepareReshaped(ref, preparation);
  for (const call of calls) await prepareFunction(call, preparation);
}

/** The body of a function may read tables and call others, but not itself. */
async function prepareFunction({ name, nameSpan }: Call, preparation: Preparation): Promise<void> {
  const { ctx, functions } = preparation;
  const found = functions.get(name);
  if (found === null) {
    throw new SqlError('SemanticError', `function ${name} calls itself, which never ends`, { span: nameSpan });
  }
  const record = found ? undefined : lookUp(ctx.catalog(), 'Function', name);
  if (!record) return;
  functions.set(name, null);
  const user = userFunction(record);
  await prepare(user.body, preparation);
  functions.set(name, user);
}

async function prepareReshaped(ref: Reshaped, preparation: Preparation): Promise<void> {
  const { ctx, queries } = preparation;
  const run = async (inner: Query) => execute(await bindNow(inner, ctx), ctx);
  const query = await reshaped(ref, { with: preparation.with, run });
  if (!query) return;
  queries.set(ref, query);
  await prepare(query, preparation);
}

async function prepareHistory(ref: NamedTable, { ctx, opened }: Preparation): Promise<void> {
  try {
    const found = await openNamed(ref, {
      ctx,
      bindQuery: (query) => bindNow(query, ctx),
    });
    if (found) opened.set(ref, found);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    opened.set(ref, error);
  }
}

/** A view's own query may read files and views. */
async function prepareView(name: ObjectName, preparation: Preparation): Promise<void> {
  const { ctx, views } = preparation;
  const { database, name: last } = splitName(nameOf(name, ctx));
  const catalog = ctx.catalog();
  const owner = lookUp(catalog, 'Database', database?.name ?? ctx.session.database);
  const view = owner && lookUpRelation(catalog, owner, last.name);
  if (view?.kind !== 'View' || views.has(view.id)) return;
  const query = withoutPlaces(parseQuery(view.query));
  views.set(view.id, query);
  await prepare(query, preparation);
}

function resolveName(name: ObjectName, ctx: StatementContext, views: Preparation['views']): ResolvedName {
  const { database, name: last, span } = splitName(nameOf(name, ctx));
  const databaseName = database?.name ?? ctx.session.database;
  const system = systemTable(databaseName, last.name);
  if (system) return rowsOf(system, ctx);
  if (isSystemDatabase(databaseName)) {
    throw new SqlError('UnknownTable', `Unknown table '${databaseName}.${last.name}'`, {
      span,
      suggestions: didYouMean(
        last.name,
        SYSTEM_TABLES.flatMap((table) => (table.database === databaseName ? [table.name] : [])),
      ),
    });
  }
  try {
    const catalog = ctx.catalog();
    const relation = findRelation(catalog, findDatabase(catalog, databaseName), last.name);
    if (relation.kind === 'Table') return { kind: 'Table', database: databaseName, table: relation };
    if (relation.kind === 'Stream') throw new SqlError('Internal', `the stream ${relation.name} was not opened`);
    const query = views.get(relation.id);
    if (!query) throw new SqlError('Internal', `the view ${relation.name} was not parsed`);
    return { kind: 'View', database: databaseName, view: relation, query };
  } catch (error) {
    throw error instanceof SqlError ? error.at(span) : error;
  }
}

/** SHOW_VARIABLES() is the table of the same rows. */
function variablesSource({ name }: Call, ctx: StatementContext): RowsSource | undefined {
  const table = name === 'show_variables' ? systemTable('system', 'variables') : undefined;
  return table && rowsOf(table, ctx);
}

function rowsOf(table: SystemTable, ctx: StatementContext): RowsSource {
  const { columns } = table;
  return {
    kind: 'Rows',
    name: `${table.database}.${table.name}`,
    columns,
    rows: () => systemRows(table, systemContext(ctx)),
  };
}

/** What system tables may know of the session that asks. */
function systemContext(ctx: StatementContext): SystemContext {
  const { services, session } = ctx;
  return {
    catalog: ctx.catalog(),
    now: ctx.now,
    secrets: services.secrets,
    functions: services.functions,
    tableFunctions: tableFunctionNames(services.functions),
    settings: session.settings,
    session: session.id,
    variables: session.variables,
    rejected: session.rejected,
    version: services.version,
    queries: () => services.history.read(ctx.signal),
    systemTables: SYSTEM_TABLES,
    lostHistory: (table, offset) => lostHistory(services.warehouse, table, offset, ctx.signal),
    viewColumns: (view) => viewColumns(view, ctx),
  };
}

/** The columns that a view has now; none where something that it reads is gone. */
async function viewColumns(view: ViewRecord, ctx: StatementContext): Promise<Schema> {
  try {
    const query = parseQuery(view.query);
    const own = { ...ctx, streams: streamReads(false) };
    const { columns } = bind(query, bindSession(await prepareRelations(query, own), own));
    return columns.map((column, index) => ({ ...column, name: view.columns?.[index] ?? column.name }));
  } catch (error) {
    if (error instanceof SqlError) return [];
    throw error;
  }
}

async function openRef(ref: StagedFiles, positions: number, ctx: StatementContext): Promise<StagedSource> {
  const catalog = ctx.catalog();
  const location = await openLocation(ref.location, catalog, ctx.services.stageHost);
  ctx.progress.phase('listing');
  const files = await selectFiles(location, { pattern: patternOf(ref, ctx), files: ref.files }, ctx.signal);
  const format = ref.fileFormat
    ? namedFormat(ref.fileFormat.name, catalog, ref.fileFormat.span)
    : (location.format ?? formatByName(files[0]?.path ?? location.path));
  return openStaged(location, { files, format, positions, progress: ctx.progress }, ctx.signal);
}

function patternOf({ pattern }: StagedFiles, { session }: StatementContext): string | undefined {
  if (pattern === undefined) return undefined;
  const value = pattern.kind === 'VariableRef' ? session.variables.get(pattern.name)?.value : pattern.value;
  if (typeof value === 'string') return value;
  throw new SqlError('BadArguments', 'invalid pattern expr: NULL', { span: pattern.span });
}
