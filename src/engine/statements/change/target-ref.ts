import { SqlError } from '../../base/errors.ts';
import type { Identifier, ObjectName } from '../../sql/ast.ts';
import type { NamedTable } from '../../sql/ast-query.ts';

/** The target of a statement as it is written. */
interface NamedTarget {
  readonly table: ObjectName;
  readonly alias: Identifier | undefined;
}

/** How a statement calls its target. */
export function ownerOf({ table, alias }: NamedTarget): Identifier {
  const owner = alias ?? table.parts.at(-1);
  if (!owner) throw new SqlError('Internal', 'a table has a name');
  return owner;
}

/** The target in FROM. */
export function targetRef({ table, alias }: NamedTarget): NamedTable {
  return {
    kind: 'NamedTable',
    name: table,
    alias: alias && { name: alias, columns: [] },
    travel: undefined,
    changes: undefined,
    streamOptions: undefined,
    sample: undefined,
    pivot: undefined,
    span: table.span,
  };
}
