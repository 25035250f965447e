/**
 * DuckDB is built so that extensions can be linked to it while it runs: 75,000 of its functions are exported under their
 * C++ names, and the glue around the wasm puts each of them into its tables of symbols. No extension is ever loaded here,
 * so the glue is shown none of those names, which is a third of the time that DuckDB takes to start.
 */

const FOR_EXTENSIONS = /^(?:orig\$|_Z)/;

/** What the glue itself calls of the instance. */
export function ownExports(instance: WebAssembly.Instance): WebAssembly.Exports {
  const own: Record<string, WebAssembly.ExportValue> = {};
  for (const name in instance.exports) {
    const value = instance.exports[name];
    if (value !== undefined && !FOR_EXTENSIONS.test(name)) own[name] = value;
  }
  return own;
}

const FUNCTION_ADDRESSES = 'GOT.func';

/**
 * The imports with no address for functions of OpenGL: the library that asks for them is never called, and the glue would
 * compile a module of wasm for each.
 */
export function withoutGraphics(imports: WebAssembly.Imports): WebAssembly.Imports {
  const addresses = imports[FUNCTION_ADDRESSES] ?? {};
  const nowhere = new WebAssembly.Global({ value: 'i32', mutable: true }, 0);
  const isGraphics = (name: string | symbol) => typeof name === 'string' && name.startsWith('emscripten_gl');
  return {
    ...imports,
    [FUNCTION_ADDRESSES]: new Proxy(addresses, {
      get: (target, name) => (isGraphics(name) ? nowhere : Reflect.get(target, name)),
    }),
  };
}
