import { SqlError } from '../base/errors.ts';
import { alter, type Change, type Of } from './alter-change.ts';
import { renamedChecks } from './checks.ts';
import { renamedClusterKey } from './cluster-key.ts';
import { refuseReserved } from './columns.ts';
import { renamedComputed } from './computed.ts';
import { renamedInQuery } from './expr-columns.ts';

export function renameColumn({ column, to }: Of<'RenameColumn'>, change: Change): void {
  const { table } = change;
  if (!table.columns.some(({ name }) => name === column.name)) {
    throw new SqlError('SemanticError', `rename column ${column.name} doesn't exist in table ${table.name}`, {
      span: column.span,
    });
  }
  if (column.name === to.name) {
    throw new SqlError('SemanticError', `new column name is the same as old column name: ${to.name}`, {
      span: to.span,
    });
  }
  if (table.columns.some(({ name }) => name.toLowerCase() === to.name.toLowerCase() && name !== column.name)) {
    throw new SqlError('SemanticError', `new column name ${to.name} already exists`, { span: to.span });
  }
  refuseReserved(to);
  const named = table.columns.map((one) => (one.name === column.name ? { ...one, name: to.name } : one));
  const columns = renamedComputed(named, column.name, to.name);
  const clusterKey = renamedClusterKey(table, column.name, to.name);
  const indexes = table.indexes?.map((index) => ({
    ...index,
    columns: index.columns.map((name) => (name === column.name ? to.name : name)),
    query: index.query === undefined ? undefined : renamedInQuery(index.query, column.name, to.name),
  }));
  const checks = table.checks && renamedChecks(table.checks, column.name, to.name);
  alter(change, { columns, clusterKey, indexes, checks }, new Map([[to.name, column.name]]));
}
