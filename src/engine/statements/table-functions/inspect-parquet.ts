import { SqlError } from '../../base/errors.ts';
import type { FileSource } from '../../formats/format.ts';
import { describeParquet, type ParquetDescription } from '../../formats/parquet/describe.ts';
import type { Call } from '../../sql/ast.ts';
import { fileSource } from '../../stages/files.ts';
import type { Cell } from '../../types/cell.ts';
import { plain, type Schema, type SqlType } from '../../types/type.ts';
import type { StatementContext } from '../context.ts';
import { constantText } from './arguments.ts';
import { locate } from './location.ts';
import type { TableFunctionSpec } from './table-function.ts';

const columns = (type: SqlType, ...names: string[]): Schema => names.map((name) => ({ name, type, nullable: false }));

export const inspectParquet: TableFunctionSpec = {
  name: 'inspect_parquet',
  columns: [
    ...columns(plain('String'), 'created_by'),
    ...columns(plain('UInt64'), 'num_columns', 'num_rows', 'num_row_groups', 'serialized_size'),
    ...columns(plain('Int64'), 'max_row_groups_size_compressed', 'max_row_groups_size_uncompressed'),
  ],
  rows: async (call, ctx) => {
    const file = await describeFirst(call, ctx);
    if (!file) return [];
    const largest = (size: 'compressedSize' | 'uncompressedSize') =>
      BigInt(Math.max(0, ...file.rowGroups.map((group) => group[size])));
    const counts = [file.leaves.length, file.rows, file.rowGroups.length, file.size].map(BigInt);
    return [[file.createdBy ?? 'NULL', ...counts, largest('compressedSize'), largest('uncompressedSize')]];
  },
};

/** One row for each column chunk: what the console draws as a file's anatomy. */
export const parquetMetadata: TableFunctionSpec = {
  name: 'parquet_metadata',
  columns: [
    ...columns(plain('UInt64'), 'row_group', 'row_group_rows'),
    ...columns(plain('String'), 'column_name', 'column_type', 'physical_type', 'codec', 'encodings'),
    ...columns(plain('UInt64'), 'compressed_size', 'uncompressed_size', 'num_values'),
    { name: 'null_count', type: plain('UInt64'), nullable: true },
    { name: 'min_value', type: plain('String'), nullable: true },
    { name: 'max_value', type: plain('String'), nullable: true },
    { name: 'logical_type', type: plain('String'), nullable: true },
    ...columns(plain('Boolean'), 'has_dictionary', 'has_bloom_filter', 'has_page_index'),
  ],
  rows: async (call, ctx) => {
    const file = await describeFirst(call, ctx);
    return file ? file.rowGroups.flatMap((_, index) => groupRows(file, index)) : [];
  },
};

function groupRows(file: ParquetDescription, index: number): (readonly Cell[])[] {
  const group = file.rowGroups[index];
  return (group?.chunks ?? []).map((chunk, position) => {
    const leaf = file.leaves[position];
    const column = file.columns[leaf?.column ?? 0];
    return [
      BigInt(index),
      BigInt(group?.rows ?? 0),
      leaf?.path ?? '',
      column?.type ?? '',
      leaf?.physical ?? '',
      chunk.codec,
      chunk.encodings.join(', '),
      ...[chunk.compressedSize, chunk.uncompressedSize, chunk.values].map(BigInt),
      chunk.nullCount === null ? null : BigInt(chunk.nullCount),
      chunk.min?.text ?? null,
      chunk.max?.text ?? null,
      leaf?.logical ?? null,
      ...[chunk.hasDictionary, chunk.hasBloomFilter, chunk.hasPageIndex],
    ];
  });
}

async function describeFirst(call: Call, ctx: StatementContext): Promise<ParquetDescription | undefined> {
  const file = await firstFile(call, ctx);
  return file && describeParquet(file, ctx.signal);
}

/** The file, or the first of those below the path, that the first argument names. */
export async function firstFile(call: Call, ctx: StatementContext): Promise<FileSource | undefined> {
  const [path] = call.args;
  const text = path ? constantText(path) : '';
  if (!text.startsWith('@'))
    throw new SqlError('BadArguments', `stage path must start with @, but got ${text}`, { span: call.span });
  const { location, files } = await locate({ location: text, pattern: undefined }, call, ctx);
  const [first] = files;
  return first && fileSource(location, first);
}
