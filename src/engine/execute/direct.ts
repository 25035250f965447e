import { Schema as ArrowSchema, type Data, Field, makeData, RecordBatch, Struct } from 'apache-arrow';
import type { BoundExpr, BoundQuery, BoundRelation } from '../bind/plan.ts';
import type { Chunk } from '../scan/chunk.ts';
import { plain, type SqlType } from '../types/type.ts';
import { vectorCast } from './vector-cast.ts';

/** A chunk of the relation as rows of the query; undefined where DuckDB has to do it. */
export type DirectProjection = (chunk: Chunk) => RecordBatch | undefined;

/** Of a query that only takes columns of one relation and casts them; undefined for all others. */
export function directProjection(query: BoundQuery, relation: BoundRelation): DirectProjection | undefined {
  const { body, orderBy, ctes, limit, offset } = query;
  if (body.kind !== 'Select' || orderBy.length > 0 || ctes.length > 0 || limit || offset) return undefined;
  if (body.where || body.distinct || body.groupBy || body.having || body.qualify) return undefined;
  if (body.from?.kind !== 'Relation' || body.from.id !== relation.id) return undefined;
  const items: DirectItem[] = [];
  for (const expr of body.items) {
    const item = directItem(expr, relation);
    if (!item) return undefined;
    items.push(item);
  }
  return (chunk) => project(chunk, items);
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

function project({ batch, types }: Chunk, items: readonly DirectItem[]): RecordBatch | undefined {
  const children: Data[] = [];
  for (const { column, types: steps } of items) {
    const position = batch.schema.fields.findIndex(({ name }) => name === column);
    const [data, from] = [batch.data.children[position], types[position]];
    const made = data && from && castThrough(data, from, steps);
    if (!made) return undefined;
    children.push(made);
  }
  const fields = children.map(({ type }, index) => new Field(`c${index}`, type, true));
  const struct = makeData({ type: new Struct(fields), length: batch.numRows, nullCount: 0, children });
  return new RecordBatch(new ArrowSchema(fields), struct);
}

function castThrough(data: Data, from: SqlType, steps: readonly SqlType[]): Data | undefined {
  let [made, type]: [Data | undefined, SqlType] = [data, from];
  for (const to of steps) {
    made = made && vectorCast(type, to)?.(made);
    type = to;
  }
  return made;
}
