import { SqlError } from '../base/errors.ts';
import type { UserFunction } from '../bind/user-function.ts';
import { parseQuery } from '../sql/parser.ts';
import { printQuery } from '../sql/print.ts';
import { printSqlType, quoteName } from '../sql/print-name.ts';
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
  const items = (returns ?? []).map(
    (column, index) => `CAST($${index + 1} AS ${printSqlType(column.type)}) AS ${quoteName(column.name)}`,
  );
  const query = parseQuery(`SELECT ${items.join(', ')} FROM (${printQuery(parsed)}) AS ${quoteName(name)}`);
  return { kind: 'TableValuedFunction', parameters, body: withoutPlaces(query) };
}
