import { SqlError } from '../../base/errors.ts';
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
      hint: 'Check ENDPOINT_URL and the network.',
      cause: failure,
    });
  }
  return new SqlError('StorageUnavailable', `no answer from ${host} that this page may see`, {
    hint: `Most likely the bucket has no CORS rule for ${origin}: add the rule below to it. It may also be that ENDPOINT_URL is wrong or the network is down.`,
    snippet: corsRule(origin),
    cause: failure,
  });
}
