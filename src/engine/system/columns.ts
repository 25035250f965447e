import { type Column, type Schema, typeName } from '../types/type.ts';
import { databasesOf, type Relation, relationsOf } from '../warehouse/find.ts';
import type { TableColumn } from '../warehouse/object.ts';
import { defineTable, type SystemContext } from './table.ts';

/** One column of whatever can be read by name. */
export interface ListedColumn {
  readonly database: string;
  readonly table: string;
  readonly column: Column & Pick<TableColumn, 'default' | 'comment'>;
}

export const columnsTable = defineTable({
  name: 'columns',
  columns: {
    name: 'String',
    database: 'String',
    table: 'String',
    type: 'String',
    data_type: 'String',
    default_kind: 'String',
    default_expression: 'String',
    is_nullable: 'String',
    comment: 'String',
  },
  rows: async (context) =>
    (await listColumns(context)).map(({ database, table, column }) => ({
      name: column.name,
      database,
      table,
      type: typeName(column.type),
      data_type: typeName(column.type),
      default_kind: column.default === undefined ? '' : 'DEFAULT',
      default_expression: column.default ?? '',
      is_nullable: column.nullable ? 'YES' : 'NO',
      comment: column.comment ?? '',
    })),
});

/** A stream has those of its table, as long as that is there. */
function relationColumns(relation: Relation, { catalog, viewColumns }: SystemContext): Schema | Promise<Schema> {
  if (relation.kind === 'View') return viewColumns(relation);
  const table = relation.kind === 'Table' ? relation : catalog.objects.get(relation.tableId);
  return table?.kind === 'Table' ? table.columns : [];
}

/** Each table's columns in its order: tables and views of the warehouse, then the system's. */
export async function listColumns(context: SystemContext): Promise<readonly ListedColumn[]> {
  const { catalog } = context;
  const listed: ListedColumn[] = [];
  for (const database of databasesOf(catalog)) {
    for (const relation of relationsOf(catalog, database)) {
      const columns = await relationColumns(relation, context);
      listed.push(...columns.map((column) => ({ database: database.name, table: relation.name, column })));
    }
  }
  const system = context.systemTables.flatMap(({ database, name, columns }) =>
    columns.map((column) => ({ database, table: name, column })),
  );
  return [...listed, ...system];
}
