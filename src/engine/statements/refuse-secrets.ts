import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import { maskSecrets } from '../sql/mask.ts';

/** SQL that the catalog keeps, of a view, a task or a procedure, must not hold keys. */
export function refuseSecrets(sql: string, what: string): string {
  if (maskSecrets(sql) === sql) return sql;
  throw new SqlError('BadArguments', `a ${what} must not hold keys: its text is kept in the warehouse`, {
    hint: hint('createConnection'),
  });
}
