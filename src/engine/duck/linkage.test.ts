import { expect, test } from 'vitest';
import { ownExports, withoutGraphics } from './linkage.ts';

test('the glue is shown what is not named for extensions', () => {
  const call = () => 0;
  const exports = { malloc: call, duckdb_web_open: call, _ZN6duckdb5ValueC1Ev: call, orig$_ZN6duckdb5ValueC1Ev: call };
  expect(Object.keys(ownExports({ exports }))).toEqual(['malloc', 'duckdb_web_open']);
});

test('functions of OpenGL have no address, and nothing of them is asked for', () => {
  const asked: string[] = [];
  const address = new WebAssembly.Global({ value: 'i32', mutable: true }, 7);
  const get = (_: object, name: string) => {
    asked.push(name);
    return address;
  };
  const imports = withoutGraphics({ env: {}, 'GOT.func': new Proxy({}, { get }) });
  expect(imports['GOT.func']?.['free']).toBe(address);
  expect(imports['GOT.func']?.['emscripten_glFinish']).toMatchObject({ value: 0 });
  expect(asked).toEqual(['free']);
});
