import { SqlError } from '../../base/errors.ts';
import { hint } from '../../base/hints.ts';
import { unbrotli } from './brotli.ts';
import { bunzip2 } from './bzip2.ts';
import type { Chunks, Decompress } from './codec.ts';
import { inflate, unzlib } from './deflate.ts';
import { type Codec, detectCodec } from './detect.ts';
import { gunzip } from './gzip.ts';
import { unxz } from './xz.ts';
import { unzip } from './zip.ts';
import { unzstd } from './zstd.ts';

const DECOMPRESS: { readonly [K in Codec]: Decompress } = {
  none: (chunks) => chunks,
  gzip: gunzip,
  zlib: unzlib,
  deflate: inflate,
  zstd: unzstd,
  brotli: unbrotli,
  xz: unxz,
  bzip2: bunzip2,
  zip: unzip,
};

/** The content of a whole-file compression; `option` is a value of COMPRESSION. */
export async function* decompressed(
  chunks: Chunks,
  option: string,
  path: string,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    const first = await firstBytes(iterator);
    if (first.length === 0) return;
    const codec = detectCodec(option, path, first);
    yield* DECOMPRESS[codec](resumed(first, iterator));
  } catch (error) {
    throw inFile(error, path);
  } finally {
    await iterator.return?.();
  }
}

/** Decoders know their bytes alone. */
function inFile(error: unknown, path: string): unknown {
  if (!(error instanceof SqlError) || error.kind !== 'InvalidCompressionData') return error;
  return new SqlError(error.kind, `${error.message}\nat file '${path}'`, {
    cause: error.cause,
    hint: hint('wholeFile'),
  });
}

/** What the first bytes of any codec fit into. */
const SIGNATURE_BYTES = 16;

async function firstBytes(iterator: AsyncIterator<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>> {
  let first = new Uint8Array(0);
  while (first.length < SIGNATURE_BYTES) {
    const step = await iterator.next();
    if (step.done) break;
    const longer = new Uint8Array(first.length + step.value.length);
    longer.set(first);
    longer.set(step.value, first.length);
    first = longer;
  }
  return first;
}

async function* resumed(
  first: Uint8Array<ArrayBuffer>,
  rest: AsyncIterator<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  yield first;
  for (let step = await rest.next(); !step.done; step = await rest.next()) yield step.value;
}
