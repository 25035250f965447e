import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callKernel, runKernel } from '../../test/run-kernel.ts';
import { canonicalJson } from '../../types/json/canonical.ts';
import type { KernelValue } from '../kernel.ts';
import { jsonKernels } from './index.ts';

const byName = new Map(jsonKernels.map((kernel) => [kernel.name, kernel]));

function call(name: string, ...args: readonly KernelValue[]): KernelValue {
  const kernel = byName.get(name);
  if (!kernel) throw new Error(`no kernel ${name}`);
  return callKernel(kernel, ...args);
}

const DOCUMENT = canonicalJson('{"a":{"b":[10,{"c":"x\\ny"},null]},"a.b":1.50,"A":2e0,"é":true,"q\\"":"say \\"hi\\""}');

test('every kernel has a name of its own', () => {
  expect(byName.size).toBe(jsonKernels.length);
});

describe('access', () => {
  test.each<[string, KernelValue, KernelValue]>([
    ['json_get', 'a.b', '1.50'],
    ['json_get', 'A', '2.0e0'],
    ['json_get', 'é', 'true'],
    ['json_get', 'q"', '"say \\"hi\\""'],
    ['json_get', 'zz', null],
    ['json_get', '', null],
    ['json_get', 'a.bc', null],
    ['json_get', 'a.', null],
    ['json_get_text', 'q"', 'say "hi"'],
    ['json_get_text', 'A', '2.0'],
    ['json_get_ic', 'É', 'true'],
    ['json_get_ic', 'a', '{"b":[10,{"c":"x\\ny"},null]}'],
    ['json_get_ic', 'A.B', '1.50'],
    ['json_get_i', 0, null],
    ['json_get_path', 'a.b[0]', '10'],
    ['json_get_path', 'a:b[-1]', 'null'],
    ['json_get_path', '["a"]["b"][1].c', '"x\\ny"'],
    ['json_get_path', '"a.b"', '1.50'],
    ['json_get_path', '["q\\""]', '"say \\"hi\\""'],
    ['json_get_path', '$.a.b[1]', '{"c":"x\\ny"}'],
    ['json_get_path', 'a.b[3]', null],
    ['json_get_path', 'a.b.c', null],
    ['json_get_path_text', 'a.b[1].c', 'x\ny'],
    ['json_get_path_text', 'a.b[2]', null],
    ['json_get_path_text', 'a', '{"b":[10,{"c":"x\\ny"},null]}'],
    ['json_get_keypath', '{a,b,-3}', '10'],
    ['json_get_keypath', '{"a.b"}', '1.50'],
    ['json_get_keypath', '{}', DOCUMENT],
    ['json_field', 'a.b', '1.50'],
  ])('%s of %o is %o', (name, where, result) => {
    expect(call(name, DOCUMENT, where)).toBe(result);
  });

  test.each<[string, number, KernelValue]>([
    ['[1,[2,3],"],",{"a":"]"}]', 3, '{"a":"]"}'],
    ['[1,[2,3],"],"]', 2, '"],"'],
    ['[1,[2,3],"],"]', -2, '[2,3]'],
    ['[1]', -2, null],
    ['[]', 0, null],
    ['{}', 0, null],
    ['1', 0, null],
  ])('element of %s at %i is %s', (json, index, result) => {
    expect(call('json_get_i', json, index)).toBe(result);
  });

  test('a field of a tuple is a member of an object or an element of an array', () => {
    expect(call('json_field', '{"1":"a","2":"b"}', '2')).toBe('"b"');
    expect(call('json_field', '["a","b"]', '2')).toBe('"b"');
    expect(call('json_field', '["a","b"]', 'x')).toBe(null);
  });

  test('paths that are none fail', () => {
    expect(() => call('json_get_path', '{}', 'a[')).toThrow("Invalid JSON Path 'a['");
    expect(() => call('json_get_keypath', '{}', 'a')).toThrow('InvalidKeyPath');
    expect(() => call('json_get_keypath', '{}', '{a,}')).toThrow('InvalidKeyPath');
  });

  test('each row follows its own path', () => {
    const kernel = byName.get('json_get_path');
    const rows = ['a', 'a', 'b', null, 'b'].map((path) => ['{"a":1,"b":2}', path]);
    expect(kernel && runKernel(kernel, rows)).toEqual(['1', '1', '2', null, '2']);
  });

  test('a member is found as JSON.parse finds it', () => {
    const key = fc.string({ unit: 'binary', maxLength: 4 });
    const value = fc.jsonValue({ maxDepth: 2, stringUnit: 'binary', noUnicodeString: false });
    fc.assert(
      fc.property(fc.dictionary(key, value, { maxKeys: 6 }), key, (object, other) => {
        const json = canonicalJson(JSON.stringify(object));
        const parsed = JSON.parse(json);
        for (const name of [other, ...Object.keys(object)]) {
          const expected = Object.hasOwn(parsed, name) ? parsed[name] : undefined;
          const found = call('json_get', json, name);
          expect(found === null ? undefined : JSON.parse(String(found))).toEqual(expected);
        }
      }),
    );
  });
});

describe('conversion', () => {
  test.each<[string, readonly KernelValue[], KernelValue]>([
    ['json_parse', [' {"b":1 , "a":[ ]} ', 0], '{"a":[],"b":1}'],
    ['json_parse', ['nope', 1], null],
    ['json_check', ['[1,'], 'EOF while parsing a value, pos 3'],
    ['json_check', ['[1]'], null],
    ['json_text', ['null'], null],
    ['json_text', ['"a\\u0001b"'], 'a\u0001b'],
    ['json_text', ['1.50e0'], '1.50'],
    ['json_text', ['10'], '10'],
    ['json_text', ['[1.5e0,"\\u0032024-01-01"]'], '[1.5,"2024-01-01"]'],
    ['json_to_i64', ['-12', 0], -12n],
    ['json_to_i64', ['9223372036854775807', 0], 9223372036854775807n],
    ['json_to_i64', ['"456.5"', 0], 457n],
    ['json_to_i64', ['-1.5e0', 0], -2n],
    ['json_to_i64', ['true', 0], 1n],
    ['json_to_i64', ['null', 0], null],
    ['json_to_i64', ['{}', 1], null],
    ['json_to_u64', ['18446744073709551615', 0], 18446744073709551615n],
    ['json_to_f64', ['1.25', 0], 1.25],
    ['json_to_f64', ['1e+16', 0], 1e16],
    ['json_to_f64', ['"-inf"', 0], -Infinity],
    ['json_to_f64', ['false', 0], 0],
    ['json_to_dec', ['1.005', 2, 0], '1.01'],
    ['json_to_dec', ['true', 2, 0], '1.00'],
    ['json_to_dec', ['"x"', 2, 1], null],
    ['json_to_bool', ['"TRUE"', 0], true],
    ['json_to_bool', ['1', 1], null],
  ])('%s%o is %o', (name, args, result) => {
    expect(call(name, ...args)).toBe(result);
  });

  test.each<[string, readonly KernelValue[], string]>([
    ['json_parse', ['nope', 0], 'expected ident, pos 2'],
    ['json_to_i64', ['[1]', 0], 'InvalidCast'],
    ['json_to_i64', ['9223372036854775808', 0], 'number overflowed'],
    ['json_to_u64', ['-1', 0], 'number overflowed'],
    ['json_to_i64', ['"x"', 0], 'invalid digit found in string'],
    ['json_to_f64', ['"x"', 0], 'invalid float literal'],
    ['json_to_bool', ['1', 0], 'InvalidCast'],
  ])('%s%o fails: %s', (name, args, message) => {
    expect(() => call(name, ...args)).toThrow(message);
  });
});

describe('order', () => {
  const ascending = ['false', 'true', '-1e+300', '-10', '-9.5', '0', '1e-7', '0.5', '1', '2', '10', '1e+20']
    .concat(['""', '"\\u0000"', '"A"', '"a"', '"a\\u0000"', '"aa"', '"é"'])
    .concat(['{}', '{"":1}', '{"a":1}', '{"a":1,"b":0}', '{"a":2}', '{"b":0}'])
    .concat(['[]', '[1]', '[1,1]', '[2]', '[[]]', '[null]', 'null']);

  test('sort keys stand in the order of the values', () => {
    const keys = ascending.map((json) => Buffer.from(String(call('json_sort_key', json))));
    for (let i = 1; i < keys.length; i++) {
      const [before, after] = [keys[i - 1], keys[i]];
      expect(before && after && Buffer.compare(before, after), `${ascending[i - 1]} before ${ascending[i]}`).toBe(-1);
    }
  });

  test('numbers of one value have one key', () => {
    for (const spelling of ['10', '10.0', '10.00', '10.0e0', '1e+1'])
      for (const name of ['json_sort_key', 'json_eq_key']) {
        expect(call(name, `[${spelling},"10.0"]`)).toBe(call(name, '[10,"10.0"]'));
      }
    expect(call('json_eq_key', '[0.50,-0.0e0,"1.0"]')).toBe('[5e-1,0,"1.0"]');
  });

  test('sort keys order numbers as numbers', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const key = (value: number) => String(call('json_sort_key', call('json_double', value)));
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(key(a) < key(b)).toBe(a < b);
        expect(key(a) === key(b)).toBe(a === b);
      }),
    );
  });
});

describe('lists', () => {
  test.each<[string, readonly KernelValue[], KernelValue]>([
    ['json_items', ['[1,"a",{"b":[]}]', 0], '\x1e1\x1e"a"\x1e{"b":[]}'],
    ['json_items', ['[]', 0], ''],
    ['json_items', ['null', 0], null],
    ['json_items', ['{}', 1], null],
    ['json_pairs', ['{"a":1,"b":"x"}', 0], '\x1ea\x1f1\x1eb\x1f"x"'],
    ['json_pairs', ['{"\\u001e":1}', 0], '\x1e␞\x1f1'],
    ['json_keys', ['{"a":1,"b":"x"}'], '["a","b"]'],
    ['json_keys', ['[1]'], null],
    ['json_length', ['[1,[2]]'], 2],
    ['json_length', ['{}'], null],
    ['json_flatten', ['{"a":[1],"b":2}', '', 0, 0, 'both'], 'a\x1fa\x1f\x1d\x1f[1]\x1eb\x1fb\x1f\x1d\x1f2'],
    [
      'json_flatten',
      ['{"a":[1]}', '', 0, 1, 'both'],
      'a\x1fa\x1f\x1d\x1f[1]\x1f{"a":[1]}\x1e\x1d\x1fa[0]\x1f0\x1f1\x1f[1]',
    ],
    ['json_flatten', ['{"a":[1]}', 'a', 0, 0, 'array'], '\x1d\x1fa[0]\x1f0\x1f1'],
    ['json_flatten', ['{"a":[1]}', 'a', 0, 0, 'object'], null],
    ['json_flatten', ['1', '', 0, 0, 'both'], null],
    ['json_flatten', [null, '', 1, 0, 'both'], '\x1d\x1f\x1d\x1f\x1d\x1f\x1d\x1f\x1d'],
  ])('%s%o is %o', (name, args, result) => {
    expect(call(name, ...args)).toBe(result);
  });
});

test('items, pairs and rows of FLATTEN are the members and elements that JSON.parse finds', () => {
  const value = fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' });
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 4 }),
      fc.dictionary(fc.string(), value, { maxKeys: 4 }),
      (array, object) => {
        const items = canonicalJson(JSON.stringify(array));
        const pairs = canonicalJson(JSON.stringify(object));
        const values = (text: KernelValue, field: number) =>
          String(text ?? '')
            .split('\x1e')
            .filter((item) => item !== '')
            .map((item) => JSON.parse(item.split('\x1f')[field] ?? ''));
        expect(values(call('json_items', items, 0), 0)).toEqual(JSON.parse(items));
        expect(values(call('json_pairs', pairs, 0), 1)).toEqual(sortedByKey(JSON.parse(pairs)));
        expect(values(call('json_flatten', items, '', 0, 0, 'both'), 3)).toEqual(JSON.parse(items));
        expect(values(call('json_flatten', pairs, '', 0, 0, 'both'), 3)).toEqual(sortedByKey(JSON.parse(pairs)));
      },
    ),
  );
});

/** JSON.parse puts keys that are numbers first. */
function sortedByKey(object: Readonly<Record<string, unknown>>): unknown[] {
  return Object.entries(object)
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([, value]) => value);
}

describe('building and changing', () => {
  test.each<[string, readonly KernelValue[], KernelValue]>([
    ['json_encode_str', ['a"\n'], '"a\\"\\n"'],
    ['json_double', [1.5], '1.5e0'],
    ['json_double', [Number.NaN], 'null'],
    ['json_sorted', ['{"b":1,"a":{"d":1,"c":2}}'], '{"a":{"c":2,"d":1},"b":1}'],
    ['json_object_of', ['"b"\x1f1\x1e"a"\x1f\x1e\x1f2', 0, 0], '{"b":1}'],
    ['json_object_of', ['"b"\x1f1\x1e"a"\x1f\x1e\x1f2', 1, 0], '{"a":null,"b":1}'],
    ['json_object_of', ['', 0, 0], '{}'],
    ['json_object_of', ['1\x1f1', 0, 1], null],
    ['json_minus', ['{"a":1,"b":2}', 'a'], '{"b":2}'],
    ['json_minus', ['["a",1,"b","a"]', 'a'], '[1,"b"]'],
    ['json_minusi', ['[1,2,3]', -1], '[1,2]'],
    ['json_minusi', ['[1,2,3]', 5], '[1,2,3]'],
    ['json_delete_keypath', ['{"a":[1,{"b":2}],"c":3}', '{a,1,b}'], '{"a":[1,{}],"c":3}'],
    ['json_delete_keypath', ['{"a":[1,2]}', '{a,-1}'], '{"a":[1]}'],
    ['json_delete_keypath', ['{"a":1}', '{x,y}'], '{"a":1}'],
    ['json_concat', ['{"a":1,"b":2}', '{"0":0,"b":3}'], '{"0":0,"a":1,"b":3}'],
    ['json_concat', ['[1]', '{"b":3}'], '[1,{"b":3}]'],
    ['json_strip_nulls', ['{"a":null,"b":[null,{"c":null}]}'], '{"b":[null,{}]}'],
    ['json_object_insert', ['{"b":1}', 'a', '2', 0], '{"a":2,"b":1}'],
    ['json_object_insert', ['{"a":1}', 'a', '2', 1], '{"a":2}'],
    ['json_object_insert', ['{"a":1}', 'a', null, 1], '{}'],
    ['json_object_insert', ['{"a":1}', 'b', null, 0], '{"a":1}'],
    ['json_object_delete', ['{"a":1,"b":2,"c":3}', '["a","c"]'], '{"b":2}'],
    ['json_object_pick', ['{"a":1,"b":2,"c":3}', '["c","a","x"]'], '{"a":1,"c":3}'],
    ['json_array_insert', ['[0,1]', 1, '"x"'], '[0,"x",1]'],
    ['json_array_insert', ['[0,1]', -1, '"x"'], '[0,"x",1]'],
    ['json_array_insert', ['[0,1]', 9, '"x"'], '[0,1,"x"]'],
    ['json_array_distinct', ['[1,"a",1.0,null,"a",null]'], '[1,"a",null]'],
    ['json_array_compact', ['[1,null,[null]]'], '[1,[null]]'],
    ['json_array_flatten', ['[[1,[2]],3]'], '[1,[2],3]'],
    ['json_array_reverse', ['[1,2]'], '[2,1]'],
    ['json_array_sort', ['[null,"a",10,9,true,[1],{}]'], '[true,9,10,"a",{},[1],null]'],
    ['json_array_concat', ['[1]', '[2]'], '[1,2]'],
    ['json_array_except', ['[1,2,2,3]', '[2,4]'], '[1,2,3]'],
    ['json_array_intersection', ['[1,2,2,3]', '[2,3.0,2]'], '[2,2,3]'],
    ['json_array_remove', ['[1,2,1]', '1.0'], '[2]'],
    ['json_array_slice', ['[1,2,3,4]', 1, -1], '[2,3]'],
    ['json_array_indexof', ['["a","b"]', '"b"'], 1],
    ['json_array_indexof', ['["a","b"]', '"c"'], -1],
    ['json_array_overlap', ['[1,2]', '[2,3]'], true],
  ])('%s%o is %o', (name, args, result) => {
    expect(call(name, ...args)).toBe(result);
  });

  test.each<[string, readonly KernelValue[], string]>([
    ['json_object_of', ['"b"\x1f1\x1e"b"\x1f2', 0, 0], 'Keys have to be unique'],
    ['json_object_of', ['1\x1f1', 0, 0], 'Key must be a string value'],
    ['json_object_insert', ['{"a":1}', 'a', '2', 0], 'ObjectDuplicateKey'],
    ['json_object_insert', ['[]', 'a', '2', 0], 'Invalid json object'],
    ['json_minus', ['1', 'a'], 'InvalidJsonType'],
  ])('%s%o fails: %s', (name, args, message) => {
    expect(() => call(name, ...args)).toThrow(message);
  });
});

describe('looking at', () => {
  test.each<[string, readonly KernelValue[], KernelValue]>([
    ['json_typeof', ['null'], 'NULL_VALUE'],
    ['json_typeof', ['-1.12'], 'DECIMAL'],
    ['json_typeof', ['11200000000.0e0'], 'DOUBLE'],
    ['json_typeof', ['18446744073709551615'], 'INTEGER'],
    ['json_typeof', ['18446744073709551616'], 'DECIMAL'],
    ['json_pretty', ['{"a":[1,{}],"b":"x"}'], '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": "x"\n}'],
    ['json_has', ['{"a":1}', 'a'], true],
    ['json_has', ['["a"]', 'a'], true],
    ['json_has', ['"a"', 'a'], false],
    ['json_has_any', ['{"a":1}', '["b","a"]'], true],
    ['json_has_all', ['{"a":1}', '["b","a"]'], false],
    ['json_contains', ['[1,2,3]', '1.0'], true],
    ['json_contains', ['[1,2,{"a":1}]', '{"a":1}'], false],
    ['json_contains', ['[[1,2],3]', '[1]'], false],
    ['json_contains', ['[3,[1,2]]', '[[2],3]'], true],
    ['json_contains', ['{"a":{"b":1,"c":2}}', '{"a":{"c":2}}'], true],
    ['json_is_like', ['{"a":["hello world"]}', '%lo_w%'], true],
    ['json_is_like', ['{"hello":1}', 'hello'], false],
    ['json_is_like', ['"50%"', '50\\%'], true],
  ])('%s%o is %o', (name, args, result) => {
    expect(call(name, ...args)).toBe(result);
  });
});

test('a text of 16 MB is a token like any other', () => {
  const text = JSON.stringify('a'.repeat(1 << 24));
  expect(call('json_pretty', text) === text).toBe(true);
  expect(call('json_eq_key', `[${text},1.50]`) === call('json_eq_key', `[${text},1.5]`)).toBe(true);
});
