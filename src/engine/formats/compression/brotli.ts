import { corrupt, type Decompress, type PushDecoder, pushThrough } from './codec.ts';

type Brotli = typeof import('brotli-dec-wasm/web');
type WasmSource = WebAssembly.Module | BufferSource | Response;

let loadWasm: (() => Promise<WasmSource>) | undefined;
let loaded: Promise<Brotli> | undefined;

/** Says where the WebAssembly of `brotli-dec-wasm/web` is; without it, it is fetched from beside the script. */
export function initBrotli(load: () => Promise<WasmSource>): void {
  loadWasm ??= load;
}

export const unbrotli: Decompress = (chunks) => pushThrough(chunks, async () => brotliDecoder(await brotli()));

function brotli(): Promise<Brotli> {
  loaded ??= load().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function load(): Promise<Brotli> {
  const glue = await import('brotli-dec-wasm/web');
  await glue.default(loadWasm ? { module_or_path: loadWasm() } : undefined);
  return glue;
}

const OUTPUT_BYTES = 256 << 10;
const SUCCESS = 1;
const NEEDS_OUTPUT = 3;

function brotliDecoder({ BrotliDecStream }: Brotli): PushDecoder {
  const stream = new BrotliDecStream();
  let isWhole = false;
  return {
    *push(bytes) {
      if (isWhole) throw corrupt('brotli data goes on after its end');
      let at = 0;
      for (let code: number = NEEDS_OUTPUT; code === NEEDS_OUTPUT; ) {
        const result = decode(stream, bytes.subarray(at));
        if (result.bytes.length > 0) yield result.bytes;
        at += result.consumed;
        code = result.code;
        isWhole = code === SUCCESS;
      }
    },
    finish() {
      if (!isWhole) throw corrupt('unexpected end of brotli data');
      return [];
    },
    close() {
      stream.free();
    },
  };
}

function decode(stream: InstanceType<Brotli['BrotliDecStream']>, bytes: Uint8Array) {
  const result = stream.dec(bytes, OUTPUT_BYTES);
  try {
    // wasm-bindgen copies the bytes out of its memory.
    return { bytes: result.buf as Uint8Array<ArrayBuffer>, code: result.code, consumed: result.input_offset };
  } finally {
    result.free();
  }
}
