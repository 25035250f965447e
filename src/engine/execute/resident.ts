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

interface Resident {
  readonly table: string;
  /** Ascending. */
  readonly columns: readonly number[];
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
    if (resident.users === 0) connection.run(`DROP TABLE IF EXISTS ${resident.table}`);
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

  /** Room for the parts in a table that has the columns; an older one with fewer columns is given up. */
  const tableFor = ({ key, columns, schema, connection }: ResidentRequest): Resident => {
    const known = residents.get(key);
    if (known && columns.every((index) => known.columns.includes(index))) return known;
    const all = [...new Set([...(known?.columns ?? []), ...columns])].sort((a, b) => a - b);
    const resident = newResident(workspace.tableName(), all);
    const fields = all.map((index) => `c${index} ${columnType(schema, index)}`);
    connection.run(`CREATE TABLE ${resident.table} (${[...fields, 'part INTEGER'].join(', ')})`);
    residents.set(key, resident);
    if (known) drop(known, connection);
    return resident;
  };

  return {
    missing: ({ key, parts, columns }) => {
      const known = residents.get(key);
      if (!known || columns.some((column) => !known.columns.includes(column))) return parts;
      return parts.filter((part) => !known.parts.has(part));
    },
    lease: async (request) => {
      const resident = tableFor(request);
      resident.lastUse = ++clock;
      resident.users++;
      const release = () => {
        resident.users--;
        if (resident.retired) drop(resident, request.connection);
      };
      try {
        for (const part of request.parts) {
          if (!resident.parts.has(part)) await loadPart(workspace, resident, part, request);
        }
      } catch (error) {
        release();
        throw error;
      }
      evict(request.connection);
      return { sql: relationSql(resident, request), release };
    },
  };
}

function newResident(table: string, columns: readonly number[]): Resident {
  return { table, columns, parts: new Map(), started: 0, bytes: 0, users: 0, lastUse: 0, retired: false };
}

function columnType(schema: Schema, index: number): string {
  return duckType(schema[index]?.type ?? plain('Null'));
}

function relationSql({ table, parts, started }: Resident, { parts: wanted, columns }: ResidentRequest): string {
  const items = columns.length > 0 ? columns.map((index) => `c${index}`).join(', ') : 'part';
  const ordinals = wanted.map((part) => parts.get(part) ?? -1);
  const filter = ordinals.length === started ? '' : ` WHERE part IN (${[...ordinals, -1].join(', ')})`;
  return `(SELECT ${items} FROM ${table}${filter})`;
}

/** A part becomes visible with its last row: one that fails half-way leaves rows that no ordinal names. */
async function loadPart(workspace: Workspace, resident: Resident, part: string, request: ResidentRequest) {
  const { connection } = request;
  const { columns } = resident;
  const ordinal = ++resident.started;
  for await (const chunk of request.load(part, columns)) {
    const batch = withPart(chunk.batch, ordinal);
    const plainChunk = chunk.types.every((type, i) => duckType(type) === columnType(request.schema, columns[i] ?? -1));
    if (plainChunk && chunk.types.length === columns.length) {
      workspace.insert(connection, resident.table, batch, 'append');
    } else {
      const raw = workspace.tableName();
      workspace.insert(connection, raw, batch, 'create');
      const sql = request.cast(raw, chunk, columns);
      await workspace.prepare(connection, sql);
      connection.run(`INSERT INTO ${resident.table} SELECT *, ${ordinal} FROM ${sql}`);
      connection.run(`DROP TABLE ${raw}`);
    }
    resident.bytes += batch.data.children.reduce((sum, child) => sum + child.byteLength, 0);
  }
  resident.parts.set(part, ordinal);
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
