import { SqlError } from '../../base/errors.ts';
import type { Call } from '../../sql/ast.ts';
import { plain } from '../../types/type.ts';
import { constantText } from './arguments.ts';
import { firstFile } from './inspect-parquet.ts';
import type { TableFunctionSpec } from './table-function.ts';

/** More than that is no look into a file, and would have to be held at once. */
const MOST_BYTES = 64 * 1024 * 1024;

/** file_bytes('@stage/file', offset, length): a part of a file's bytes, fewer where the file ends, and the size of it all. */
export const fileBytes: TableFunctionSpec = {
  name: 'file_bytes',
  columns: [
    { name: 'content', type: plain('Binary'), nullable: false },
    { name: 'size', type: plain('UInt64'), nullable: false },
  ],
  rows: async (call, ctx) => {
    const [offset, length] = [wholeNumber(call, 1), Math.min(MOST_BYTES, wholeNumber(call, 2))];
    const file = await firstFile(call, ctx);
    if (!file) return [];
    const start = Math.min(file.size, offset);
    const end = Math.min(file.size, start + length);
    const content = start < end ? await file.read({ start, end }, ctx.signal) : new Uint8Array();
    ctx.progress.add({ bytes: content.length });
    return [[content, BigInt(file.size)]];
  },
};

function wholeNumber(call: Call, index: number): number {
  const arg = call.args[index];
  const text = arg ? constantText(arg) : '';
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const message = `file_bytes takes a stage path, an offset and a length, but got '${text}'`;
  throw new SqlError('BadArguments', message, { span: (arg ?? call).span });
}
