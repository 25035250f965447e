import type { ObjectName } from '../sql/ast.ts';
import { engineTypeName, plain } from '../types/type.ts';
import { findFunction } from '../warehouse/find.ts';
import type { FunctionRecord } from '../warehouse/object.ts';
import { column, type Outcome, rowsOutcome, type StatementContext } from './context.ts';
import { at, nameOf } from './names.ts';

/** {DESC | DESCRIBE} FUNCTION */
export async function describeFunction(name: ObjectName, ctx: StatementContext): Promise<Outcome> {
  const found = at(name, () => findFunction(ctx.catalog(), nameOf(name, ctx).parts.at(-1)?.name ?? ''));
  return rowsOutcome(
    [column('Property', plain('String')), column('Value', plain('String'))],
    [
      ['signature', `(${found.parameters.map(shownParameter).join(', ')})`],
      ['returns', shownReturns(found)],
      ['language', 'SQL'],
      ['body', found.body],
    ],
  );
}

const shownParameter = ({ name, type }: FunctionRecord['parameters'][number]) =>
  type ? `${name} ${engineTypeName(type)}` : name;

function shownReturns({ returns = [], returnsTable }: FunctionRecord): string {
  const types = returns.map(({ name, type }) => (returnsTable ? shownParameter({ name, type }) : engineTypeName(type)));
  return returnsTable ? `TABLE (${types.join(', ')})` : types.join('');
}
