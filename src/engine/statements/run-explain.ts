import { type Span, SqlError } from '../base/errors.ts';
import { countingProgress, type ProgressSink } from '../base/progress.ts';
import type { BoundQuery } from '../bind/plan.ts';
import { analyzeQuery } from '../execute/analyze.ts';
import type { QueryRequest } from '../execute/executor.ts';
import { explainQuery, type QueryPlan, relationName, type ScanPlan } from '../execute/explain.ts';
import { profileQuery, SCANS } from '../execute/profile.ts';
import type { Predicate } from '../formats/format.ts';
import type { Query } from '../sql/ast-query.ts';
import { maskSecrets } from '../sql/mask.ts';
import { showBytes } from '../stores/common/bytes.ts';
import { showCell } from '../types/show.ts';
import { type Column, plain } from '../types/type.ts';
import { column, type Outcome, rowsOutcome, type StatementContext } from './context.ts';
import { bindQuery, lowerSettings, openSource } from './query.ts';
import { planSequences } from './sequence-numbers.ts';
import { spelledOut } from './syntax/copy-table.ts';
import type { Explain, ExplainForm } from './syntax/explain.ts';
import { formatSql } from './syntax/format.ts';
import { parseStatement, printStatement, type Statement } from './syntax/index.ts';
import { leaf, syntaxTree, type TextTree, treeLines } from './text-tree.ts';

/** Nothing is run, but by ANALYZE. */
export async function explain({ form, statement, span }: Explain, ctx: StatementContext): Promise<Outcome> {
  const lines = await explainer(form)?.(statement, ctx);
  if (!lines) throw new SqlError('Unimplemented', `EXPLAIN ${form ?? ''} is not supported`, { span });
  return rowsOutcome(
    [column('explain', plain('String'))],
    lines.map((line) => [line]),
  );
}

type Explainer = (statement: Statement, ctx: StatementContext) => Promise<readonly string[]>;

function explainer(form: ExplainForm | undefined): Explainer | undefined {
  switch (form) {
    case 'AST':
      return async (statement) => treeLines(syntaxTree(parseStatement(shownText(statement))));
    case 'SYNTAX':
      return async (statement) => syntaxLines(statement);
    case 'ANALYZE':
    case 'ANALYZE PARTIAL':
      return analyzeLines;
    case 'ANALYZE GRAPHICAL':
      return profileLine;
    case undefined:
    case 'RAW':
    case 'OPTIMIZED':
    case 'DECORRELATED':
      return planLines;
    default:
      return undefined;
  }
}

/** As Databend prints a COPY: with what it does by default, and the words that say so in lower case. */
function syntaxLines(statement: Statement): readonly string[] {
  const isCopy = statement.kind === 'CopyIntoTable';
  const lines = formatSql(shownText(isCopy ? spelledOut(statement) : statement)).split('\n');
  return isCopy ? lines.map((line) => line.replace(/^\w+ = (?:TRUE|FALSE|[A-Z]+(?:_\w+)?)$/, lowerValue)) : lines;
}

const lowerValue = (line: string) => line.replace(/ = .*/, (value) => value.toLowerCase());

/** A result may be kept and sent on: no secrets in it. */
const shownText = (statement: Statement) => maskSecrets(printStatement(statement));

async function planLines(statement: Statement, ctx: StatementContext): Promise<readonly string[]> {
  const query = queryOf(statement);
  if (!query) return [statement.kind, `└── ${shownText(statement)}`];
  const bound = await bindPlanned(query, ctx);
  const plan = await explainQuery(await ctx.services.executor(), bound, queryRequest(ctx, ctx.progress));
  const tree = treeLines({ label: statement.kind, children: planTree(plan, ctx) });
  return [...tree, '', ...drawn(plan.drawing)];
}

/** The query, and what DuckDB has to know to plan it. */
async function bindPlanned(query: Query, ctx: StatementContext): Promise<BoundQuery> {
  const bound = await bindQuery(query, ctx);
  await planSequences(bound, ctx);
  return bound;
}

/** What a statement reads its rows with. */
function queryOf(statement: Statement): Query | undefined {
  if (statement.kind === 'Query') return statement;
  if (statement.kind === 'CreateTable' || statement.kind === 'CreateView') return statement.query;
  const isInsert = statement.kind === 'Insert' || statement.kind === 'Replace';
  return isInsert && statement.source.kind === 'InsertQuery' ? statement.source.query : undefined;
}

function queryRequest(ctx: StatementContext, progress: ProgressSink): QueryRequest {
  return {
    settings: lowerSettings(ctx, {}),
    signal: ctx.signal,
    progress,
    openTable: (source, signal) => openSource(source, ctx, signal),
  };
}

const drawn = (drawing: string) => drawing.split('\n');

function planTree({ streamed, scans }: QueryPlan, ctx: StatementContext): readonly TextTree[] {
  const run = streamed ? 'row by row, as they are read' : 'at once, over rows in memory';
  return [leaf(`run: ${run}`), ...scans.map((scan) => scanTree(scan, ctx))];
}

function scanTree(scan: ScanPlan, { session }: StatementContext): TextTree {
  const { relation, columns, predicates, limit, files, resident } = scan;
  const timezone = session.settings.get('timezone');
  const names = columns.map((index) => `${columnName(relation.columns[index])} (c${index})`);
  const filters = predicates.map((predicate) => predicateText(predicate, scan, timezone));
  return {
    label: SCANS[relation.source.kind],
    children: [
      leaf(`${relation.source.kind === 'Staged' ? 'location' : 'table'}: ${relationName(relation)}`),
      leaf(`columns: [${names.join(', ')}]`),
      ...(files ? filesTree(files, columns.length === 0) : []),
      leaf(`push downs: [filters: [${filters.join(' AND ')}], limit: ${limit ?? 'NONE'}]`),
      ...(files ? [leaf(`in memory: ${resident ? 'yes' : 'no'}`)] : []),
    ],
  };
}

/** Positions of staged files are columns whose names begin with an underscore. */
const columnName = (one: Column | undefined) => one?.name.replace(/^_(?=\$\d)/, '') ?? '?';

/** Rows that are only counted are not read where statistics have their number. */
function filesTree(files: NonNullable<ScanPlan['files']>, countOnly: boolean): readonly TextTree[] {
  const { total, scanned, bytes, rows } = files;
  if (countOnly && rows !== undefined) return [leaf(`files total: ${total}`), leaf(`rows by statistics: ${rows}`)];
  const counts = [
    leaf(`files total: ${total}`),
    leaf(`files scanned: ${scanned}`),
    leaf(`read size: ${showBytes(bytes)}`),
  ];
  return rows === undefined ? counts : [...counts, leaf(`read rows: ${rows}`)];
}

function predicateText({ column: name, operator, value }: Predicate, { relation }: ScanPlan, timezone: string): string {
  if (value === undefined) return `${name} ${operator}`;
  const type = relation.columns.find((one) => one.name === name)?.type ?? plain('String');
  const text = showCell(value, type, { timezone });
  const quoted = ['String', 'Date', 'Timestamp'].includes(type.kind);
  return `${name} ${operator} ${quoted ? `'${text}'` : text}`;
}

async function analyzeLines(statement: Statement, ctx: StatementContext): Promise<readonly string[]> {
  checkIsQuery(statement);
  const executor = await ctx.services.executor();
  const bound = await bindPlanned(statement, ctx);
  const plan = await explainQuery(executor, bound, queryRequest(ctx, ctx.progress));
  const { progress, counts } = countingProgress(ctx.progress);
  const profile = await analyzeQuery(executor, bound, queryRequest(ctx, progress));
  const measured = [
    ...(profile.rows === undefined
      ? [leaf(`loading: ${milliseconds(profile.loading)}`)]
      : [leaf(`output rows: ${profile.rows}`)]),
    leaf(`read: ${counts.rows} rows, ${showBytes(counts.bytes)}`),
    ...(counts.rowGroupsTotal > 0 ? [leaf(`row groups: ${counts.rowGroups} of ${counts.rowGroupsTotal}`)] : []),
    leaf(`executing: ${milliseconds(profile.executing)}`),
  ];
  const [run, ...scans] = planTree(plan, ctx);
  const tree = treeLines({ label: statement.kind, children: [...(run ? [run] : []), ...measured, ...scans] });
  return profile.drawing === '' ? tree : [...tree, '', ...drawn(profile.drawing)];
}

/** One line of JSON: an `OperatorProfile`, its spans counted from the beginning of the query. */
async function profileLine(statement: Statement, ctx: StatementContext): Promise<readonly string[]> {
  checkIsQuery(statement);
  const bound = await bindPlanned(statement, ctx);
  const profile = await profileQuery(await ctx.services.executor(), bound, queryRequest(ctx, ctx.progress));
  const { start } = statement.span;
  const operators = profile.operators.map((one) => ({ ...one, spans: one.spans.map((span) => shifted(span, -start)) }));
  return [JSON.stringify({ ...profile, operators })];
}

const shifted = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

function checkIsQuery(statement: Statement): asserts statement is Query & Statement {
  if (statement.kind === 'Query') return;
  throw new SqlError('Unimplemented', 'EXPLAIN ANALYZE runs queries only', { span: statement.span });
}

const milliseconds = (time: number) => `${time.toFixed(1)} ms`;
