import { SqlError } from '../base/errors.ts';
import { didYouMean } from '../base/text.ts';
import type { Identifier } from '../sql/ast.ts';

/** What a table of the default engine may be told. */
const OPTIONS: ReadonlySet<string> = new Set([
  'approx_distinct_columns',
  'block_per_segment',
  'block_size_threshold',
  'bloom_index_columns',
  'bloom_index_type',
  'change_tracking',
  'compression',
  'copy_dedup_full_path',
  'data_retention_num_snapshots_to_keep',
  'data_retention_period_in_hours',
  'enable_auto_analyze',
  'enable_auto_vacuum',
  'enable_schema_evolution',
  'file_size',
  'row_avg_depth_threshold',
  'row_per_block',
  'row_per_page',
  'storage_format',
]);

/** Throws TableOptionInvalid for one that tables of the default engine do not have. */
export function checkTableOptions(
  options: readonly Pick<Identifier, 'name' | 'span'>[],
  statement: 'create table' | 'alter table',
): void {
  const wrong = options.find(({ name }) => !OPTIONS.has(name.toLowerCase()));
  if (!wrong) return;
  const name = wrong.name.toLowerCase();
  throw new SqlError('TableOptionInvalid', `table option ${name} is invalid for ${statement} statement`, {
    span: wrong.span,
    suggestions: didYouMean(name, OPTIONS),
  });
}
