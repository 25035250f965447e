import { showFormat } from '../formats/show-options.ts';
import { listObjects } from '../warehouse/find.ts';
import { defineTable } from './table.ts';

export const fileFormatsTable = defineTable({
  name: 'file_formats',
  columns: { name: 'String', format_options: 'String' },
  rows: ({ catalog }) =>
    listObjects(catalog, 'FileFormat').map(({ name, format }) => ({ name, format_options: showFormat(format) })),
});
