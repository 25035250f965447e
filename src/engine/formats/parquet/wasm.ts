import { SqlError } from '../../base/errors.ts';

/** parquet-wasm's JavaScript. The instance it works with is a variable of the module, set once and for good. */
export type ParquetGlue = typeof import('parquet-wasm/esm');

/** What the page, a worker or the shell hands in; nothing is loaded before the first use. */
export interface ParquetHost {
  /** Where `parquet-wasm/esm/parquet_wasm.js` can be imported from, on our own origin or as a `file:` URL. */
  readonly glueUrl: string;
  /** The WebAssembly, compiled or not; called once. */
  loadWasm(): Promise<WebAssembly.Module | BufferSource | Response>;
}

let host: ParquetHost | undefined;
let compiled: Promise<WebAssembly.Module> | undefined;
let current: Promise<ParquetGlue> | undefined;
let copies = 0;

/** Wasm memory never shrinks: an instance that has grown beyond this is given up when its call is done. */
const MAX_IDLE_MEMORY = 1 << 30;

/** Says where parquet-wasm is; the first call counts, later ones change nothing. */
export function initParquet(given: ParquetHost): void {
  host ??= given;
}

/**
 * The compiled WebAssembly, for a worker that shall not compile it again.
 * It may be posted to one and given to its `initParquet`.
 */
export function parquetModule(): Promise<WebAssembly.Module> {
  compiled ??= compile().catch((error: unknown) => {
    compiled = undefined;
    throw error;
  });
  return compiled;
}

async function compile(): Promise<WebAssembly.Module> {
  const source = await hostOrThrow().loadWasm();
  if (source instanceof WebAssembly.Module) return source;
  if (!(typeof Response === 'function' && source instanceof Response)) {
    return WebAssembly.compile(source as BufferSource);
  }
  if (!source.ok) throw new SqlError('StorageUnavailable', `parquet-wasm did not load: ${source.status} ${source.url}`);
  const isWasm = source.headers.get('Content-Type')?.startsWith('application/wasm') === true;
  return isWasm ? WebAssembly.compileStreaming(source) : WebAssembly.compile(await source.arrayBuffer());
}

function hostOrThrow(): ParquetHost {
  if (!host) throw new SqlError('Internal', 'parquet-wasm was used before initParquet');
  return host;
}

/** A new instance. The fragment makes the module loader evaluate the glue once more, since it can hold only one. */
async function instantiate(): Promise<ParquetGlue> {
  const module = await parquetModule();
  const url = `${hostOrThrow().glueUrl}#${copies++}`;
  const glue = (await import(/* @vite-ignore */ url)) as ParquetGlue;
  glue.initSync({ module });
  return glue;
}

function instance(): Promise<ParquetGlue> {
  if (current) return current;
  const made = instantiate();
  current = made;
  made.catch(() => {
    // The next call tries again; this failure reaches the caller that awaits it.
    if (current === made) current = undefined;
  });
  return made;
}

/**
 * Runs `task` on the instance, without interruption. What goes wrong in it becomes an error by `fail`.
 * A trap (a panic in Rust, memory that ran out) leaves an instance in an unknown state: it is given up, and the next
 * call gets a new one.
 */
export async function withParquet<Result>(
  task: (glue: ParquetGlue) => Result,
  fail: (reason: string, cause: unknown) => SqlError,
): Promise<Result> {
  const used = instance();
  const glue = await used;
  const abandon = () => {
    if (current === used) current = undefined;
  };
  try {
    return task(glue);
  } catch (error) {
    if (isTrap(error)) abandon();
    throw fail(reasonOf(error), error);
  } finally {
    if (glue.wasmMemory().buffer.byteLength > MAX_IDLE_MEMORY) abandon();
  }
}

/** RangeError: a stack that overflowed, or a buffer that does not fit. */
function isTrap(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
}

function reasonOf(error: unknown): string {
  if (isTrap(error)) return 'it is damaged, or a part of it takes more than 2 GB of memory';
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^(?:Parquet argument error: |Parquet error: |External: )+/, '');
}
