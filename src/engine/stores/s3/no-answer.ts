import { SqlError } from '../../base/errors.ts';
import { hint } from '../../base/hints.ts';
import { corsRule } from '../common/cors.ts';
import { S3Failure } from './failure.ts';

/**
 * No answer came, or none that a page may see: `fetch` does not tell the two apart.
 * Without an origin the request came from no page, and no rule forbids it.
 */
export function noAnswer(host: string, origin: string | undefined, cause: unknown): SqlError {
  const failure = new S3Failure(0, 'NoAnswer', cause instanceof Error ? cause.message : String(cause));
  if (origin === undefined) {
    return new SqlError('StorageUnavailable', `cannot reach ${host}`, {
      hint: hint('checkEndpoint'),
      cause: failure,
    });
  }
  return new SqlError('StorageUnavailable', `no answer from ${host} that this page may see`, {
    hint: hint('bucketCors', origin),
    snippet: corsRule(origin),
    cause: failure,
  });
}
