import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { yieldToMessages } from '../../base/async.ts';
import { plain } from '../../types/type.ts';
import { firstFile } from './inspect-parquet.ts';
import type { TableFunctionSpec } from './table-function.ts';

const PIECE = 4 * 1024 * 1024;

/** file_md5('@stage/file'): the hash of a file's bytes, for stores whose LIST has none. Reads the whole file. */
export const fileMd5: TableFunctionSpec = {
  name: 'file_md5',
  columns: [{ name: 'md5', type: plain('String'), nullable: false }],
  rows: async (call, ctx) => {
    const file = await firstFile(call, ctx);
    if (!file) return [];
    const hash = md5.create();
    for (let start = 0; start < file.size; start += PIECE) {
      hash.update(await file.read({ start, end: Math.min(file.size, start + PIECE) }, ctx.signal));
      ctx.progress.add({ bytes: Math.min(PIECE, file.size - start) });
      await yieldToMessages();
    }
    return [[bytesToHex(hash.digest())]];
  },
};
