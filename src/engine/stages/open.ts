import { mapConcurrently } from '../base/async.ts';
import type { ProgressSink } from '../base/progress.ts';
import type { FileFormat, FileSource } from '../formats/format.ts';
import { formatOf } from '../formats/index.ts';
import { fileSource, type SelectedFile } from './files.ts';
import type { OpenLocation } from './location.ts';
import { type StagedSource, sameSchema } from './staged.ts';

export interface OpenRequest {
  readonly files: readonly SelectedFile[];
  readonly format: FileFormat;
  /** The highest `$n` that the statement names. */
  readonly positions: number;
  readonly progress: ProgressSink;
}

const CONCURRENT_FOOTERS = 8;

/** Staged files as a relation: their columns are known, nothing else is read. Empty files are left out. */
export async function openStaged(
  location: OpenLocation,
  { files, format, positions, progress }: OpenRequest,
  signal: AbortSignal,
): Promise<StagedSource> {
  const reader = formatOf(format);
  const sources = files.filter(({ info }) => info.size > 0).map((file) => fileSource(location, file, progress));
  const base = { kind: 'Staged', files: sources, format, positions, name: location.name } as const;
  if (reader.kind === 'row') return { ...base, access: reader.access, columns: [], fileColumns: [] };
  progress.phase('fetching footers');
  const fileColumns = await mapConcurrently(sources, CONCURRENT_FOOTERS, (file) =>
    reader.readSchema(file, format, signal),
  );
  return { ...base, access: 'columns', columns: fileColumns[0] ?? [], fileColumns };
}

/** The first file whose columns are not those of the first of all. */
export function differingFile({ files, fileColumns }: StagedSource): FileSource | undefined {
  const [first = []] = fileColumns;
  return files.find((_, index) => !sameSchema(first, fileColumns[index] ?? first));
}
