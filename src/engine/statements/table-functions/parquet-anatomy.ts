import { SqlError } from '../../base/errors.ts';
import type { BoundQuery } from '../../bind/plan.ts';
import { usedRelations } from '../../execute/columns.ts';
import { predicatesOn } from '../../execute/pushdown.ts';
import type { Predicate } from '../../formats/format.ts';
import { readFooter } from '../../formats/parquet/footer.ts';
import { describePages } from '../../formats/parquet/pages.ts';
import { groupMayMatch } from '../../formats/parquet/plan.ts';
import { describeSchema } from '../../formats/parquet/schema-tree.ts';
import { filePredicates } from '../../scan/staged.ts';
import type { Call } from '../../sql/ast.ts';
import { parseQuery } from '../../sql/parser.ts';
import { type Column, plain } from '../../types/type.ts';
import { constantText } from './arguments.ts';
import { firstFile } from './inspect-parquet.ts';
import type { BindQuery, TableFunctionSpec } from './table-function.ts';

const text = (name: string, nullable = false): Column => ({ name, type: plain('String'), nullable });
const count = (name: string, nullable = false): Column => ({ name, type: plain('UInt64'), nullable });

/** parquet_schema('@stage/file'): the columns as they are stored and what they are made of, parents before children. */
export const parquetSchema: TableFunctionSpec = {
  name: 'parquet_schema',
  columns: [
    ...[count('depth'), text('path'), text('name'), text('repetition')],
    ...[text('physical_type', true), text('logical_type', true), text('column_type', true)],
  ],
  rows: async (call, ctx) => {
    const file = await firstFile(call, ctx);
    const rows = file ? await describeSchema(file, ctx.signal) : [];
    return rows.map(({ depth, path, name, repetition, physical, logical, type }) => [
      ...[BigInt(depth), path, name, repetition, physical, logical, type],
    ]);
  },
};

/** parquet_key_values('@stage/file'): what the writer noted beside the data. */
export const parquetKeyValues: TableFunctionSpec = {
  name: 'parquet_key_values',
  columns: [text('key'), text('value')],
  rows: async (call, ctx) => {
    const file = await firstFile(call, ctx);
    return file ? [...(await readFooter(file, ctx.signal)).keyValues] : [];
  },
};

/** parquet_pages('@stage/file', <row group>, '<column>'): the pages of a column chunk with what is known of their values. */
export const parquetPages: TableFunctionSpec = {
  name: 'parquet_pages',
  columns: [
    ...[count('page'), text('page_type'), text('encoding'), count('first_row', true), count('num_values')],
    ...[count('compressed_size'), count('uncompressed_size'), count('null_count', true)],
    ...[text('min_value', true), text('max_value', true), text('statistics', true), count('offset')],
  ],
  rows: async (call, ctx) => {
    const [, group, leaf] = arguments3(call, "parquet_pages('@stage/file', row_group, 'column')");
    const file = await firstFile(call, ctx);
    if (!file) return [];
    const pages = await describePages(file, { group: Number(group), leaf }, ctx.signal);
    if (!pages)
      throw new SqlError('BadArguments', `${file.path} has no column ${leaf} in a row group ${group}`, {
        span: call.span,
      });
    const known = (value: number | null) => (value === null ? null : BigInt(value));
    return pages.map((page, index) => [
      ...[BigInt(index), page.kind, page.encoding, known(page.firstRow), BigInt(page.values)],
      ...[BigInt(page.compressedSize), BigInt(page.uncompressedSize), known(page.nullCount)],
      ...[page.min?.text ?? null, page.max?.text ?? null, page.statistics, BigInt(page.offset)],
    ]);
  },
};

function arguments3({ args, span }: Call, usage: string): readonly [string, string, string] {
  const [path, second, third] = args;
  if (!path || !second || !third) throw new SqlError('BadArguments', `expected ${usage}`, { span });
  return [constantText(path), constantText(second), constantText(third)];
}

/** parquet_pruning('@stage/file', '<condition>'): which row groups a SELECT with that WHERE reads, by their statistics. */
export const parquetPruning: TableFunctionSpec = {
  name: 'parquet_pruning',
  columns: [
    ...[count('row_group'), count('row_group_rows'), count('compressed_size')],
    { name: 'is_read', type: plain('Boolean'), nullable: false },
  ],
  rows: async (call, ctx, bindQuery) => {
    const [path, condition] = call.args;
    if (!path || !condition)
      throw new SqlError('BadArguments', "expected parquet_pruning('@stage/file', 'condition')", { span: call.span });
    const file = await firstFile(call, ctx);
    if (!file) return [];
    const predicates = await conditionsOn(constantText(path), constantText(condition), bindQuery).catch((error) => {
      // Its place is one in the condition, not in this statement.
      throw error instanceof SqlError ? new SqlError(error.kind, error.message, { span: condition.span }) : error;
    });
    const footer = await readFooter(file, ctx.signal);
    return footer.rowGroups.map((group, index) => [
      ...[BigInt(index), BigInt(group.rows)],
      BigInt(group.chunks.reduce((sum, { compressedSize }) => sum + compressedSize, 0)),
      groupMayMatch(footer, group, predicates),
    ]);
  },
};

/** What a scan of the file would skip by: the query is bound as it would be to run. */
async function conditionsOn(path: string, condition: string, bindQuery: BindQuery): Promise<readonly Predicate[]> {
  const quoted = path.replaceAll('\\', '\\\\').replaceAll("'", "''");
  const sql = `SELECT * FROM '${quoted}' (FILE_FORMAT => 'PARQUET') WHERE (\n${condition}\n)`;
  return stagedPredicates(await bindQuery(parseQuery(sql)));
}

function stagedPredicates(query: BoundQuery): readonly Predicate[] {
  const [used] = usedRelations(query);
  if (used?.relation.source.kind !== 'Staged') return [];
  const { source } = used.relation;
  return filePredicates(predicatesOn(query.body, used.relation), source, source.fileColumns[0] ?? source.columns);
}
