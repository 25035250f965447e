import { SqlError } from '../../base/errors.ts';

export interface NameParts {
  /** Of the location: a folder, whatever it looks like. */
  readonly path: string;
  readonly queryId: string;
  /** `.csv.gz` */
  readonly suffix: string;
}

const PREFIX = 'data_';
/** There is one writer. */
const GROUP = '0000';

/** The name of the n-th file, in the folder of a partition. A path that ends in `data_` begins the name itself. */
export function unloadedName({ path, queryId, suffix }: NameParts, folder: string, index: number): string {
  const cut = path.endsWith(PREFIX) ? path.lastIndexOf('/') + 1 : path.length;
  const [directory, prefix] = [path.slice(0, cut), path.slice(cut) || PREFIX];
  const name = `${prefix}${queryId}_${GROUP}_${String(index).padStart(8, '0')}${suffix}`;
  return [...directory.split('/'), ...folder.split('/'), name].filter((part) => part !== '').join('/');
}

/** The folder that a value of PARTITION BY stands for. */
export function partitionFolder(value: string | null): string {
  if (value === null) return '_NULL_';
  const segments = value.replaceAll('\\', '/').split('/');
  if (segments.includes('..'))
    throw new SqlError('InvalidArgument', 'PARTITION BY path cannot reference parent directory');
  return segments.filter((segment) => segment !== '' && segment !== '.').join('/');
}
