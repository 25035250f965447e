import { SqlError } from '../../base/errors.ts';
import type { Call, Expr } from '../../sql/ast.ts';

/** The arguments of a table function that takes names and constants. Throws BadArguments for a name it does not know. */
export function namedArguments(call: Call, known: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [index, arg] of call.args.entries()) {
    const name = call.argNames[index]?.toLowerCase();
    if (name === undefined || !known.includes(name)) {
      throw new SqlError('BadArguments', `unknown param ${name ?? ''} for ${call.name}`, {
        span: arg.span,
        suggestions: known,
      });
    }
    values.set(name, constantText(arg));
  }
  return values;
}

export function constantText(arg: Expr): string {
  if (arg.kind === 'StringLiteral') return arg.value;
  if (arg.kind === 'NumberLiteral') return arg.text;
  throw new SqlError('BadArguments', 'the argument of a table function must be a constant', { span: arg.span });
}
