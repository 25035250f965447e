/**
 * What a warehouse with tables (id INT, n INT, s VARCHAR) and standard streams must show, kept in plain maps: two sessions,
 * transactions, and the identity of each row.
 */

export interface Row {
  readonly id: number | null;
  readonly n: number | null;
  readonly s: string | null;
}

type RowId = number;
export type Rows = ReadonlyMap<RowId, Row>;

type Loads = ReadonlyMap<string, number>;

export interface Table {
  /** Another one for each table that ever had the name. */
  readonly uid: number;
  readonly rows: Rows;
  /** Files by their names, each with a number that no other load has. */
  readonly loaded: Loads;
}

export type Tables = ReadonlyMap<string, Table>;

export interface Stream {
  readonly table: string;
  readonly uid: number;
  readonly offset: Rows;
}

export interface Work {
  readonly base: Tables;
  tables: Tables;
  /** As they were when it began. */
  readonly streams: ReadonlyMap<string, Stream>;
  /** The rows up to which each stream was first read: it gives no others until the end. */
  readonly reads: Map<string, Rows>;
  readonly consumed: Set<string>;
}

export interface Model {
  committed: Tables;
  readonly streams: Map<string, Stream>;
  /** The open transaction of each session. */
  readonly work: (Work | undefined)[];
  nextId: number;
}

export function emptyModel(sessions: number): Model {
  return {
    committed: new Map(),
    streams: new Map(),
    work: Array.from({ length: sessions }, () => undefined),
    nextId: 1,
  };
}

export function begun({ committed: base, streams }: Model): Work {
  return { base, tables: base, streams: new Map(streams), reads: new Map(), consumed: new Set() };
}

/** What a session sees. */
export function view(model: Model, session: number): Tables {
  return model.work[session]?.tables ?? model.committed;
}

export function setTable(model: Model, session: number, name: string, table: Table | undefined): void {
  const next = new Map(view(model, session));
  if (table) next.set(name, table);
  else next.delete(name);
  const work = model.work[session];
  if (work) work.tables = next;
  else model.committed = next;
}

export interface Change {
  readonly count: readonly number[];
  readonly rows: Rows;
}

/** Rows that a DML statement leaves, or the code of its error. */
export type Outcome = Change | { readonly error: number };

export function inserted(model: Model, rows: Rows, added: readonly Row[]): Change {
  const next = new Map(rows);
  for (const row of added) next.set(model.nextId++, row);
  return { count: [added.length], rows: next };
}

export function updated(rows: Rows, isHit: (row: Row) => boolean, change: (row: Row) => Row): Change {
  const hits = [...rows].filter(([, row]) => isHit(row));
  const next = new Map(rows);
  for (const [id, row] of hits) next.set(id, change(row));
  return { count: [hits.length], rows: next };
}

export function deleted(rows: Rows, isHit: (row: Row) => boolean): Change {
  const kept = [...rows].filter(([, row]) => !isHit(row));
  return { count: [rows.size - kept.length], rows: new Map(kept) };
}

const matches = (rows: readonly Row[], id: number | null) => (id === null ? [] : rows.filter((row) => row.id === id));

export function updatedFrom(rows: Rows, source: readonly Row[]): Outcome {
  const next = new Map(rows);
  let count = 0;
  for (const [id, row] of rows) {
    const found = matches(source, row.id);
    if (found.length > 1) return { error: 4001 };
    if (!found[0]) continue;
    next.set(id, { ...row, n: found[0].n });
    count++;
  }
  return { count: [count], rows: next };
}

/** WHEN MATCHED AND s.n % 3 = 0 THEN DELETE WHEN MATCHED THEN UPDATE n, s WHEN NOT MATCHED THEN INSERT * */
export function merged(model: Model, rows: Rows, source: readonly Row[]): Outcome {
  const next = new Map(rows);
  let [updates, deletes] = [0, 0];
  for (const [id, row] of rows) {
    const found = matches(source, row.id);
    const goes = found.filter(({ n }) => n !== null && n % 3 === 0).length;
    if (found.length === 0) continue;
    if (found.length > 1 && goes < found.length) return { error: 4001 };
    if (goes > 0) next.delete(id);
    else next.set(id, { ...row, n: found[0]?.n ?? null, s: found[0]?.s ?? null });
    if (goes > 0) deletes++;
    else updates++;
  }
  const ids = new Set([...rows.values()].map(({ id }) => id));
  const fresh = source.filter(({ id }) => id === null || !ids.has(id));
  return { count: [fresh.length, updates, deletes], rows: inserted(model, next, fresh).rows };
}

export function replaced(model: Model, rows: Rows, source: readonly Row[]): Outcome {
  const keys = [...rows.values()].flatMap(({ id }) => id ?? []);
  const [low, high] = [Math.min(...keys), Math.max(...keys)];
  const seen = new Set<number>();
  for (const { id } of source) {
    if (id === null || id < low || id > high) continue;
    if (seen.has(id)) return { error: 4000 };
    seen.add(id);
  }
  const ids = new Set(source.flatMap(({ id }) => id ?? []));
  const kept = [...rows].filter(([, { id }]) => id === null || !ids.has(id));
  return { count: [], rows: inserted(model, new Map(kept), source).rows };
}

/** The net difference of a standard stream: rows with what became of them. */
export function streamRows(from: Rows, to: Rows): readonly (readonly [Row, string, boolean])[] {
  const same = (a: Row, b: Row) => a.id === b.id && a.n === b.n && a.s === b.s;
  const gone = [...from].flatMap(([id, old]): [Row, string, boolean][] => {
    const now = to.get(id);
    if (!now) return [[old, 'DELETE', false]];
    return same(old, now)
      ? []
      : [
          [old, 'DELETE', true],
          [now, 'INSERT', true],
        ];
  });
  const come = [...to].flatMap(([id, now]): [Row, string, boolean][] => (from.has(id) ? [] : [[now, 'INSERT', false]]));
  return [...gone, ...come];
}

/** The tables after a commit, whose work others' commits may have met; undefined where they cannot be put together. */
export function committed({ committed: current }: Model, { base, tables }: Work): Tables | undefined {
  const next = new Map(current);
  for (const name of new Set([...base.keys(), ...tables.keys()])) {
    const [old, mine, theirs] = [base.get(name), tables.get(name), current.get(name)];
    if (old === mine) continue;
    if (!old || !mine || !theirs || old.uid !== theirs.uid || mine.uid !== old.uid) return undefined;
    const rows = rebased(old.rows, mine.rows, theirs.rows);
    if (!rows) return undefined;
    next.set(name, { ...theirs, rows, loaded: mergedLoads(old.loaded, mine.loaded, theirs.loaded) });
  }
  return next;
}

/** What I loaded is loaded, what I forgot is not; of other files I say nothing. */
function mergedLoads(old: Loads, mine: Loads, theirs: Loads): Loads {
  const next = new Map(theirs);
  for (const file of old.keys()) if (!mine.has(file)) next.delete(file);
  for (const [file, load] of mine) if (old.get(file) !== load) next.set(file, load);
  return next;
}

/** My changes on their rows; undefined where both changed a row. */
function rebased(old: Rows, mine: Rows, theirs: Rows): Rows | undefined {
  const next = new Map(theirs);
  for (const [id, row] of old) {
    if (mine.get(id) === row) continue;
    if (theirs.get(id) !== row) return undefined;
    const changed = mine.get(id);
    if (changed) next.set(id, changed);
    else next.delete(id);
  }
  for (const [id, row] of mine) if (!old.has(id)) next.set(id, row);
  return next;
}

/** Whether others have moved or replaced a stream that the work has consumed. */
export function isOverread({ streams: now }: Model, { streams, consumed }: Work): boolean {
  return [...consumed].some((name) => streams.get(name) !== now.get(name));
}

/** Whether others have changed a table that the work has written since it began. */
export function isContended({ committed: current }: Model, { base, tables }: Work): boolean {
  return [...new Set([...base.keys(), ...tables.keys()])].some(
    (name) => base.get(name) !== tables.get(name) && base.get(name) !== current.get(name),
  );
}
