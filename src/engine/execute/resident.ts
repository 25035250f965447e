import { Field, type RecordBatch } from 'apache-arrow';
import type { DuckConnection } from '../duck/connection.ts';
import { type Chunk, computedColumn } from '../scan/chunk.ts';
import type { OpenTable } from '../scan/table.ts';
import type { StagedSource } from '../stages/staged.ts';
import { arrowBatch } from '../types/build/batch.ts';
import { duckType } from '../types/duck.ts';
import { plain, type Schema } from '../types/type.ts';
import type { Workspace } from './workspace.ts';

/**
 * Relations kept in DuckDB from one statement to the next. A relation is a set of parts (data files, or all files of a
 * stage as they were listed); what is resident is reused as long as its parts and columns cover what a query needs.
 */
export interface Residents {
  /** The relation for one query; `load` reads the parts that are not there. */
  lease(request: ResidentRequest): Promise<Lease>;
  /** The parts that would have to be read for it. */
  missing(request: Pick<ResidentRequest, 'key' | 'parts' | 'columns'>): readonly string[];
}

export interface Lease {
  /** For FROM, with the columns `c<index>`. */
  readonly sql: string;
  /** To be called when the query has ended: until then the rows stay. */
  release(): void;
}

export interface ResidentRequest {
  /** Two relations with the same key have the same columns. */
  readonly key: string;
  readonly parts: readonly string[];
  readonly columns: readonly number[];
  /** Of the relation. */
  readonly schema: Schema;
  readonly connection: DuckConnection;
  readonly signal: AbortSignal;
  /** What of files is read for a part. */
  filesOf(part: string): readonly ReadFile[];
  /** Reads one part; each chunk's types are those of the schema or are cast by `cast`. */
  load(part: string, columns: readonly number[]): AsyncIterable<Chunk>;
  /** The SQL that turns a chunk's table into the columns of the schema. */
  cast(table: string, chunk: Chunk, columns: readonly number[]): string;
}

export interface ReadFile {
  readonly path: string;
  readonly size: number;
}

/** A table of DuckDB, which keeps rows in the order in which they came. */
interface Layer {
  readonly table: string;
  /** Ascending. */
  readonly columns: readonly number[];
}

interface Resident {
  /** The same rows in the same order; every one after the first has columns that a later query wanted besides. */
  readonly layers: Layer[];
  /** Ordinal by part; a part that failed half-way has rows but no place here. */
  readonly parts: Map<string, number>;
  /** Loads that were begun, and so the last ordinal given. */
  started: number;
  bytes: number;
  users: number;
  lastUse: number;
  /** No query may start on it any more. */
  retired: boolean;
}

const BUDGET = 1_200_000_000;

export function openResidents(workspace: Workspace): Residents {
  const residents = new Map<string, Resident>();
  let clock = 0;

  const drop = (resident: Resident, connection: DuckConnection) => {
    resident.retired = true;
    if (resident.users > 0) return;
    for (const { table } of resident.layers) connection.run(`DROP TABLE IF EXISTS ${table}`);
  };

  const evict = (connection: DuckConnection) => {
    let total = [...residents.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const [key, resident] of [...residents].sort(([, a], [, b]) => a.lastUse - b.lastUse)) {
      if (total <= BUDGET) return;
      if (resident.users > 0) continue;
      total -= resident.bytes;
      residents.delete(key);
      drop(resident, connection);
    }
  };

  /** `columns` are those of a relation that is not there yet. */
  const leaseOf = async (request: ResidentRequest, columns: readonly number[]): Promise<Lease> => {
    const { key, connection } = request;
    const resident = residents.get(key) ?? newResident(newLayer(workspace, columns, request));
    residents.set(key, resident);
    resident.lastUse = ++clock;
    resident.users++;
    const release = () => {
      resident.users--;
      if (resident.retired) drop(resident, connection);
    };
    try {
      if (await fill(workspace, resident, request)) {
        evict(connection);
        return { sql: relationSql(resident, request), release };
      }
    } catch (error) {
      release();
      throw error;
    }
    if (residents.get(key) === resident) residents.delete(key);
    resident.retired = true;
    release();
    return leaseOf(request, [...columnsOf(resident), ...request.columns]);
  };

  return {
    missing: ({ key, parts, columns }) => {
      const known = residents.get(key);
      if (!known || lacking(known, columns).length > 0) return parts;
      return parts.filter((part) => !known.parts.has(part));
    },
    lease: (request) => leaseOf(request, request.columns),
  };
}

function newResident(layer: Layer): Resident {
  return { layers: [layer], parts: new Map(), started: 0, bytes: 0, users: 0, lastUse: 0, retired: false };
}

function newLayer(workspace: Workspace, columns: readonly number[], { schema, connection }: ResidentRequest): Layer {
  const ascending = [...new Set(columns)].sort((a, b) => a - b);
  const table = workspace.tableName();
  const fields = ascending.map((index) => `c${index} ${columnType(schema, index)}`);
  connection.run(`CREATE TABLE ${table} (${[...fields, 'part INTEGER'].join(', ')})`);
  return { table, columns: ascending };
}

const columnsOf = ({ layers }: Resident) => layers.flatMap(({ columns }) => columns);

function lacking(resident: Resident, columns: readonly number[]): readonly number[] {
  const known = columnsOf(resident);
  return columns.filter((index) => !known.includes(index));
}

/** Reads what is not there of columns and parts; false where the rows have come in another order than those beside them. */
async function fill(workspace: Workspace, resident: Resident, request: ResidentRequest): Promise<boolean> {
  const columns = lacking(resident, request.columns);
  if (columns.length > 0 && !(await addLayer(workspace, resident, columns, request))) return false;
  const parts = request.parts.filter((part) => !resident.parts.has(part));
  for (const part of parts) {
    const ordinal = ++resident.started;
    for (const layer of resident.layers) resident.bytes += await loadPart(workspace, layer, { part, ordinal }, request);
    resident.parts.set(part, ordinal);
  }
  return parts.length === 0 || isAligned(workspace, resident.layers, request);
}

/** Parts that the relation has no more cannot get other columns. */
async function addLayer(
  workspace: Workspace,
  resident: Resident,
  columns: readonly number[],
  request: ResidentRequest,
): Promise<boolean> {
  const parts = [...resident.parts].sort(([, a], [, b]) => a - b);
  if (!parts.every(([part]) => request.parts.includes(part))) return false;
  const layer = newLayer(workspace, columns, request);
  let isAdded = false;
  try {
    let bytes = 0;
    for (const [part, ordinal] of parts) bytes += await loadPart(workspace, layer, { part, ordinal }, request);
    isAdded = await isAligned(workspace, [...resident.layers, layer], request);
    if (isAdded) {
      resident.layers.push(layer);
      resident.bytes += bytes;
    }
    return isAdded;
  } finally {
    if (!isAdded) request.connection.run(`DROP TABLE ${layer.table}`);
  }
}

/** Whether each row of a layer is of the same part as those beside it. */
async function isAligned(
  workspace: Workspace,
  layers: readonly Layer[],
  { connection, signal }: ResidentRequest,
): Promise<boolean> {
  const [first, ...others] = layers;
  if (!first || others.length === 0) return true;
  const differs = others.map(({ table }) => `${table}.part IS DISTINCT FROM ${first.table}.part`).join(' OR ');
  const sql = `SELECT count(*) AS n FROM ${besides(layers)} WHERE ${differs}`;
  let differing = 0;
  for await (const batch of workspace.query(connection, sql, signal)) differing += Number(batch.getChildAt(0)?.get(0));
  return differing === 0;
}

const besides = (layers: readonly Layer[]) => layers.map(({ table }) => table).join(' POSITIONAL JOIN ');

function columnType(schema: Schema, index: number): string {
  return duckType(schema[index]?.type ?? plain('Null'));
}

function relationSql({ layers, parts, started }: Resident, { parts: wanted, columns }: ResidentRequest): string {
  const layerOf = (index: number) => layers.find((layer) => layer.columns.includes(index));
  const used = layers.filter((layer) => columns.some((index) => layerOf(index) === layer));
  const from = used.length > 0 ? used : layers.slice(0, 1);
  const part = `${from[0]?.table}.part`;
  const items = columns.length > 0 ? columns.map((index) => `${layerOf(index)?.table}.c${index}`) : [part];
  const ordinals = wanted.map((one) => parts.get(one) ?? -1);
  const filter = ordinals.length === started ? '' : ` WHERE ${part} IN (${[...ordinals, -1].join(', ')})`;
  return `(SELECT ${items.join(', ')} FROM ${besides(from)}${filter})`;
}

/** A part becomes visible with its last row: one that fails half-way leaves rows that no ordinal names. Gives its bytes. */
async function loadPart(
  workspace: Workspace,
  { table, columns }: Layer,
  { part, ordinal }: { readonly part: string; readonly ordinal: number },
  request: ResidentRequest,
): Promise<number> {
  const { connection } = request;
  let bytes = 0;
  for await (const chunk of request.load(part, columns)) {
    const batch = withPart(chunk.batch, ordinal);
    const plainChunk = chunk.types.every((type, i) => duckType(type) === columnType(request.schema, columns[i] ?? -1));
    if (plainChunk && chunk.types.length === columns.length) {
      workspace.insert(connection, table, batch, 'append');
    } else {
      const raw = workspace.tableName();
      workspace.insert(connection, raw, batch, 'create');
      const sql = request.cast(raw, chunk, columns);
      await workspace.prepare(connection, sql);
      connection.run(`INSERT INTO ${table} SELECT *, ${ordinal} FROM ${sql}`);
      connection.run(`DROP TABLE ${raw}`);
    }
    bytes += batch.data.children.reduce((sum, child) => sum + child.byteLength, 0);
  }
  return bytes;
}

function withPart(batch: RecordBatch, ordinal: number): RecordBatch {
  const part = computedColumn(plain('Int32'), batch.numRows, () => ordinal);
  const fields = [...batch.schema.fields, new Field('part', part.type, true)];
  return arrowBatch(fields, [...batch.data.children, part], batch.numRows);
}

/** What keeps a table's rows apart from those of its other schemas, and of another table that came to its place. */
export function tableKey({ folder, foreign = folder, snapshot }: OpenTable): string {
  const { id, schemaString } = snapshot.metadata;
  return `table ${foreign} ${id} ${schemaString}`;
}

/** A file is another part once it is committed: only then have its rows ids and versions. */
export function tablePart(key: string, { baseRowId }: { readonly baseRowId: number | undefined }): string {
  return baseRowId === undefined ? `${key} pending` : key;
}

/** What the files were when they were listed; undefined where a change could not be told. */
export function stagedKey(source: StagedSource): string | undefined {
  const known = source.files.every(({ etag, lastModified }) => etag !== undefined || lastModified !== undefined);
  if (!known) return undefined;
  const files = source.files.map(({ path, size, etag, lastModified }) => [path, size, etag, lastModified]);
  return `staged ${source.name} ${JSON.stringify([source.format, source.positions, files])}`;
}
