import {
  createDuckDB,
  DEFAULT_RUNTIME,
  type DuckDBBindingsBase,
  type DuckDBRuntime,
  VoidLogger,
} from '@duckdb/duckdb-wasm/blocking';
import type { Kernel } from '../kernels/kernel.ts';
import { connection, type DuckConnection } from './connection.ts';
import { ownExports, withoutGraphics } from './linkage.ts';
import { registerKernel, runKernel, type WasmMemory } from './udf.ts';

/** What the host has of DuckDB's `eh` build. */
export interface DuckHost {
  /** Compiled while the rest of the engine opens. */
  readonly compiled: Promise<WebAssembly.Module>;
}

/** One DuckDB in memory. It never sees a file: batches go in, SQL runs, batches come out. */
export interface Duck {
  readonly version: string;
  connect(): DuckConnection;
  /** Makes a kernel callable from SQL under its name, on connections opened from then on too. */
  register(kernel: Kernel): void;
  /** Bytes of wasm memory in use by the instance. */
  memoryBytes(): number;
}

/** Nothing is loaded by these names. */
const BUNDLE = { mainModule: 'duckdb-eh.wasm', mainWorker: '' };

/** Starts the instance; takes most of a second where the wasm has to be compiled. */
export async function openDuck(host: DuckHost): Promise<Duck> {
  const runtime: DuckDBRuntime = {
    ...DEFAULT_RUNTIME,
    // The stock runtime loses the bytes of VARCHAR results (duckdb-wasm issues 1720 and 1882).
    callScalarUDF: (module, response, id, ...buffers) =>
      runKernel(id, { module: wasmMemory(module), response, buffers }),
  };
  const bindings = (await createDuckDB({ mvp: BUNDLE, eh: BUNDLE }, new VoidLogger(), runtime)) as DuckDBBindingsBase;
  instantiateBy(bindings, await host.compiled, runtime);
  await bindings.instantiate();
  bindings.open({ path: ':memory:', query: { castBigIntToDouble: false } });
  const internal = connection(bindings);
  for (const setting of SETTINGS) internal.run(setting);
  return {
    version: bindings.getVersion(),
    connect: () => connection(bindings),
    register: (kernel) => registerKernel(bindings, internal, kernel),
    memoryBytes: () => wasmMemory(bindings.mod).HEAPU8.byteLength,
  };
}

/** The stock way pipes the bytes through JavaScript: half as slow again, and never out of the cache of compiled code. */
function instantiateBy(bindings: DuckDBBindingsBase, module: WebAssembly.Module, runtime: DuckDBRuntime): void {
  const instantiateWasm = (imports: WebAssembly.Imports, success: InstantiateSuccess) => {
    // The glue around the wasm looks for its runtime there.
    Object.assign(globalThis, { DUCKDB_RUNTIME: runtime });
    void WebAssembly.instantiate(module, withoutGraphics(imports)).then((instance) =>
      success({ exports: ownExports(instance) }, module),
    );
    return {};
  };
  Object.assign(bindings, { instantiateWasm });
}

type InstantiateSuccess = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;

/** The module as it is; its typings stand on a package of emscripten types that we do without. */
function wasmMemory(module: unknown): WasmMemory {
  return module as WasmMemory;
}

const SETTINGS: readonly string[] = [
  // A missing function must be an error, not a request for an extension that hangs on the network.
  'SET autoinstall_known_extensions = false',
  'SET autoload_known_extensions = false',
  'SET enable_external_access = false',
  // Lists unnested beside other columns of a lateral join get the wrong columns, or an internal error (v1.5).
  "SET disabled_optimizers = 'unnest_rewriter'",
  // Databend's default order.
  "SET default_null_order = 'nulls_last'",
];
