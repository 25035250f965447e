import { SqlError } from '../../base/errors.ts';
import type { FileFormat } from '../format.ts';
import { textOption } from '../option-values.ts';
import { UNSET_COMPRESSION } from '../text-options.ts';

export interface Compressor {
  /** What the name of a compressed file ends with, a dot first; empty for none. */
  readonly extension: string;
  compress(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
}

const PLATFORM: Readonly<Record<string, { readonly format: CompressionFormat; readonly extension: string }>> = {
  GZIP: { format: 'gzip', extension: '.gz' },
  DEFLATE: { format: 'deflate', extension: '.zl' },
  RAW_DEFLATE: { format: 'deflate-raw', extension: '.deflate' },
};

/** How unloaded text files are compressed; AUTO does not compress. */
export function unloadCompressor(format: FileFormat): Compressor {
  const option = textOption(format, 'COMPRESSION');
  if ([UNSET_COMPRESSION, 'AUTO', 'NONE'].includes(option)) return { extension: '', compress: async (bytes) => bytes };
  const known = PLATFORM[option];
  if (!known) {
    throw new SqlError('Unimplemented', `compress type ${option.toLowerCase()} is unimplemented for unloading`, {
      hint: 'GZIP, DEFLATE, RAW_DEFLATE and NONE can be written.',
    });
  }
  return { extension: known.extension, compress: (bytes) => compressed(bytes, known.format) };
}

async function compressed(bytes: Uint8Array<ArrayBuffer>, format: CompressionFormat): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
