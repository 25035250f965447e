import { listObjects } from '../warehouse/find.ts';
import { shownValues } from '../warehouse/object-tags.ts';
import { defineTable, micros } from './table.ts';

export const tagsTable = defineTable({
  name: 'tags',
  columns: { name: 'String', allowed_values: 'String?', comment: 'String', created_on: 'Timestamp' },
  rows: ({ catalog }) =>
    listObjects(catalog, 'Tag').map(({ name, allowed, comment, createdOn }) => ({
      name,
      allowed_values: allowed ? shownValues(allowed) : null,
      comment,
      created_on: micros(createdOn),
    })),
});
