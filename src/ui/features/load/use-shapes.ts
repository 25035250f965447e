import { useQueries, useQuery } from '@tanstack/react-query';
import { firstRow } from '../../data/load.ts';
import { type FileColumn, fileColumns, fileLines, type ParquetFacts, parquetFacts } from '../../data/staged-file.ts';
import type { FileKind } from '../../data/uploads.ts';
import { columnsOfLines, looksLikeHeader } from './lines.ts';
import type { LoadFile } from './load-files.ts';

/** Files beyond these are not looked into before they are loaded. */
export const MOST_EXAMINED = 100;

export interface Shapes {
  /** By path; absent while it is read. */
  readonly columns: ReadonlyMap<string, readonly FileColumn[]>;
  readonly facts: ReadonlyMap<string, ParquetFacts>;
  readonly failures: ReadonlyMap<string, Error>;
  readonly startsWithHeader: boolean;
  readonly isReading: boolean;
  /** A value for each column, by its name or `$n`. */
  readonly samples: ReadonlyMap<string, string>;
}

/** What the files hold: the columns in their footers or documents, or what their first lines look like. */
export function useShapes(stage: string, files: readonly LoadFile[], hasHeader: boolean | undefined): Shapes {
  const examined = files.slice(0, MOST_EXAMINED);
  const kind = files[0]?.kind;
  const isText = kind?.reading === 'positions';
  const named = useColumns(stage, isText ? [] : examined);
  const lines = useLines(stage, isText ? examined : []);
  const facts = useFacts(stage, kind?.format === 'PARQUET' ? examined : []);
  const sample = useSample(stage, examined[0]);
  if (!isText) return { ...named, facts, startsWithHeader: false, samples: sample };
  const first = lines.found.get(examined[0]?.path ?? '') ?? [];
  const startsWithHeader = looksLikeHeader(first);
  const isHeaded = hasHeader ?? startsWithHeader;
  const columns = new Map([...lines.found].map(([path, rows]) => [path, columnsOfLines(rows, isHeaded)]));
  const samples = new Map((first[isHeaded ? 1 : 0] ?? []).map((text, index) => [`$${index + 1}`, text]));
  return { ...lines, columns, facts, startsWithHeader, samples };
}

interface Answer<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
}

function gather<T>(files: readonly LoadFile[], answers: readonly Answer<T>[]) {
  const found = new Map<string, T>();
  const failures = new Map<string, Error>();
  for (const [index, { path }] of files.entries()) {
    const { data, error } = answers[index] ?? {};
    if (data !== undefined) found.set(path, data);
    if (error) failures.set(path, error);
  }
  return { found, failures, isReading: found.size + failures.size < files.length };
}

function useColumns(stage: string, files: readonly LoadFile[]) {
  return useQueries({
    queries: files.map(({ path, kind }) => fileColumns({ stage, path }, kind)),
    combine: (answers) => {
      const { found, ...rest } = gather(files, answers);
      return { columns: found, ...rest };
    },
  });
}

function useLines(stage: string, files: readonly LoadFile[]) {
  return useQueries({
    queries: files.map(({ path }) => fileLines({ stage, path })),
    combine: (answers) => gather(files, answers),
  });
}

function useFacts(stage: string, files: readonly LoadFile[]): ReadonlyMap<string, ParquetFacts> {
  return useQueries({
    queries: files.map(({ path }) => parquetFacts({ stage, path })),
    combine: (answers) => gather(files, answers).found,
  });
}

const NO_KIND: FileKind = { format: 'CSV', reading: 'positions' };
const NO_SAMPLE: ReadonlyMap<string, string> = new Map();

function useSample(stage: string, file: LoadFile | undefined): ReadonlyMap<string, string> {
  const { path = '', kind = NO_KIND } = file ?? {};
  const { data } = useQuery({ ...firstRow({ stage, path }, kind), enabled: file !== undefined });
  return data ?? NO_SAMPLE;
}
