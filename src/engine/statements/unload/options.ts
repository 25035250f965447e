import { SqlError } from '../../base/errors.ts';
import type { CopyIntoLocation } from '../syntax/copy-location.ts';

/** What the options of COPY INTO a location come to. */
export interface UnloadOptions {
  readonly single: boolean;
  /** Bytes before compression after which a file is closed; undefined where the format decides. */
  readonly maxFileSize: number | undefined;
  readonly overwrite: boolean;
  readonly useRawPath: boolean;
  readonly detailedOutput: boolean;
}

/** Throws InvalidArgument for options that do not go together. */
export function unloadOptions(copy: CopyIntoLocation): UnloadOptions {
  const { single = false, overwrite = false, useRawPath = false, includeQueryId, partitionBy, span } = copy;
  const problem = [
    includeQueryId === false && copy.useRawPath === false
      ? 'conflict copy_options: include_query_id=false and use_raw_path=false'
      : undefined,
    includeQueryId === false && !useRawPath
      ? 'include_query_id=false can only be set when use_raw_path=true'
      : undefined,
    useRawPath && !single ? 'use_raw_path=true can only be set when single=true' : undefined,
    overwrite && !(single && useRawPath)
      ? 'overwrite=true can only be set when single=true and use_raw_path=true for now'
      : undefined,
    partitionBy && single ? 'PARTITION BY cannot be used together with single=true' : undefined,
  ].find((message) => message !== undefined);
  if (problem !== undefined) throw new SqlError('InvalidArgument', problem, { span });
  const maxFileSize = copy.maxFileSize || undefined;
  return { single, overwrite, useRawPath, maxFileSize, detailedOutput: copy.detailedOutput === true };
}
