export function slimDuck(): string;
export function slimDuckAlias(): { readonly find: RegExp; readonly replacement: string };
export function withoutExports(wasm: Buffer, pattern: RegExp): Buffer<ArrayBuffer>;
