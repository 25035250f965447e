import type { FileColumn } from '../../data/staged-file.ts';

/** What one file holds, as far as it is known. */
export interface FileShape {
  readonly path: string;
  readonly columns: readonly FileColumn[];
}

/** One column of several files, by its name or its position. */
export interface MergedColumn {
  readonly name: string;
  /** In the order of the files. */
  readonly found: readonly FoundType[];
  /** The type that takes the values of every file. */
  readonly type: string;
  readonly isNullable: boolean;
  /** Files without it. */
  readonly missing: readonly string[];
}

export interface FoundType {
  readonly type: string;
  readonly files: readonly string[];
}

/** The columns of all files, by name in the order they first occur, or by position. */
export function mergeColumns(files: readonly FileShape[], by: 'name' | 'position'): readonly MergedColumn[] {
  const merged = new Map<string | number, Map<string, FileColumn>>();
  for (const { path, columns } of files)
    for (const [index, column] of columns.entries()) {
      const key = by === 'name' ? column.name : index;
      const seen = merged.get(key) ?? new Map<string, FileColumn>();
      merged.set(key, seen.set(path, column));
    }
  return [...merged.values()].map((seen) => mergedColumn(seen, files));
}

function mergedColumn(seen: ReadonlyMap<string, FileColumn>, files: readonly FileShape[]): MergedColumn {
  const byType = new Map<string, string[]>();
  for (const [path, { type }] of seen) byType.set(type, [...(byType.get(type) ?? []), path]);
  const found = [...byType].map(([type, paths]) => ({ type, files: paths }));
  const missing = files.filter(({ path }) => !seen.has(path)).map(({ path }) => path);
  return {
    ...{ name: [...seen.values()][0]?.name ?? '', found, type: commonType(found), missing },
    isNullable: missing.length > 0 || [...seen.values()].some(({ isNullable }) => isNullable),
  };
}

/** Narrow to wide; UNSIGNED fits into the next wider signed one. */
const INTEGERS: readonly string[] = ['TINYINT', 'SMALLINT', 'INT', 'BIGINT'];

/** Numbers widen; of other types that disagree the one of most files is taken, since the rest can be cast. */
export function commonType(found: readonly FoundType[]): string {
  const [first, ...rest] = [...found].sort((a, b) => b.files.length - a.files.length).map(({ type }) => type);
  if (first === undefined || rest.length === 0) return first ?? 'VARCHAR';
  const widths = [first, ...rest].map(integerWidth);
  if (widths.every((width) => width !== undefined)) return INTEGERS[Math.min(3, Math.max(...widths))] ?? 'BIGINT';
  return [first, ...rest].every(isNumber) ? 'DOUBLE' : first;
}

function integerWidth(type: string): number | undefined {
  const [name = '', unsigned] = type.split(' ');
  const width = INTEGERS.indexOf(name);
  if (width < 0) return undefined;
  return unsigned === 'UNSIGNED' ? width + 1 : width;
}

const isNumber = (type: string) => integerWidth(type) !== undefined || /^(FLOAT|DOUBLE|DECIMAL)\b/.test(type);

/** How a file differs from the columns that were chosen for all: its types, and what it lacks. */
export function differences(path: string, columns: readonly MergedColumn[]): readonly string[] {
  return columns.flatMap(({ name, found, type, missing }) => {
    if (missing.includes(path)) return [`${name} −`];
    const own = found.find(({ files }) => files.includes(path))?.type;
    return own === undefined || own === type ? [] : [`${name} ${own}`];
  });
}
