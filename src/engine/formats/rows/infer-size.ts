import { SqlError } from '../../base/errors.ts';
import type { FileSource } from '../format.ts';

const MAX_BYTES = 100 << 20;

/** Refuses to infer the columns of files as large as Databend refuses. */
export function checkInferSize({ path, size }: FileSource): void {
  if (size <= MAX_BYTES) return;
  throw new SqlError('InvalidArgument', `The file '${path}' is too large(maximum allowed: 100.00 MB)`);
}
