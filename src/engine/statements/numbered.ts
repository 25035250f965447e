import type { Data, RecordBatch } from 'apache-arrow';
import { SqlError } from '../base/errors.ts';
import { arrowBatch, columnBuilder } from '../types/build/batch.ts';
import { type Cell, cellReader } from '../types/cell.ts';
import { integerRange, isInteger, type SqlType } from '../types/type.ts';
import type { Transaction } from '../warehouse/contract.ts';
import type { Autoincrement, TableColumn, TableRecord } from '../warehouse/object.ts';
import type { CatalogState } from '../warehouse/state.ts';
import type { StatementContext } from './context.ts';

export interface NumberedTarget {
  readonly transaction: Transaction;
  readonly table: TableRecord;
}

/**
 * Gives AUTOINCREMENT columns a number where a row has none. Numbers are taken in commits of their own, so that
 * writers at the same time never get the same one and never wait for each other; those of a statement that fails are
 * lost.
 */
export function rowNumberer(
  { transaction, table }: NumberedTarget,
  ctx: StatementContext,
): (batch: RecordBatch) => Promise<RecordBatch> {
  const numbered = table.columns.flatMap((column, index) =>
    column.autoincrement ? [{ column, index, autoincrement: column.autoincrement }] : [],
  );
  return async (batch) => {
    const columns: (Data | undefined)[] = [...batch.data.children];
    for (const { column, index, autoincrement } of numbered) {
      const data = columns[index];
      const missing = data?.nullCount ?? 0;
      if (!data || missing === 0) continue;
      const from = await takeNumbers({ transaction, table }, { counter: autoincrement.counter, count: missing }, ctx);
      columns[index] = filled(data, column, autoincrement, from);
    }
    if (columns.every((column, index) => column === batch.data.children[index])) return batch;
    const whole = columns.flatMap((column) => column ?? []);
    const fields = batch.schema.fields.map((field, index) => field.clone({ type: whole[index]?.type ?? field.type }));
    return arrowBatch(fields, whole, batch.numRows);
  };
}

function filled(data: Data, { name, type }: TableColumn, { start, step }: Autoincrement, from: number): Data {
  const cells = cellReader(data, type);
  const builder = columnBuilder(type);
  const toCell = numberCell(type, name);
  let taken = BigInt(from);
  for (let row = 0; row < data.length; row++) {
    const cell = cells(row);
    builder.append(cell ?? toCell(BigInt(start) + BigInt(step) * taken++));
  }
  return builder.finish();
}

/** Throws AutoIncrementError for a number that the type cannot hold. */
function numberCell(type: SqlType, column: string): (value: bigint) => Cell {
  const [, most] = isInteger(type) ? integerRange(type.kind) : [0n, digitsOf(type)];
  return (value) => {
    if (value > most) {
      throw new SqlError('AutoIncrementError', `the numbers of column \`${column}\` have come to their end: ${value}`);
    }
    if (type.kind === 'Decimal') return value * 10n ** BigInt(type.scale);
    return type.kind === 'Int64' || type.kind === 'UInt64' ? value : Number(value);
  };
}

function digitsOf(type: SqlType): bigint {
  return type.kind === 'Decimal' ? 10n ** BigInt(type.precision - type.scale) - 1n : 1n << 53n;
}

interface Taking {
  readonly counter: string;
  readonly count: number;
}

const MOST_ATTEMPTS = 50;

/** The first of so many numbers, counted from 0, that nobody else has. */
async function takeNumbers(target: NumberedTarget, { counter, count }: Taking, ctx: StatementContext): Promise<number> {
  const { transaction, table } = target;
  const { warehouse } = ctx.services;
  const nextIn = (state: CatalogState) => {
    const record = state.objects.get(table.id);
    return record?.kind === 'Table' ? (record.counters?.[counter] ?? 0) : 0;
  };
  if (!warehouse.state().objects.has(table.id)) {
    const from = nextIn(transaction.state());
    transaction.takeNumbers(table, { counter, from, count });
    return from;
  }
  for (let attempt = 1; ; attempt++) {
    const from = nextIn(await warehouse.refresh(ctx.signal));
    try {
      const taking = warehouse.begin();
      taking.takeNumbers(table, { counter, from, count });
      await taking.commit(ctx.signal);
      return from;
    } catch (error) {
      const isLost = error instanceof SqlError && error.kind === 'UnresolvableConflict';
      if (!isLost || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}
