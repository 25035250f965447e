import { engineTypeName } from '../types/type.ts';
import { listObjects } from '../warehouse/find.ts';
import type { ProcedureRecord } from '../warehouse/object.ts';
import { defineTable, micros } from './table.ts';

export const proceduresTable = defineTable({
  name: 'procedures',
  columns: {
    name: 'String',
    procedure_id: 'UInt64',
    arguments: 'String',
    comment: 'String',
    description: 'String',
    created_on: 'Timestamp',
  },
  rows: ({ catalog }) =>
    listObjects(catalog, 'Procedure').map((procedure) => ({
      name: procedure.procedure,
      procedure_id: BigInt(procedure.id),
      arguments: argumentsText(procedure),
      comment: procedure.comment,
      description: 'user-defined procedure',
      created_on: micros(procedure.createdOn),
    })),
});

/** `p1(Int32) RETURN (Int32)` */
function argumentsText({ name, returns }: ProcedureRecord): string {
  return `${name} RETURN (${returns.map(({ type }) => engineTypeName(type)).join(',')})`;
}
