import { type Data, Field, type RecordBatch } from 'apache-arrow';
import { collect } from '../base/async.ts';
import { assert } from '../base/errors.ts';
import type { BoundExpr, BoundQuery, BoundRelation } from '../bind/plan.ts';
import { someExpr } from '../bind/walk.ts';
import type { Chunk } from '../scan/chunk.ts';
import { arrowBatch } from '../types/build/batch.ts';
import { plain, type SqlType } from '../types/type.ts';
import { mergedColumn } from './merge.ts';
import { vectorCast } from './vector-cast.ts';

/** A chunk of the relation as rows of the query; undefined where DuckDB has to do it. */
export type DirectProjection = (chunk: Chunk) => RecordBatch | undefined;

/** Of a query that only takes columns of one relation and casts them; undefined for all others. */
export function directProjection(query: BoundQuery, relation: BoundRelation): DirectProjection | undefined {
  const items = directItems(query, relation);
  if (!items?.every((item) => item !== undefined)) return undefined;
  return (chunk) => {
    const columns = directColumns(chunk, items);
    return columns && rowsOf(columns, chunk.batch.numRows);
  };
}

/** A query of which some items are columns and casts of them: these go around DuckDB, the others through it. */
export interface MixedProjection {
  /** The other items. */
  readonly rest: BoundQuery;
  /** The chunk's rows, made when `results` has given those of `rest` in the same order; undefined as above. */
  project(chunk: Chunk, results: (query: BoundQuery) => AsyncIterable<RecordBatch>): Promise<RecordBatch | undefined>;
}

export function mixedProjection(query: BoundQuery, relation: BoundRelation): MixedProjection | undefined {
  const items = directItems(query, relation);
  const { body } = query;
  if (body.kind !== 'Select' || !items?.some((item) => item)) return undefined;
  const others = body.items.flatMap((expr, index) => (items[index] ? [] : [{ expr, column: query.columns[index] }]));
  if (!others.every(({ expr }) => isFlat(expr.type) && !someExpr(expr, looksElsewhere))) return undefined;
  const rest: BoundQuery = {
    ...query,
    body: { ...body, items: others.map(({ expr }) => expr) },
    columns: others.flatMap(({ column }) => column ?? []),
  };
  return {
    rest,
    async project(chunk, results) {
      const rows = chunk.batch.numRows;
      if (rows === 0) return undefined;
      const taken = directColumns(
        chunk,
        items.filter((item) => item !== undefined),
      );
      if (!taken) return undefined;
      const computed = await mergedRows(results(rest), others.length);
      const direct = taken.values();
      const made = computed.values();
      const columns = items.flatMap((item) => (item ? direct : made).next().value ?? []);
      assert(columns.length === items.length && columns.every(({ length }) => length === rows), 'each row gives one');
      return rowsOf(columns, rows);
    },
  };
}

async function mergedRows(results: AsyncIterable<RecordBatch>, columns: number): Promise<readonly Data[]> {
  const batches = await collect(results);
  return Array.from({ length: columns }, (_, index) => {
    const merged = mergedColumn(batches.flatMap((batch) => batch.data.children[index] ?? []));
    assert(merged !== undefined, 'a flat column can be merged');
    return merged;
  });
}

/** What DuckDB may compute by a join or a sort, which need not keep the order of rows. */
function looksElsewhere({ kind }: BoundExpr): boolean {
  return kind === 'QueryExpr' || kind === 'Aggregate' || kind === 'Window';
}

/** Types whose columns can be merged. */
function isFlat(type: SqlType): boolean {
  switch (type.kind) {
    case 'Array':
    case 'Map':
    case 'Tuple':
    case 'Vector':
    case 'Bitmap':
    case 'Interval':
    case 'TimestampTz':
      return false;
    default:
      return true;
  }
}

/** The items that are columns and casts of them, by position; undefined where rows are not the relation's one by one. */
function directItems(query: BoundQuery, relation: BoundRelation): readonly (DirectItem | undefined)[] | undefined {
  const { body, orderBy, ctes, limit, offset } = query;
  if (body.kind !== 'Select' || orderBy.length > 0 || ctes.length > 0 || limit || offset) return undefined;
  if (body.where || body.distinct || body.groupBy || body.having || body.qualify) return undefined;
  if (body.from?.kind !== 'Relation' || body.from.id !== relation.id) return undefined;
  return body.items.map((expr) => directItem(expr, relation));
}

interface DirectItem {
  readonly column: string;
  /** The type that the relation gives the column, and then what it is cast to in turn. */
  readonly types: readonly SqlType[];
}

function directItem(expr: BoundExpr, relation: BoundRelation): DirectItem | undefined {
  if (expr.kind === 'Column') {
    if (expr.relation !== relation.id) return undefined;
    return { column: `c${expr.index}`, types: [relation.columns[expr.index]?.type ?? plain('Null')] };
  }
  if (expr.kind !== 'Cast') return undefined;
  const operand = directItem(expr.operand, relation);
  return operand && { ...operand, types: [...operand.types, expr.type] };
}

function directColumns({ batch, types }: Chunk, items: readonly DirectItem[]): readonly Data[] | undefined {
  const columns: Data[] = [];
  for (const { column, types: steps } of items) {
    const position = batch.schema.fields.findIndex(({ name }) => name === column);
    const [data, from] = [batch.data.children[position], types[position]];
    const made = data && from && castThrough(data, from, steps);
    if (!made) return undefined;
    columns.push(made);
  }
  return columns;
}

function rowsOf(columns: readonly Data[], length: number): RecordBatch {
  const fields = columns.map(({ type }, index) => new Field(`c${index}`, type, true));
  return arrowBatch(fields, columns, length);
}

function castThrough(data: Data, from: SqlType, steps: readonly SqlType[]): Data | undefined {
  let [made, type]: [Data | undefined, SqlType] = [data, from];
  for (const to of steps) {
    made = made && vectorCast(type, to)?.(made);
    type = to;
  }
  return made;
}
