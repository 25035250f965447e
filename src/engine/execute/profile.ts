import type { Span } from '../base/errors.ts';
import { countingProgress } from '../base/progress.ts';
import type { BoundQuery, BoundRelation } from '../bind/plan.ts';
import { lowerQuery } from '../lower/query.ts';
import type { Chunk } from '../scan/chunk.ts';
import { type UsedRelation, usedRelations } from './columns.ts';
import type { RowWise } from './driving.ts';
import { type Executor, type QueryRequest, type Run, runStreamed, streamable, streamedLimits } from './executor.ts';
import { readText, relationName, type ScanPlan, scanPlan, withRun } from './explain.ts';
import { operatorSpans } from './operator-spans.ts';
import { NO_LIMITS, type PlannedLease, planLeases, sqlOf } from './relations.ts';
import type { Lease } from './resident.ts';

/** How a query ran, operator by operator. Times are milliseconds. */
export interface OperatorProfile {
  readonly operators: readonly ProfiledOperator[];
  readonly rows: number;
  /** Reading files, and computing. */
  readonly reading: number;
  readonly computing: number;
  readonly networkBytes: number;
}

export interface ProfiledOperator {
  readonly id: number;
  /** Who takes its rows; absent for the last one. */
  readonly parent: number | undefined;
  readonly name: string;
  /** Words about it by name, such as how a join matches. */
  readonly facts: Readonly<Record<string, string>>;
  readonly reading: number;
  readonly computing: number;
  /** That it handed on. */
  readonly rows: number;
  readonly scan: ProfiledScan | undefined;
  /** What of the statement it does. */
  readonly spans: readonly Span[];
}

export interface ProfiledScan {
  readonly relation: string;
  readonly rows: number;
  readonly bytes: number;
  readonly files: ScanPlan['files'];
  /** Of Parquet files: those that were read, and all; the others were pruned by their statistics. */
  readonly rowGroups: number;
  readonly rowGroupsTotal: number;
  /** Its rows were in memory before. */
  readonly resident: boolean;
}

/** Runs the query and forgets its rows. */
export function profileQuery(executor: Executor, query: BoundQuery, request: QueryRequest): Promise<OperatorProfile> {
  return withRun(executor, request, async (run) => {
    const streamed = await streamable(query, run);
    return streamed ? profileStreamed(streamed, query, run) : profileWhole(query, run);
  });
}

export const SCANS = { Table: 'TableScan', Stream: 'StreamScan', Staged: 'StageScan', Rows: 'SystemScan' } as const;

interface Loaded {
  readonly relation: BoundRelation;
  readonly lease: Lease;
  readonly reading: number;
  readonly networkBytes: number;
  readonly scan: ProfiledScan;
}

async function profileWhole(query: BoundQuery, run: Run): Promise<OperatorProfile> {
  const { workspace } = run.executor;
  const loads: Loaded[] = [];
  try {
    run.progress.phase('scanning');
    const counted = usedRelations(query).map((used) => ({ used, ...countingProgress(run.progress) }));
    const planned = await planLeases(
      counted.map(({ used, progress }) => ({ used, run: { ...run, progress } })),
      run.progress,
    );
    for (const [index, { used, counts }] of counted.entries()) {
      const plan = planned[index];
      if (plan) loads.push(await load(used, { plan, counts }, run));
    }
    const leases = new Map(loads.map(({ relation, lease }) => [relation.id, lease]));
    const sql = lowerQuery(query, (id) => sqlOf(leases, id), run.settings);
    await workspace.prepare(run.connection, sql);
    run.progress.phase('executing');
    const text = await readText(workspace.query(run.connection, `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, run.signal));
    return wholeProfile(query, JSON.parse(text), loads);
  } finally {
    for (const { lease } of loads) lease.release();
  }
}

interface CountedPlan extends Pick<ReturnType<typeof countingProgress>, 'counts'> {
  readonly plan: PlannedLease;
}

async function load(used: UsedRelation, { plan, counts }: CountedPlan, run: Run): Promise<Loaded> {
  const { relation } = used;
  const { files, resident } = await scanPlan(used, NO_LIMITS, run);
  const start = performance.now();
  const lease = await plan.take();
  const reading = performance.now() - start;
  const { networkBytes, ...scanned } = counts;
  return {
    relation,
    lease,
    reading,
    networkBytes,
    scan: { relation: relationName(relation), ...scanned, files, resident },
  };
}

/** What DuckDB prints as JSON; times are seconds. */
interface DuckProfile {
  readonly children: readonly DuckOperator[];
}

interface DuckOperator {
  readonly operator_name: string;
  readonly operator_timing: number;
  readonly operator_cardinality: number;
  readonly extra_info: Readonly<Record<string, string | readonly string[]>>;
  readonly children: readonly DuckOperator[];
}

function wholeProfile(query: BoundQuery, duck: DuckProfile, loads: readonly Loaded[]): OperatorProfile {
  const spansOf = operatorSpans(query);
  const waiting = [...loads];
  const operators: ProfiledOperator[] = [];
  const add = (node: DuckOperator, parent: number | undefined): ReadonlySet<number> => {
    const id = operators.length;
    const place = operators.push(operator(node, { id, parent })) - 1;
    const loaded = isScan(node) ? takeLoad(node, waiting) : undefined;
    const inputs = node.children.map((child) => add(seen(child), id));
    const relations = new Set([...inputs.flatMap((input) => [...input]), ...(loaded ? [loaded.relation.id] : [])]);
    const spans = spansOf({ name: node.operator_name, inputs, relation: loaded?.relation.id });
    const own = operators[place];
    if (own) operators[place] = { ...own, ...(loaded && scanFacts(loaded)), spans };
    return relations;
  };
  const [first] = duck.children.flatMap((top) => (top.operator_name === 'EXPLAIN_ANALYZE' ? top.children : [top]));
  if (first) add(seen(first), undefined);
  // Rows that are counted without being scanned have no operator.
  const reading = loads.reduce((sum, one) => sum + one.reading, 0);
  return {
    operators,
    rows: first?.operator_cardinality ?? 0,
    reading,
    computing: operators.reduce((sum, one) => sum + one.computing, 0),
    networkBytes: loads.reduce((sum, one) => sum + one.networkBytes, 0),
  };
}

/** Steps that only rename columns or pack strings are no operators to a person: their time goes to who needs them. */
function seen(node: DuckOperator): DuckOperator {
  const [child] = node.children;
  if (node.operator_name !== 'PROJECTION' || !child || !listOf(node.extra_info['Projections']).every(isPacking))
    return node;
  const inner = seen(child);
  return { ...inner, operator_timing: inner.operator_timing + node.operator_timing };
}

const isPacking = (text: string) => /^(#\d+|c\d+|__internal_\w+\(#\d+\))$/.test(text);
const listOf = (info: string | readonly string[] | undefined): readonly string[] =>
  typeof info === 'string' ? [info] : (info ?? []);

function operator(node: DuckOperator, { id, parent }: Pick<ProfiledOperator, 'id' | 'parent'>): ProfiledOperator {
  return {
    ...{ id, parent, name: pascal(node.operator_name), facts: facts(node), reading: 0 },
    ...{ computing: node.operator_timing * 1000, rows: node.operator_cardinality, scan: undefined, spans: [] },
  };
}

const pascal = (name: string) =>
  name
    .toLowerCase()
    .split('_')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');

/** DuckDB's columns have names that mean nothing to a person; what is left says how a join or a limit works. */
function facts({ extra_info: info }: DuckOperator): Readonly<Record<string, string>> {
  const told = ['Join Type', 'Top', 'Estimated Cardinality'].flatMap((key) => {
    const value = info[key];
    return typeof value === 'string' ? [[key, value]] : [];
  });
  return Object.fromEntries(told);
}

const isScan = (node: DuckOperator) => node.children.length === 0 && node.extra_info['Table'] !== undefined;

/** The relation that a scan reads; of two over the same rows the one that was not taken yet. */
function takeLoad({ extra_info: info }: DuckOperator, waiting: Loaded[]): Loaded | undefined {
  const table = String(info['Table']).split('.').at(-1) ?? '';
  const index = waiting.findIndex(({ lease }) => new RegExp(`\\b${table}\\b`).test(lease.sql));
  return index < 0 ? undefined : waiting.splice(index, 1)[0];
}

function scanFacts({ relation, reading, scan }: Loaded): Pick<ProfiledOperator, 'name' | 'reading' | 'scan'> {
  return { name: SCANS[relation.source.kind], reading, scan };
}

/** Rows came while files were read: two operators, the scan and what is made of its rows. */
async function profileStreamed(streamed: RowWise, query: BoundQuery, run: Run): Promise<OperatorProfile> {
  const { relation } = streamed;
  const used = usedRelations(query).find((one) => one.relation.id === relation.id) ?? { relation, columns: [] };
  const { files } = await scanPlan(used, streamedLimits(streamed), run);
  const { progress, counts } = countingProgress(run.progress);
  const start = performance.now();
  const source = { reading: 0, rows: 0 };
  let rows = 0;
  for await (const batch of runStreamed(streamed, { ...run, progress }, (chunks) => watched(chunks, source)))
    rows += batch.numRows;
  const computing = Math.max(0, performance.now() - start - source.reading);
  const spansOf = operatorSpans(query);
  const { body } = query;
  const filters = body.kind === 'Select' && body.where !== undefined;
  const inputs = [new Set([relation.id])];
  const { networkBytes, ...scanned } = counts;
  const scan = { relation: relationName(relation), ...scanned, files, resident: false };
  const none = { facts: {}, reading: 0, computing: 0, scan: undefined };
  return {
    operators: [
      {
        ...none,
        ...{ id: 0, parent: undefined, name: filters ? 'Filter' : 'Projection', computing, rows },
        spans: spansOf({ name: filters ? 'FILTER' : 'LIMIT', inputs, relation: undefined }),
      },
      {
        ...none,
        ...{ id: 1, parent: 0, name: SCANS[relation.source.kind], reading: source.reading, rows: source.rows, scan },
        spans: spansOf({ name: 'SCAN', inputs: [], relation: relation.id }),
      },
    ],
    ...{ rows, reading: source.reading, computing, networkBytes },
  };
}

async function* watched(
  chunks: AsyncIterable<Chunk>,
  source: { reading: number; rows: number },
): AsyncGenerator<Chunk> {
  let since = performance.now();
  for await (const chunk of chunks) {
    source.reading += performance.now() - since;
    source.rows += chunk.batch.numRows;
    yield chunk;
    since = performance.now();
  }
  source.reading += performance.now() - since;
}
