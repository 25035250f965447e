import { isAbort, SqlError } from '../../base/errors.ts';
import { type ErrorHint, hint } from '../../base/hints.ts';
import { showBytes } from './bytes.ts';
import { notFound } from './errors.ts';
import { isNamed } from './handles.ts';

/** What a person is told when the place itself is closed to the page. */
export interface Closed {
  readonly message: string;
  readonly hint: ErrorHint;
}

/** What a directory handle threw, as the engine's error; what is not the browser's own passes through. */
export async function storageError(error: unknown, path: string, closed: Closed): Promise<unknown> {
  if (error instanceof SqlError || isAbort(error)) return error;
  const options = { cause: error };
  if (isNamed(error, 'QuotaExceededError')) return quotaError(path, error);
  if (isNamed(error, 'NotAllowedError', 'SecurityError')) {
    return new SqlError('StoragePermissionDenied', closed.message, { ...options, hint: closed.hint });
  }
  if (isNamed(error, 'NotFoundError')) return notFound(path, error);
  if (isNamed(error, 'TypeMismatchError', 'InvalidModificationError')) {
    const message = `file '${path}' cannot be written, because a folder stands where a file is meant, or a file where a folder is`;
    return new SqlError('StorageOther', message, options);
  }
  if (isNamed(error, 'NoModificationAllowedError')) {
    return new SqlError('StorageOther', `file '${path}' is in use by another page`, options);
  }
  if (error instanceof DOMException) return new SqlError('StorageOther', `file '${path}': ${error.message}`, options);
  return error;
}

/** Browsers tell a quota that leaves out how full the disk is, so that both are named. */
async function quotaError(path: string, cause: unknown): Promise<SqlError> {
  const { usage = 0, quota = 0 } = await navigator.storage.estimate();
  const message = `no room for file '${path}': this site keeps ${showBytes(usage)} of the ${showBytes(quota)} that the browser grants at most, and the disk or that limit is full`;
  return new SqlError('StorageOther', message, { cause, hint: hint('makeRoom') });
}
