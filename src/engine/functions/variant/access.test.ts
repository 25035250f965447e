import { expect, test } from 'vitest';
import { plain } from '../../types/type.ts';
import { resolveOverload } from '../resolve.ts';
import { accessFunctions, variantText } from './access.ts';

/** What `operand[key]` becomes for a constant key. */
function get(name: string, operand: string, key: string | bigint): string {
  const spec = accessFunctions.find((candidate) => candidate.name === name);
  const argTypes = [plain('Variant'), plain(typeof key === 'string' ? 'String' : 'Int64')];
  const lower = spec && resolveOverload(spec, argTypes).overload.lower;
  if (typeof lower !== 'function') throw new Error(`${name} lowers by a function`);
  return lower({
    args: [operand, 'unused'],
    argTypes,
    constants: [undefined, key],
    params: [],
    returns: plain('Variant'),
    timezone: 'UTC',
    toJson: (text) => text,
  });
}

test('a chain of constant keys is one call', () => {
  const first = get('get', 'r1.c0', 'a');
  expect(first).toBe(`json_get_path(r1.c0, '["a"]')`);
  const second = get('get', first, -1n);
  expect(second).toBe(`json_get_path(r1.c0, '["a"][-1]')`);
  const third = get('get', second, `b', "c'`);
  expect(third).toBe(`json_get_path(r1.c0, '["a"][-1]["b'', \\"c''"]')`);
  expect(get('get_string', third, 'd')).toBe(`json_get_path_text(r1.c0, '["a"][-1]["b'', \\"c''"]["d"]')`);
});

test('the text at the end of a path is read with it', () => {
  expect(variantText(get('get', 'r1.c0', 'a'))).toBe(`json_get_path_text(r1.c0, '["a"]')`);
  expect(variantText('r1.c0')).toBe('json_text(r1.c0)');
});
