import type { FileFormat, FileSource, OptionSpec, OptionValue, RowBatch, RowRequest } from '../formats/format.ts';
import { type Cell, cellReader } from '../types/cell.ts';
import type { Column, Schema, SqlType } from '../types/type.ts';
import { bytesSource } from './parquet.ts';

type ReadFile = (file: FileSource, request: RowRequest, signal: AbortSignal) => AsyncIterable<RowBatch>;

export interface ReadRows {
  /** Cells by row; DEFAULT where the column's default is to stand. */
  readonly rows: readonly (readonly (Cell | 'DEFAULT')[])[];
  readonly rowNumbers: readonly number[];
  /** `line: message`. */
  readonly errors: readonly string[];
}

/** A format with its defaults, but for the options given. */
export function formatWith(
  type: FileFormat['type'],
  specs: readonly OptionSpec[],
  options: Readonly<Record<string, OptionValue>> = {},
): FileFormat {
  return { type, options: { ...Object.fromEntries(specs.map((spec) => [spec.name, spec.default])), ...options } };
}

export function columnOf(name: string, type: SqlType, nullable = true): Column {
  return { name, type, nullable };
}

/** Reads a file as COPY does under ON_ERROR = CONTINUE. */
export async function readRows(
  read: ReadFile,
  content: string | Uint8Array,
  request: Pick<RowRequest, 'format' | 'target'> & Partial<RowRequest>,
): Promise<ReadRows> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const errors: string[] = [];
  const rows: (Cell | 'DEFAULT')[][] = [];
  const rowNumbers: number[] = [];
  const batches = read(
    bytesSource('data', bytes),
    {
      session: { timezone: 'UTC', numericCast: 'rounding' },
      disableVariantCheck: false,
      onRowError: ({ line, message }) => errors.push(`${line}: ${message}`),
      ...request,
    },
    new AbortController().signal,
  );
  for await (const batch of batches) {
    rows.push(...rowsOf(batch, typesOf(request.target)));
    rowNumbers.push(...batch.rowNumbers);
  }
  return { rows, rowNumbers, errors };
}

function typesOf(target: RowRequest['target']): readonly SqlType[] {
  switch (target.kind) {
    case 'Positions':
      return Array.from({ length: target.count }, () => ({ kind: 'String' }) as const);
    case 'Record':
      return [{ kind: 'Variant' }];
    case 'Columns':
      return target.columns.map(({ type }) => type);
  }
}

function rowsOf({ batch, defaulted }: RowBatch, types: readonly SqlType[]): (Cell | 'DEFAULT')[][] {
  const readers = types.map((type, index) => {
    const data = batch.data.children[index];
    if (!data) throw new Error(`the batch has no column ${index}`);
    return cellReader(data, type);
  });
  return Array.from({ length: batch.numRows }, (_, row) =>
    readers.map((readCell, index) => (defaulted.get(index)?.[row] === 1 ? 'DEFAULT' : readCell(row))),
  );
}

export function columns(...items: Column[]): { readonly kind: 'Columns'; readonly columns: Schema } {
  return { kind: 'Columns', columns: items };
}
