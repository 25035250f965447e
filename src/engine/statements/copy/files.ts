import { SqlError } from '../../base/errors.ts';
import type { FileFormat } from '../../formats/format.ts';
import { formatByName } from '../../formats/options.ts';
import { type SelectedFile, selectFiles } from '../../stages/files.ts';
import { type OpenLocation, openLocation } from '../../stages/location.ts';
import type { LoadedFile, TableRecord } from '../../warehouse/object.ts';
import type { StatementContext } from '../context.ts';
import { fileFormat } from '../options.ts';
import type { CopyIntoTable } from '../syntax/copy-table.ts';

/** The files that a COPY is to load. */
export interface CopySource {
  readonly location: OpenLocation;
  readonly format: FileFormat;
  readonly files: readonly SelectedFile[];
  /** Chosen, but loaded before. */
  readonly loadedBefore: readonly SelectedFile[];
  /** What the load history calls a file. */
  readonly keyOf: (file: SelectedFile) => string;
}

const MOST_FILES = 15_000;

export async function openCopySource(
  copy: CopyIntoTable,
  table: TableRecord,
  ctx: StatementContext,
): Promise<CopySource> {
  const catalog = ctx.catalog();
  const location = await openLocation(copy.location, catalog, ctx.services.stageHost);
  ctx.progress.phase('listing');
  const chosen = await selectFiles(location, { pattern: patternOf(copy, ctx), files: copy.files }, ctx.signal);
  const format = copy.fileFormat
    ? fileFormat(copy.fileFormat, catalog)
    : (location.format ?? formatByName(chosen[0]?.path ?? location.path));
  const usesFullPath = isOn(table.options['copy_dedup_full_path']);
  const keyOf = ({ path, info }: SelectedFile) => (usesFullPath ? info.path : path);
  const known = copy.force ? undefined : catalog.loads.get(table.id);
  const isLoaded = (file: SelectedFile) => (known?.get(keyOf(file))?.expiresOn ?? 0) > ctx.now;
  const fresh = chosen.filter((file) => !isLoaded(file));
  return {
    location,
    format,
    files: limited(fresh, copy),
    loadedBefore: chosen.filter(isLoaded),
    keyOf,
  };
}

/** Whether a table has an option of two words. */
export const isOn = (option: string | undefined) => option === '1' || option?.toLowerCase() === 'true';

function patternOf({ pattern }: CopyIntoTable, { session }: StatementContext): string | undefined {
  if (pattern === undefined) return undefined;
  const value = pattern.kind === 'VariableRef' ? session.variables.get(pattern.name)?.value : pattern.value;
  if (typeof value === 'string') return value;
  throw new SqlError('BadArguments', 'invalid pattern expr: NULL', { span: pattern.span });
}

function limited(
  files: readonly SelectedFile[],
  { maxFiles = 0, force, purge, span }: CopyIntoTable,
): readonly SelectedFile[] {
  if (force && purge) return maxFiles > 0 ? files.slice(0, maxFiles) : files;
  if (maxFiles > MOST_FILES) {
    throw new SqlError(
      'InvalidArgument',
      `max_files ${maxFiles} is too large, max_files should be less than ${MOST_FILES}`,
      { span },
    );
  }
  if (maxFiles > 0) return files.slice(0, maxFiles);
  if (files.length <= MOST_FILES) return files;
  throw new SqlError(
    'Internal',
    `${force ? '[COPY-PLANNER] ' : ''}Commit limit reached: 15,000 files for 'copy into table'. To handle more files, adjust 'CopyOption' with 'max_files=<num>'(e.g., 'max_files=10000') and perform several operations until all files are processed.`,
    { span },
  );
}

const HOUR = 3_600_000;

/** What the history remembers of a file; the ETag's first seven characters, its quote included. */
export function loadedFile(file: SelectedFile, key: string, ctx: StatementContext): LoadedFile {
  const hours = Number(ctx.session.settings.get('load_file_metadata_expire_hours'));
  const { size, etag, lastModified } = file.info;
  return {
    path: key,
    size,
    etag: etag?.slice(0, 7),
    lastModified,
    loadedOn: ctx.now,
    expiresOn: ctx.now + hours * HOUR,
  };
}
