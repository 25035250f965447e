import { engineTypeName } from '../types/type.ts';
import { listObjects } from '../warehouse/find.ts';
import type { FunctionRecord } from '../warehouse/object.ts';
import { defineTable, micros } from './table.ts';

export const userFunctionsTable = defineTable({
  name: 'user_functions',
  columns: {
    name: 'String',
    is_aggregate: 'Boolean?',
    description: 'String',
    arguments: 'Variant',
    language: 'String',
    definition: 'String',
    created_on: 'Timestamp',
    update_on: 'Timestamp',
  },
  rows: ({ catalog }) =>
    listObjects(catalog, 'Function').map((object) => ({
      name: object.name,
      is_aggregate: false,
      description: object.comment,
      arguments: JSON.stringify(argumentsOf(object)),
      language: 'SQL',
      definition: definitionOf(object),
      created_on: micros(object.createdOn),
      update_on: micros(object.updatedOn),
    })),
});

function argumentsOf({ parameters, returns, returnsTable }: FunctionRecord): object {
  if (!returns) return { parameters: parameters.map(({ name }) => name) };
  const types = { arg_types: parameters.map(({ type }) => (type ? engineTypeName(type) : 'Any')) };
  const columns = returns.map(({ name, type }) => ({ name, type: engineTypeName(type) }));
  return returnsTable ? { ...types, return_table: columns } : { ...types, return_type: columns[0]?.type };
}

/** `(x) -> x + 2`, `(a Int32) RETURNS (Int64) AS a + 2` */
function definitionOf({ parameters, returns, returnsTable, body }: FunctionRecord): string {
  const given = parameters.map(({ name, type }) => (type ? `${name} ${engineTypeName(type)}` : name)).join(', ');
  if (!returns) return `(${given}) -> ${body}`;
  const columns = returns.map(({ name, type }) =>
    returnsTable ? `${name} ${engineTypeName(type)}` : engineTypeName(type),
  );
  return `(${given}) RETURNS ${returnsTable ? 'TABLE ' : ''}(${columns.join(', ')}) AS $$${body}$$`;
}
