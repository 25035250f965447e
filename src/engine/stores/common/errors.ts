import { SqlError } from '../../base/errors.ts';

export function notFound(path: string, cause?: unknown): SqlError {
  return new SqlError('StorageNotFound', `file '${path}' does not exist`, { cause });
}

/** What `write` with `ifAbsent` throws when another writer was first. */
export function alreadyExists(path: string, cause?: unknown): SqlError {
  return new SqlError('InvalidOperation', `file '${path}' already exists`, { cause });
}
