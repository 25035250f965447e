import { SqlError } from '../../base/errors.ts';
import type { BoundQuery } from '../../bind/plan.ts';
import type { ColumnRef } from '../../sql/ast.ts';
import { openStaged } from '../../stages/open.ts';
import type { StagedSource } from '../../stages/staged.ts';
import { plain, type Schema } from '../../types/type.ts';
import type { StatementContext } from '../context.ts';
import type { CopyTransform } from '../syntax/copy-table.ts';
import { visitNodes } from '../walk.ts';
import { bindItems, checkItems, positionsIn, refuseCalls } from './columnar.ts';
import type { CopyJob } from './job.ts';

type Checked = Pick<CopyJob, 'copy' | 'columns' | 'source'>;

/**
 * A mistake in the select list is said whether files remain to be loaded or not. Where none remains, a file that was
 * loaded before tells the columns; where there is none at all, what can be said without them is.
 */
export async function checkWithoutFiles(job: Checked, ctx: StatementContext): Promise<void> {
  const { copy, columns, source } = job;
  const { transform } = copy;
  if (!transform || source.files.some(({ info }) => info.size > 0)) return;
  refuseCalls(transform.items, ctx);
  const staged = await openLoaded(job, transform, ctx);
  if (staged.access !== 'columns' || staged.files.length > 0) {
    checkItems(await bindItems(staged, transform.items, copy, ctx), copy, columns.length);
    return;
  }
  const bound = await bindGuessed({ ...staged, columns: columnsOfAnyType(transform) }, transform, job, ctx);
  const isCounted = transform.items.every(({ kind }) => kind === 'ExprItem');
  if (bound) checkItems(bound, copy, isCounted ? columns.length : undefined);
}

/** One of the files that were loaded before; none where it cannot be read any more. */
async function openLoaded(
  { source }: Checked,
  transform: CopyTransform,
  { progress, signal }: StatementContext,
): Promise<StagedSource> {
  const { location, format, loadedBefore } = source;
  const request = { format, positions: positionsIn(transform), progress };
  const files = loadedBefore.filter(({ info }) => info.size > 0).slice(0, 1);
  try {
    return await openStaged(location, { ...request, files }, signal);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return openStaged(location, { ...request, files: [] }, signal);
  }
}

/** Undefined where the list can only be understood with the files at hand. */
async function bindGuessed(
  staged: StagedSource,
  { items }: CopyTransform,
  { copy }: Checked,
  ctx: StatementContext,
): Promise<BoundQuery | undefined> {
  try {
    return await bindItems(staged, items, copy, ctx);
  } catch (error) {
    if (error instanceof SqlError && error.kind !== 'UnknownFunction') return undefined;
    throw error;
  }
}

/** The columns that the list names, as NULLs, which go where any type does. */
function columnsOfAnyType({ items, alias }: CopyTransform): Schema {
  const names = new Set<string>();
  visitNodes(items, (node) => {
    if (node.kind !== 'ColumnRef') return;
    const [first, second] = (node as ColumnRef).parts.map(({ name }) => name);
    const name = second !== undefined && first === alias?.name.name ? second : first;
    if (name !== undefined && !name.toLowerCase().startsWith('metadata$')) names.add(name);
  });
  return [...names].map((name) => ({ name, type: plain('Null'), nullable: true }));
}
