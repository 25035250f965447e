import { corrupt, type Decompress, type PushDecoder, pushThrough } from './codec.ts';

/** What zstddec's WebAssembly exports; its own loop over them does not stop at an error. */
interface ZstdExports {
  readonly memory: WebAssembly.Memory;
  malloc(bytes: number): number;
  free(pointer: number): void;
  ZSTD_createDCtx(): number;
  ZSTD_freeDCtx(context: number): void;
  ZSTD_decompressStream(context: number, output: number, input: number): number;
}

export const unzstd: Decompress = (chunks) => pushThrough(chunks, async () => new ZstdDecoder(await zstdExports()));

let loaded: Promise<ZstdExports> | undefined;

function zstdExports(): Promise<ZstdExports> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<ZstdExports> {
  const { ZSTDDecoder } = await import('zstddec/stream');
  const decoder = new ZSTDDecoder();
  const keep = decoder._init;
  let exported: WebAssembly.Exports | undefined;
  decoder._init = (source) => {
    exported = source.instance.exports;
    keep(source);
  };
  await decoder.init();
  // The package names these functions in its own types, but gives them to nobody.
  return exported as unknown as ZstdExports;
}

const OUTPUT_BYTES = 128 << 10;
/** Where pointer, size and position stand in the structs of zstd. */
const SIZE = 4;
const POSITION = 8;
const STRUCT_BYTES = 12;
/** ZSTD_isError: codes of errors are the greatest numbers. */
const LEAST_ERROR = 0xffff_ff88;

class ZstdDecoder implements PushDecoder {
  readonly #zstd: ZstdExports;
  readonly #context: number;
  readonly #output: number;
  readonly #outputBytes: number;
  readonly #input: number;
  /** 0 at the end of a frame. */
  #expected = 0;

  constructor(zstd: ZstdExports) {
    this.#zstd = zstd;
    this.#context = zstd.ZSTD_createDCtx();
    this.#outputBytes = zstd.malloc(OUTPUT_BYTES);
    this.#output = zstd.malloc(STRUCT_BYTES);
    this.#input = zstd.malloc(STRUCT_BYTES);
  }

  *push(bytes: Uint8Array<ArrayBuffer>): Iterable<Uint8Array<ArrayBuffer>> {
    const zstd = this.#zstd;
    const source = zstd.malloc(bytes.length);
    try {
      new Uint8Array(zstd.memory.buffer).set(bytes, source);
      this.#struct(this.#input, source, bytes.length);
      for (let isFull = true; isFull || this.#position(this.#input) < bytes.length; ) {
        const piece = this.#step();
        isFull = piece.length === OUTPUT_BYTES;
        if (piece.length > 0) yield piece;
      }
    } finally {
      zstd.free(source);
    }
  }

  #step(): Uint8Array<ArrayBuffer> {
    const zstd = this.#zstd;
    this.#struct(this.#output, this.#outputBytes, OUTPUT_BYTES);
    const result = zstd.ZSTD_decompressStream(this.#context, this.#output, this.#input) >>> 0;
    if (result >= LEAST_ERROR) throw corrupt(`zstd error ${0x1_0000_0000 - result}`);
    this.#expected = result;
    const length = this.#position(this.#output);
    return new Uint8Array(zstd.memory.buffer).slice(this.#outputBytes, this.#outputBytes + length);
  }

  #struct(at: number, pointer: number, size: number): void {
    const view = new DataView(this.#zstd.memory.buffer);
    view.setUint32(at, pointer, true);
    view.setUint32(at + SIZE, size, true);
    view.setUint32(at + POSITION, 0, true);
  }

  #position(at: number): number {
    return new DataView(this.#zstd.memory.buffer).getUint32(at + POSITION, true);
  }

  finish(): Iterable<Uint8Array<ArrayBuffer>> {
    if (this.#expected !== 0) throw corrupt('unexpected end of zstd data');
    return [];
  }

  close(): void {
    this.#zstd.ZSTD_freeDCtx(this.#context);
    for (const pointer of [this.#outputBytes, this.#output, this.#input]) this.#zstd.free(pointer);
  }
}
