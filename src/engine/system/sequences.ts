import { listObjects } from '../warehouse/find.ts';
import { defineTable, micros } from './table.ts';

export const sequencesTable = defineTable({
  name: 'sequences',
  columns: {
    name: 'String',
    interval: 'Int64',
    current: 'UInt64',
    created_on: 'Timestamp',
    updated_on: 'Timestamp',
    comment: 'String?',
  },
  rows: ({ catalog }) =>
    listObjects(catalog, 'Sequence').map(({ name, step, next, createdOn, updatedOn, comment }) => ({
      name,
      interval: BigInt(step),
      current: BigInt(next),
      created_on: micros(createdOn),
      updated_on: micros(updatedOn),
      comment: comment || null,
    })),
});
