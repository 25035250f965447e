import type { StagedFile } from './stages.ts';

/** A folder of a stage; folders follow from the paths of its files. */
export interface Folder {
  /** With a slash at its end; empty for the root. */
  readonly path: string;
  readonly name: string;
  /** Of the files below it, at any depth. */
  readonly files: number;
  readonly size: number;
}

export interface FolderContent {
  readonly folders: readonly Folder[];
  readonly files: readonly StagedFile[];
}

/** The folders and files that stand directly in a folder. */
export function contentOf(files: readonly StagedFile[], folder: string): FolderContent {
  const folders = new Map<string, Folder>();
  const own: StagedFile[] = [];
  for (const file of files) {
    if (!file.path.startsWith(folder)) continue;
    const rest = file.path.slice(folder.length);
    const slash = rest.indexOf('/');
    if (slash < 0) own.push(file);
    else {
      const path = folder + rest.slice(0, slash + 1);
      const known = folders.get(path);
      folders.set(path, {
        ...{ path, name: rest.slice(0, slash) },
        ...{ files: (known?.files ?? 0) + 1, size: (known?.size ?? 0) + file.size },
      });
    }
  }
  return { folders: [...folders.values()].sort((a, b) => a.name.localeCompare(b.name)), files: own };
}

export type FilterKind = 'name' | 'glob' | 'regex';

/** A test of names by a part of them, a glob or a regular expression; undefined when the expression is not one. */
export function nameFilter(kind: FilterKind, text: string): ((name: string) => boolean) | undefined {
  if (text === '') return () => true;
  if (kind === 'name') return (name) => name.toLowerCase().includes(text.toLowerCase());
  try {
    const pattern = new RegExp(kind === 'glob' ? globSource(text) : text, 'u');
    return (name) => pattern.test(name);
  } catch {
    return undefined; // Half typed: the field says so.
  }
}

function globSource(glob: string): string {
  const source = glob.replace(/[\\^$.+()|[\]{}*?]/g, (sign) => {
    if (sign === '*') return '.*';
    return sign === '?' ? '.' : `\\${sign}`;
  });
  return `^${source}$`;
}
