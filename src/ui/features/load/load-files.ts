import type { StagedFile } from '../../data/stages.ts';
import { type FileKind, fileKind } from '../../data/uploads.ts';

/** A file below the folder that can be loaded. */
export interface LoadFile {
  /** Below the stage. */
  readonly path: string;
  /** Below the folder. */
  readonly name: string;
  readonly size: number;
  readonly kind: FileKind;
}

/** The files below a folder that hold rows, at any depth. */
export function filesBelow(files: readonly StagedFile[], folder: string): readonly LoadFile[] {
  return files.flatMap(({ path, size }) => {
    const kind = path.startsWith(folder) ? fileKind(path) : undefined;
    return kind ? [{ path, name: path.slice(folder.length), size, kind }] : [];
  });
}

/** The format of most of the files. */
export function commonKind(files: readonly LoadFile[]): FileKind | undefined {
  const counts = new Map<string, number>();
  for (const { kind } of files) counts.set(kind.format, (counts.get(kind.format) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return files.find(({ kind }) => kind.format === most?.[0])?.kind;
}

/** The test that PATTERN makes of a path below the folder; undefined when it is no regular expression yet. */
export function patternTest(pattern: string): ((name: string) => boolean) | undefined {
  if (pattern === '') return () => true;
  try {
    const expression = new RegExp(`^${pattern}$`, 'u');
    return (name) => expression.test(name);
  } catch {
    return undefined; // Half typed: the field says so.
  }
}

/** Every folder of a stage that files lie in, and those above them; the root first. */
export function foldersOf(files: readonly StagedFile[]): readonly string[] {
  const folders = new Set(['']);
  for (const { path } of files)
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
      folders.add(path.slice(0, slash + 1));
  return [...folders].sort();
}
