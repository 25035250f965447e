import { SqlError } from '../base/errors.ts';
import type { UserFunction } from '../bind/user-function.ts';
import type { FunctionRecord } from '../warehouse/object.ts';
import { parseFunctionBody } from './syntax/function.ts';
import { withoutPlaces } from './walk.ts';

/** A function of the catalog as the binder puts it in place of its calls. */
export function userFunction({ name, parameters, returns, returnsTable, body }: FunctionRecord): UserFunction {
  const parsed = withoutPlaces(parseFunctionBody(body));
  if (!returnsTable) {
    const value = parsed.kind === 'Query' ? { kind: 'ScalarQuery' as const, query: parsed, span: parsed.span } : parsed;
    return { kind: 'ScalarFunction', parameters, body: value, returns: returns?.[0]?.type };
  }
  if (parsed.kind !== 'Query') throw new SqlError('Internal', `the body of ${name} is no query`);
  return { kind: 'TableValuedFunction', parameters, body: parsed, returns: returns ?? [] };
}
