import type { RecordBatch } from 'apache-arrow';
import { prefetch } from '../../base/async.ts';
import { assert } from '../../base/errors.ts';
import type { BoundExpr, BoundQuery } from '../../bind/plan.ts';
import { rowWise } from '../../execute/driving.ts';
import type { FileSource } from '../../formats/format.ts';
import type { ParquetFooter } from '../../formats/parquet/footer.ts';
import { type RenamedColumn, type StoredRowGroup, storedRowGroups } from '../../formats/parquet/stored-groups.ts';
import { physicalName, type TableField } from '../../table/delta-schema.ts';
import { hasOwnChunk } from '../../table/own-form.ts';
import type { Schema } from '../../types/type.ts';
import type { StatementContext } from '../context.ts';
import type { PartlyStored } from '../table-writer.ts';

/** Smaller row groups are worth joining; larger ones would not fit in memory with their decoded rows. */
const LEAST_ROWS = 20_000;
const MOST_ROWS = 500_000;
const MOST_BYTES = 128 * 1024 * 1024;

/** How whole rows are made of columns whose chunks stay as they are, and of a query for the others. */
export interface StoredPlan {
  /** Of the table's columns. */
  readonly indexes: readonly number[];
  readonly groups: readonly StoredRowGroup[];
  /** Gives the other columns, row by row; undefined where there is none. */
  readonly rest: BoundQuery | undefined;
}

/** Undefined where all columns have to be written anew. */
export function storedPlan(
  file: FileSource,
  footer: ParquetFooter,
  query: BoundQuery,
  { schema, fields }: { readonly schema: Schema; readonly fields: readonly TableField[] },
): StoredPlan | undefined {
  const { body } = query;
  if (body.kind !== 'Select' || !rowWise(query)?.oneForOne || query.limit || query.offset) return undefined;
  const kept = body.items.map((item, index) => storedColumn(item, fields[index], { schema, footer }));
  const columns = kept.filter((column) => column !== undefined);
  if (columns.length === 0) return undefined;
  const groups = storedRowGroups(file, footer, columns);
  if (!groups.every(isFitting)) return undefined;
  const isOther = (_: unknown, index: number) => kept[index] === undefined;
  const items = body.items.filter(isOther);
  const rest = { ...query, body: { ...body, items }, columns: query.columns.filter(isOther) };
  return {
    indexes: [...kept.keys()].filter((index) => kept[index] !== undefined),
    groups,
    rest: items.length > 0 ? rest : undefined,
  };
}

function isFitting({ rows, groupBytes }: StoredRowGroup, index: number, all: readonly StoredRowGroup[]): boolean {
  const isLast = index > 0 && index === all.length - 1;
  return (isLast || rows >= LEAST_ROWS) && rows <= MOST_ROWS && groupBytes <= MOST_BYTES;
}

function storedColumn(
  item: BoundExpr,
  field: TableField | undefined,
  { schema, footer }: { readonly schema: Schema; readonly footer: ParquetFooter },
): RenamedColumn | undefined {
  const column = item.kind === 'Column' ? schema[item.index]?.name : undefined;
  const stored = footer.fields.find(({ name }) => name === column);
  if (!stored || !field || column === undefined) return undefined;
  if (!footer.rowGroups.every((group) => hasOwnChunk(group, stored, field))) return undefined;
  return { column, name: physicalName(field.delta) };
}

/** The rows, a row group at a time; `rest` are those of the plan's query. */
export async function* partlyStored(
  { indexes, groups }: StoredPlan,
  rest: AsyncIterable<RecordBatch> | undefined,
  { signal, progress }: StatementContext,
): AsyncGenerator<PartlyStored> {
  const stop = new AbortController();
  const untilStop = AbortSignal.any([signal, stop.signal]);
  const fetches = groups.map(
    (group) => () => group.fetch(untilStop, ({ bytes, rowGroups = 0 }) => progress.add({ bytes, rowGroups })),
  );
  const others = rest && rowsTaker(rest);
  let at = 0;
  try {
    for await (const excerpt of prefetch(fetches, 1)) {
      const { rows = 0, bytes = 0 } = groups[at++] ?? {};
      if (!others) progress.add({ rows, rowGroups: 1 });
      const batches = others ? await others.take(rows) : [];
      yield { rows, bytes, batches, stored: { excerpt, indexes } };
    }
  } finally {
    stop.abort();
    await others?.end();
  }
}

interface RowsTaker {
  /** The next rows, just as many. */
  take(rows: number): Promise<readonly RecordBatch[]>;
  end(): Promise<void>;
}

function rowsTaker(batches: AsyncIterable<RecordBatch>): RowsTaker {
  const iterator = batches[Symbol.asyncIterator]();
  let left: RecordBatch | undefined;
  return {
    async take(rows) {
      const taken: RecordBatch[] = [];
      for (let missing = rows; missing > 0; ) {
        const batch = left ?? (await iterator.next()).value;
        assert(batch !== undefined, 'each row of the file gives one');
        const isWhole = batch.numRows <= missing;
        left = isWhole ? undefined : batch.slice(missing, batch.numRows);
        taken.push(isWhole ? batch : batch.slice(0, missing));
        missing -= Math.min(missing, batch.numRows);
      }
      return taken.filter(({ numRows }) => numRows > 0);
    },
    async end() {
      await iterator.return?.();
    },
  };
}
