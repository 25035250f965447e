import { SqlError } from '../../base/errors.ts';
import type { SelectedFile } from '../../stages/files.ts';
import type { Cell } from '../../types/cell.ts';
import { plain, type Schema } from '../../types/type.ts';
import { namedArguments } from './arguments.ts';
import { locate } from './location.ts';
import type { TableFunctionSpec } from './table-function.ts';

export const LIST_COLUMNS: Schema = [
  { name: 'name', type: plain('String'), nullable: false },
  { name: 'size', type: plain('UInt64'), nullable: false },
  { name: 'md5', type: plain('String'), nullable: true },
  { name: 'last_modified', type: plain('String'), nullable: false },
  { name: 'creator', type: plain('String'), nullable: true },
];

/** As LIST; with MAX_FILE_COUNT it stops there, with START_AFTER it begins behind a file, and with a URL and its CONNECTION_NAME no stage is needed: ours, not Databend's. */
export const listStage: TableFunctionSpec = {
  name: 'list_stage',
  columns: LIST_COLUMNS,
  rows: async (call, ctx) => {
    const values = namedArguments(call, ['location', 'pattern', 'connection_name', 'max_file_count', 'start_after']);
    const location = values.get('location');
    if (location === undefined)
      throw new SqlError('BadArguments', 'list_stage must specify location', { span: call.span });
    const most = values.get('max_file_count');
    const place = { location, pattern: values.get('pattern'), connection: values.get('connection_name') };
    const part = { most: most === undefined ? undefined : Number(most), after: values.get('start_after') };
    const { files } = await locate({ ...place, ...part }, call, ctx);
    return files.map(listRow);
  },
};

/** A file as LIST shows it; the column md5 has always held the ETag. */
export function listRow({ path, info }: SelectedFile): readonly Cell[] {
  const modified = info.lastModified === undefined ? '' : modifiedText(info.lastModified);
  return [path, BigInt(info.size), info.etag ?? null, modified, null];
}

/** `2025-01-01 10:20:30.400 +0000` */
function modifiedText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('T', ' ').replace('Z', ' +0000');
}
