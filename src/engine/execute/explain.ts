import type { RecordBatch } from 'apache-arrow';
import type { BoundQuery, BoundRelation } from '../bind/plan.ts';
import type { Predicate } from '../formats/format.ts';
import { lowerQuery } from '../lower/query.ts';
import { changedFiles, type ScannedFiles, stagedFiles, tableFiles } from '../scan/files.ts';
import { cellReader } from '../types/cell.ts';
import { duckType } from '../types/duck.ts';
import { plain } from '../types/type.ts';
import { type UsedRelation, usedRelations } from './columns.ts';
import type { RowWise } from './driving.ts';
import { type Executor, type QueryRequest, type Run, runQuery, streamable } from './executor.ts';
import { predicatesOn } from './pushdown.ts';
import { leaseAll, residentRequest, sqlOf } from './relations.ts';

/** How a query would run, found out without reading rows. */
export interface QueryPlan {
  /** Rows come while files are read, of one relation after the other; else all that it reads is in memory first. */
  readonly streamed: boolean;
  readonly scans: readonly ScanPlan[];
  /** DuckDB's plan of the lowered query, as it draws it. */
  readonly drawing: string;
}

export interface ScanPlan {
  readonly relation: BoundRelation;
  /** Indexes into the relation's columns. */
  readonly columns: readonly number[];
  /** What the scan skips files and row groups by. */
  readonly predicates: readonly Predicate[];
  /** Rows after which the scan stops. */
  readonly limit: number | undefined;
  /** Absent for relations without files. */
  readonly files: ScannedFiles | undefined;
  /** Whether its rows are in memory already. */
  readonly resident: boolean;
}

export async function explainQuery(executor: Executor, query: BoundQuery, request: QueryRequest): Promise<QueryPlan> {
  return withRun(executor, request, async (run) => {
    const streamed = await streamable(query, run);
    const used = usedRelations(query);
    const scans: ScanPlan[] = [];
    for (const one of used) {
      const drives = streamed?.relation.id === one.relation.id;
      const predicates = drives ? predicatesOn(query, one.relation) : [];
      const limit = drives && streamed.oneForOne ? bound(streamed) : undefined;
      scans.push(await scanPlan(one, { predicates, limit }, run));
    }
    return { streamed: streamed !== undefined, scans, drawing: await draw(query, used, run) };
  });
}

async function withRun<Result>(
  executor: Executor,
  request: QueryRequest,
  work: (run: Run) => Promise<Result>,
): Promise<Result> {
  const connection = executor.workspace.connect();
  try {
    return await work({ ...request, executor, connection });
  } finally {
    connection.close();
  }
}

const bound = ({ limit, offset }: RowWise) => (limit === undefined ? undefined : limit + offset);

async function scanPlan(
  used: UsedRelation,
  limits: Pick<ScanPlan, 'predicates' | 'limit'>,
  run: Run,
): Promise<ScanPlan> {
  const { relation, columns } = used;
  const resident = await residentRequest(used, run);
  return {
    relation,
    columns,
    ...limits,
    files: await scannedFiles(relation, limits.predicates, run),
    resident: resident !== undefined && run.executor.residents.covers(resident),
  };
}

async function scannedFiles(
  { source }: BoundRelation,
  predicates: readonly Predicate[],
  run: Run,
): Promise<ScannedFiles | undefined> {
  if (source.kind === 'Rows') return undefined;
  if (source.kind === 'Staged') return stagedFiles(source);
  if (source.kind === 'Stream') return changedFiles(source.range);
  return tableFiles(await run.openTable(source, run.signal), predicates);
}

/** What is planned from the values of a table: tables without rows would all be planned away. */
const BY_VALUES = 'statistics_propagation,compressed_materialization,empty_result_pullup';

/** DuckDB plans over tables of the same columns that hold no rows; its guesses of row counts mean nothing then. */
async function draw(query: BoundQuery, used: readonly UsedRelation[], run: Run): Promise<string> {
  const { connection, executor } = run;
  const names = new Map<number, string>();
  for (const { relation, columns } of used) {
    const table = uniqueName(relation, names);
    names.set(relation.id, table);
    const fields = columns.map((index) => `c${index} ${duckType(relation.columns[index]?.type ?? plain('Null'))}`);
    connection.run(`CREATE TEMP TABLE ${table} (${fields.length > 0 ? fields.join(', ') : 'one INTEGER'})`);
  }
  const sql = lowerQuery(query, (id) => names.get(id) ?? '', run.settings);
  await executor.workspace.prepare(connection, sql);
  connection.run(`SET disabled_optimizers = '${BY_VALUES}'`);
  try {
    const drawing = await readText(executor.workspace.query(connection, `EXPLAIN ${sql}`, run.signal));
    return compact(plainNames(withoutGuesses(drawing)));
  } finally {
    connection.run('RESET disabled_optimizers');
  }
}

/** Quoted; a relation that is read twice has two names. */
function uniqueName(relation: BoundRelation, names: ReadonlyMap<number, string>): string {
  const taken = new Set(names.values());
  const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
  let name = quoted(relationName(relation));
  for (let count = 2; taken.has(name); count++) name = quoted(`${relationName(relation)} (${count})`);
  return name;
}

/** As a person would say it. */
export function relationName({ source }: BoundRelation): string {
  if (source.kind === 'Table') return `${source.database}.${source.table.name}`;
  return source.kind === 'Stream' ? `${source.database}.${source.name}` : source.name;
}

function withoutGuesses(drawing: string): string {
  return drawing.replace(/~[\d,]+ rows?/g, (guess) => ' '.repeat(guess.length));
}

/** Boxes keep their width. */
function plainNames(drawing: string): string {
  return drawing.replace(/("temp"\.main\.)("[^│]*)/g, (_, prefix: string, rest: string) =>
    rest.padEnd(rest.length + prefix.length),
  );
}

/** Leaves out what is blank in every box: twice in a row, or at the end. */
function compact(drawing: string): string {
  const lines = drawing.trimEnd().split('\n');
  const isBlank = (line: string | undefined) => line !== undefined && /^[│ ]+$/.test(line);
  const kept = lines.filter((line, index) => {
    const next = lines[index + 1];
    return !isBlank(line) || (!isBlank(next) && !/^[└─┬┘ ]+$/.test(next ?? ''));
  });
  return kept.join('\n');
}

/** The last column of the only row. */
async function readText(batches: AsyncIterable<RecordBatch>): Promise<string> {
  let text = '';
  for await (const batch of batches) {
    const data = batch.data.children.at(-1);
    if (data && batch.numRows > 0) text = String(cellReader(data, plain('String'))(0));
  }
  return text;
}

/** How a query ran. */
export interface QueryProfile {
  /** Milliseconds. */
  readonly loading: number;
  readonly executing: number;
  /** What came out; known where the rows were streamed. */
  readonly rows: number | undefined;
  /** DuckDB's profile, as it draws it. */
  readonly drawing: string;
}

/** Runs the query and forgets its rows. */
export async function analyzeQuery(
  executor: Executor,
  query: BoundQuery,
  request: QueryRequest,
): Promise<QueryProfile> {
  return withRun(executor, request, async (run) => {
    if (await streamable(query, run)) return analyzeStreamed(executor, query, request);
    const start = performance.now();
    const leases = await leaseAll(usedRelations(query), run);
    try {
      const loaded = performance.now();
      const sql = lowerQuery(query, (id) => sqlOf(leases, id), run.settings);
      await executor.workspace.prepare(run.connection, sql);
      run.progress.phase('executing');
      const drawing = await readText(executor.workspace.query(run.connection, `EXPLAIN ANALYZE ${sql}`, run.signal));
      return {
        loading: loaded - start,
        executing: performance.now() - loaded,
        rows: undefined,
        drawing: profileOf(drawing),
      };
    } finally {
      for (const lease of leases.values()) lease.release();
    }
  });
}

async function analyzeStreamed(executor: Executor, query: BoundQuery, request: QueryRequest): Promise<QueryProfile> {
  const start = performance.now();
  let rows = 0;
  for await (const batch of runQuery(executor, query, request).batches) rows += batch.numRows;
  return { loading: 0, executing: performance.now() - start, rows, drawing: '' };
}

/** From the operators on: the head repeats our SQL, the first boxes say that it was explained. */
function profileOf(drawing: string): string {
  const lines = drawing.split('\n');
  const first = lines.findIndex((line) => line.includes('EXPLAIN_ANALYZE'));
  const box = lines.findIndex((line, index) => index > first && line.startsWith('┌'));
  if (first < 0 || box < 0) return drawing;
  const [top = '', ...rest] = lines.slice(box);
  return compact([top.replaceAll('┴', '─'), ...rest].join('\n'));
}
