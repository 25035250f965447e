import type { RecordBatch } from 'apache-arrow';
import type { BoundQuery, BoundRelation } from '../bind/plan.ts';
import type { Predicate } from '../formats/format.ts';
import { lowerQuery } from '../lower/query.ts';
import { changedFiles, type ScannedFiles, stagedFiles, tableFiles } from '../scan/files.ts';
import { cellReader } from '../types/cell.ts';
import { duckType } from '../types/duck.ts';
import { plain } from '../types/type.ts';
import { type UsedRelation, usedRelations } from './columns.ts';
import { type Executor, type QueryRequest, type Run, streamable, streamedLimits } from './executor.ts';
import { NO_LIMITS, residentRequest, type ScanLimits } from './relations.ts';

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
      scans.push(await scanPlan(one, drives ? streamedLimits(streamed) : NO_LIMITS, run));
    }
    return { streamed: streamed !== undefined, scans, drawing: await draw(query, used, run) };
  });
}

export async function withRun<Result>(
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

export async function scanPlan(used: UsedRelation, limits: ScanLimits, run: Run): Promise<ScanPlan> {
  const { relation, columns } = used;
  const resident = await residentRequest(used, run);
  return {
    relation,
    columns,
    ...limits,
    files: await scannedFiles(relation, limits.predicates, run),
    resident: resident !== undefined && run.executor.residents.missing(resident).length === 0,
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
export function compact(drawing: string): string {
  const lines = drawing.trimEnd().split('\n');
  const isBlank = (line: string | undefined) => line !== undefined && /^[│ ]+$/.test(line);
  const kept = lines.filter((line, index) => {
    const next = lines[index + 1];
    return !isBlank(line) || (!isBlank(next) && !/^[└─┬┘ ]+$/.test(next ?? ''));
  });
  return kept.join('\n');
}

/** The last column of the only row. */
export async function readText(batches: AsyncIterable<RecordBatch>): Promise<string> {
  let text = '';
  for await (const batch of batches) {
    const data = batch.data.children.at(-1);
    if (data && batch.numRows > 0) text = String(cellReader(data, plain('String'))(0));
  }
  return text;
}
