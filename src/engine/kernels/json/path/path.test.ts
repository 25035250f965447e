import { describe, expect, test } from 'vitest';
import { callKernel } from '../../../test/run-kernel.ts';
import type { KernelValue } from '../../kernel.ts';
import { pathKernels } from './index.ts';

const byName = new Map(pathKernels.map((kernel) => [kernel.name, kernel]));

function call(name: string, json: string, path: string): KernelValue {
  const kernel = byName.get(name);
  if (!kernel) throw new Error(`no kernel ${name}`);
  return callKernel(kernel, json, path);
}

const LIST = '[1,2,3,4,5,6]';
const PHONES =
  '{"name":"Fred","phones":[{"number":3720453,"type":"home"},{"number":5062051.50,"type":"work"}],"x y":{"z":null}}';

test.each([
  [LIST, '$[0, 2 to last, 4]', '[1,3,4,5,6,5]'],
  [LIST, '$[last-1 to last]', '[5,6]'],
  [LIST, '$[-1]', '[6]'],
  [LIST, '$[7]', '[]'],
  [LIST, '$[*] ? (@ > 2 && @ <= 4)', '[3,4]'],
  [LIST, '$[*]?(@ == 1 || !(@ < 6))', '[1,6]'],
  [LIST, '$[0] + $[5] * 2', '[13]'],
  [LIST, '-$[0]', '[-1]'],
  [LIST, '$[5] / 4', '[1.5e0]'],
  [LIST, '$[5] % 4', '[2]'],
  [PHONES, '$', `[${PHONES}]`],
  [PHONES, 'name', '["Fred"]'],
  [PHONES, '$.phones[*].number', '[3720453,5062051.50]'],
  [PHONES, 'phones[1]:type', '["work"]'],
  [PHONES, '$["x y"].z', '[null]'],
  [PHONES, '$."x y".*', '[null]'],
  [PHONES, '$.phones.number', '[]'],
  [PHONES, '$.phones[*]?(@.type == "home").number', '[3720453]'],
  [PHONES, '$.phones[*] ? (@.type starts with "w")', '[{"number":5062051.50,"type":"work"}]'],
  [PHONES, '$.phones[*] ? (exists(@.fax))', '[]'],
  [PHONES, '$.phones[*] ? (@.number == 5062051.5).type', '["work"]'],
  [PHONES, '$.phones[*] ? (@.number < $.phones[1].number).type', '["home"]'],
  [PHONES, '$.**{2}', '[{"number":3720453,"type":"home"},{"number":5062051.50,"type":"work"},null]'],
  [PHONES, '$.**{3 to last}', '[3720453,"home",5062051.50,"work"]'],
  ['{"a":{"a":1}}', '$.**', '[{"a":{"a":1}},{"a":1},1]'],
  ['{"a":1,"b":"1"}', '$.a == $.b', '[false]'],
  ['{"a":null}', '$.a == null', '[true]'],
])('%s at %s is %s', (json, path, result) => {
  expect(call('json_path_array', json, path)).toBe(result);
});

describe('the forms of the question', () => {
  test('first, items, exists and match', () => {
    expect(call('json_path_first', LIST, '$[*]?(@ > 2)')).toBe('3');
    expect(call('json_path_first', LIST, '$.a')).toBe(null);
    expect(call('json_path_items', LIST, '$[0,1]')).toBe('\x1e1\x1e2');
    expect(call('json_path_items', LIST, '$.a')).toBe('');
    expect(call('json_path_exists', PHONES, '$.phones')).toBe(true);
    expect(call('json_path_exists', PHONES, '$.fax')).toBe(false);
    expect(call('json_path_match', PHONES, '$.phones[0].number > 1')).toBe(true);
    expect(call('json_path_match', PHONES, '$.fax > 1')).toBe(false);
    expect(call('json_path_match', PHONES, '$.name')).toBe(null);
  });

  test.each(['$[', '$.a b', '$.a ? (', '$.a &&', '$[1 to]', '$.a ? (@ > )', '$.**{x}'])('%s is no path', (path) => {
    expect(() => call('json_path_array', LIST, path)).toThrow(`Invalid JSON Path '${path}'`);
  });
});
