import { SqlError } from '../base/errors.ts';
import { findSequence, lookUp } from '../warehouse/find.ts';
import { NO_ROWS, type Outcome, type StatementContext } from './context.ts';
import { at } from './names.ts';
import type { CreateSequence, DropSequence } from './syntax/sequence.ts';

export function createSequence(statement: CreateSequence, ctx: StatementContext): Promise<Outcome> {
  const { mode, name, start: next = 1, step = 1, comment = '', span } = statement;
  if (step === 0) throw new SqlError('InvalidArgument', 'the increment of a sequence must not be 0', { span });
  return ctx.transact(async (transaction) => {
    if (mode === 'CREATE IF NOT EXISTS' && lookUp(transaction.state(), 'Sequence', name.name)) return NO_ROWS;
    const definition = { kind: 'Sequence' as const, name: name.name, comment, next, step };
    at(name, () => transaction.create<'Sequence'>(definition, { orReplace: mode === 'CREATE OR REPLACE' }));
    return NO_ROWS;
  });
}

export function dropSequence({ ifExists, name }: DropSequence, ctx: StatementContext): Promise<Outcome> {
  return ctx.transact(async (transaction) => {
    if (ifExists && !lookUp(transaction.state(), 'Sequence', name.name)) return NO_ROWS;
    transaction.drop(at(name, () => findSequence(transaction.state(), name.name)));
    return NO_ROWS;
  });
}
