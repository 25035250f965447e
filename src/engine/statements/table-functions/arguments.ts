import { SqlError } from '../../base/errors.ts';
import type { TypedValue } from '../../bind/binder.ts';
import type { Call, Expr } from '../../sql/ast.ts';
import { cellReader } from '../../types/cell.ts';
import type { StatementContext } from '../context.ts';
import { selectItem, selectQuery } from '../select.ts';

/** The arguments of a table function that takes names and constants. Throws BadArguments for a name it does not know. */
export function namedArguments(call: Call, known: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [index, arg] of call.args.entries()) {
    values.set(argumentName(call, index, known, arg), constantText(arg));
  }
  return values;
}

function argumentName(call: Call, index: number, known: readonly string[], { span }: Expr): string {
  const name = call.argNames[index]?.toLowerCase();
  if (name !== undefined && known.includes(name)) return name;
  const message =
    name === undefined ? `${call.name} takes named arguments only` : `unknown param ${name} for ${call.name}`;
  throw new SqlError('BadArguments', message, { span, suggestions: known });
}

/** The same where any expression may stand: it is evaluated in the session. */
export async function evaluatedArguments(
  call: Call,
  known: readonly string[],
  ctx: StatementContext,
): Promise<ReadonlyMap<string, TypedValue>> {
  const names = call.args.map((arg, index) => argumentName(call, index, known, arg));
  if (names.length === 0) return new Map();
  const { columns, batches } = await ctx.run(
    selectQuery({ items: call.args.map(selectItem), span: call.span }),
    ctx.session,
  );
  const values = new Map<string, TypedValue>();
  for await (const batch of batches) {
    for (const [index, { type }] of columns.entries()) {
      const data = batch.data.children[index];
      if (data) values.set(names[index] ?? '', { type, value: cellReader(data, type)(0) });
    }
  }
  return values;
}

export function constantText(arg: Expr): string {
  if (arg.kind === 'StringLiteral') return arg.value;
  if (arg.kind === 'NumberLiteral') return arg.text;
  throw new SqlError('BadArguments', 'the argument of a table function must be a constant', { span: arg.span });
}
