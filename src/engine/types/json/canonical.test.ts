import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tries } from '../../test/long.ts';
import { canonicalize, canonicalizeOwn, canonicalJson } from './canonical.ts';
import { ByteSink } from './sink.ts';

function failure(text: string): string {
  try {
    return `no error, but ${canonicalJson(text)}`;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

const eof = 'EOF while parsing a value';

describe('literals', () => {
  test.each([
    ['', 'null'],
    [' \n\t\r\f ', 'null'],
    ['null', 'null'],
    ['NULL', 'null'],
    [' True ', 'true'],
    ['falSE', 'false'],
    ['nan', 'null'],
    ['NaN', 'null'],
    ['+infinity', 'null'],
    ['-INFINITY', 'null'],
  ])('%j is %s', (text, canonical) => {
    expect(canonicalJson(text)).toBe(canonical);
  });

  test.each([
    ['n', `${eof}, pos 1`],
    ['nul', 'expected ident, pos 2'],
    ['nulla', 'trailing characters, pos 5'],
    ['t', `${eof}, pos 1`],
    ['truz', 'expected ident, pos 4'],
    ['faz', 'expected ident, pos 3'],
    ['falsea', 'trailing characters, pos 6'],
    ['abc', 'expected value, pos 1'],
    ['\\0', 'expected value, pos 1'],
    ['-nan', 'invalid number, pos 4'],
  ])('%j fails: %s', (text, message) => {
    expect(failure(text)).toBe(`JsonSyntaxError: ${message}`);
  });
});

describe('numbers', () => {
  test.each([
    ['0', '0'],
    ['-17', '-17'],
    ['18446744073709551615', '18446744073709551615'],
    ['99999999999999999999999999999999999999', '99999999999999999999999999999999999999'],
    ['-99999999.999999999999999999999999999999', '-99999999.999999999999999999999999999999'],
    ['9'.repeat(76), '9'.repeat(76)],
    ['154.50', '154.50'],
    ['1.0', '1.0'],
    ['-0.5', '-0.5'],
    ['-0', '0'],
    ['-0.00', '0.00'],
    ['+1', '1'],
    ['+10', '10'],
    ['001', '1'],
    ['0000012', '12'],
    ['00', '0'],
    ['.12', '0.12'],
    ['-.5', '-0.5'],
    ['12.', '12'],
    ['0.', '0'],
    ['00.10', '0.10'],
    ['0x1F', '31'],
    ['0XABCDEF', '11259375'],
    ['-0x10', '-16'],
    ['0xffffffffffffffffffffffffffffffff', '340282366920938463463374607431768211455'],
  ])('%s is %s, digit by digit', (text, canonical) => {
    expect(canonicalJson(text)).toBe(canonical);
  });

  test.each([
    ['1.912e2', '191.2e0'],
    ['1.12e10', '11200000000.0e0'],
    ['1.e1', '10.0e0'],
    ['1e16', '1e+16'],
    ['2.5E-7', '2.5e-7'],
    ['+5e0', '5.0e0'],
    ['-0e0', '-0.0e0'],
    ['0XABC.DEF', '2748.870849609375e0'],
    ['9'.repeat(77), '1e+77'],
    [`0.${'1'.repeat(77)}`, '0.1111111111111111e0'],
  ])('%s is the double %s', (text, canonical) => {
    expect(canonicalJson(text)).toBe(canonical);
  });

  test('what a double cannot hold is null, as Databend prints it', () => {
    expect(canonicalJson('[1e400,-1e400,1e-400]')).toBe('[null,null,0.0e0]');
  });

  test.each([
    ['+', 'invalid number, pos 1'],
    ['.', 'invalid number, pos 1'],
    ['-', 'invalid number, pos 1'],
    ['1.a', 'trailing characters, pos 3'],
    ['1a', 'trailing characters, pos 2'],
    ['1e', 'invalid number, pos 2'],
    ['1e+', 'invalid number, pos 3'],
    ['1.2.3', 'invalid number, pos 3'],
    ['0x', 'invalid number, pos 2'],
    ['0x1.', 'invalid number, pos 4'],
    ['0x100000000000000000000000000000000', 'invalid number, pos 35'],
  ])('%s fails: %s', (text, message) => {
    expect(failure(text)).toBe(`JsonSyntaxError: ${message}`);
  });
});

describe('texts', () => {
  test.each([
    ['"abc"', '"abc"'],
    ["'abc'", '"abc"'],
    [`'say "hi"'`, '"say \\"hi\\""'],
    [`"it's"`, `"it's"`],
    ['"a\nb\u0001"', '"a\\nb\\u0001"'],
    ['"\\/\\u0041\\u000A\\u001F"', '"/A\\n\\u001f"'],
    ['"\\"\\\\\\b\\f\\n\\r\\t\\u000b"', '"\\"\\\\\\b\\f\\n\\r\\t\\u000b"'],
    ['"\\u{00e9}\\u5b57"', '"é字"'],
    ['"\\uD83C\\uDF95"', '"🎕"'],
    ['"\\uDEAD"', '"\\\\uDEAD"'],
    ['"\\uDC00\\uD800"', '"\\\\uDC00\\\\uD800"'],
    ['"\\uD800\\uDA00"', '"\\\\uD800\\\\uDA00"'],
    ['"\\uD800x"', '"\\\\uD800x"'],
    ['"\\u0032024-01-01"', '"2024-01-01"'],
    ['"\u007f"', '"\u007f"'],
  ])('%s is %s', (text, canonical) => {
    expect(canonicalJson(text)).toBe(canonical);
  });

  test.each([
    ['"', `${eof}, pos 1`],
    ['"ab', `${eof}, pos 3`],
    ['"lol"a', 'trailing characters, pos 6'],
    ['"\\d"', "invalid escaped '64', pos 4"],
    ['"\\d', `${eof}, pos 3`],
    [`'\\''`, "invalid escaped '27', pos 4"],
    ['"\\uZZZZ"', "invalid hex '5A', pos 8"],
    ['"\\u{0041x"', 'unexpected end of hex escape, pos 4'],
    ['"\\u00', `${eof}, pos 7`],
    ['"\\', `${eof}, pos 2`],
    ['"\\u', `${eof}, pos 3`],
  ])('%s fails: %s', (text, message) => {
    expect(failure(text)).toBe(`JsonSyntaxError: ${message}`);
  });

  test('bytes that are not UTF-8 are refused', () => {
    const sink = new ByteSink();
    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82]]) {
      const source = Uint8Array.of(0x22, ...bytes, 0x22);
      expect(() => canonicalize(source, 0, source.length, sink)).toThrow(`invalid string, pos ${source.length}`);
    }
    expect(sink.length).toBe(0);
  });
});

describe('arrays and objects', () => {
  test.each([
    ['[]', '[]'],
    ['[ 1, "a" ,[ ] ]', '[1,"a",[]]'],
    ['[1,2, ,4]', '[1,2,null,4]'],
    ['[,2]', '[null,2]'],
    ['[1,]', '[1,null]'],
    ['[,]', '[null,null]'],
    ['{}', '{}'],
    ['{"b":1,"a":2}', '{"a":2,"b":1}'],
    [' { "b" : {"d":1,"c":2} , "a" : [ {"y":1,"x":2} ] } ', '{"a":[{"x":2,"y":1}],"b":{"c":2,"d":1}}'],
    ['{b:1, _中文_$key1: 2, A:3}', '{"A":3,"_中文_$key1":2,"b":1}'],
    [`{'b':1,'a':2}`, '{"a":2,"b":1}'],
    ['{"a":1,"A":2,"aa":3,"":4}', '{"":4,"A":2,"a":1,"aa":3}'],
    ['{"\\"":1,"!":2,"#":3,"\\u0001":4}', '{"\\u0001":4,"!":2,"\\"":1,"#":3}'],
    ['{\\t\\n\\r "d": \\x0C 5}', '{"d":5}'],
  ])('%s is %s', (text, canonical) => {
    expect(canonicalJson(text)).toBe(canonical);
  });

  test.each([
    ['[', `${eof}, pos 1`],
    ['[1,', `${eof}, pos 3`],
    ['[1 2]', 'expected `,` or `]`, pos 3'],
    ['[]a', 'trailing characters, pos 3'],
    ['{', `${eof}, pos 1`],
    ['{1', 'object attribute name cannot be a number, pos 2'],
    ['{,}', 'object attribute name cannot be invalid character, pos 1'],
    ['{"a" ', `${eof}, pos 5`],
    ['{"a" 1', 'expected `:`, pos 5'],
    ['{"a":', `${eof}, pos 5`],
    ['{"a":}', 'expected value, pos 6'],
    ['{"a":1 1', 'expected `,` or `}`, pos 7'],
    ['{"k":"v","k":"v2"}', 'duplicate object attribute "k", pos 12'],
    ['{"b":1,"a":2,"\\u0062":3}', 'duplicate object attribute "b", pos 21'],
  ])('%s fails: %s', (text, message) => {
    expect(failure(text)).toBe(`JsonSyntaxError: ${message}`);
  });

  test('nesting has a limit and no stack overflows', () => {
    expect(canonicalJson(`${'['.repeat(512)}${']'.repeat(512)}`)).toHaveLength(1024);
    expect(failure('['.repeat(100_000))).toBe('JsonSyntaxError: recursion limit exceeded, pos 513');
  });

  test('objects with many members are sorted too', () => {
    const keys = Array.from({ length: 1000 }, (_, index) => `k${(index * 7919) % 1000}`);
    const text = `{${keys.map((key) => `${key}:"${key}"`).join(' , ')}}`;
    expect(canonicalJson(text)).toBe(
      `{${[...keys]
        .sort()
        .map((key) => `"${key}":"${key}"`)
        .join(',')}}`,
    );
  });
});

test('positions count from the start of the document, and what stood in the sink before is kept', () => {
  const sink = new ByteSink();
  const source = new TextEncoder().encode('xx{"b":1,"a":2}[1,');
  canonicalize(source, 2, 15, sink);
  const length = sink.length;
  expect(() => canonicalize(source, 15, 18, sink)).toThrow('EOF while parsing a value, pos 3');
  expect(sink.length).toBe(length);
  expect(new TextDecoder().decode(sink.bytes.subarray(0, length))).toBe('{"a":2,"b":1}');
});

test('our own text keeps its typed scalars', () => {
  const source = new TextEncoder().encode('{"b":"\\u0032024-01-01","a":1.5e0}');
  const sink = new ByteSink();
  canonicalizeOwn(source, 0, source.length, sink);
  expect(new TextDecoder().decode(sink.bytes.subarray(0, sink.length))).toBe('{"a":1.5e0,"b":"\\u0032024-01-01"}');
});

/** JSON.stringify with members in the order of their keys' UTF-8 bytes, which is that of code points. */
function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return `{${members.map(([key, item]) => `${JSON.stringify(key)}:${sortedJson(item)}`).join(',')}}`;
}

const anyJson = fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' }).map((value) => JSON.parse(JSON.stringify(value)));
const withIntegers = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.integer(),
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'binary', maxLength: 5 }), tie('value'), { maxKeys: 5 }),
  ),
})).value;

test('ordinary JSON comes out as JSON.stringify prints it, with sorted members', () => {
  fc.assert(
    fc.property(withIntegers, fc.constantFrom(0, 2, '\t'), (value, indent) => {
      expect(canonicalJson(JSON.stringify(value, null, indent))).toBe(sortedJson(value));
    }),
  );
});

test('the canonical form is its own canonical form and reads back as the same value', () => {
  fc.assert(
    fc.property(anyJson, (value) => {
      const canonical = canonicalJson(JSON.stringify(value));
      expect(canonicalJson(canonical)).toBe(canonical);
      expect(JSON.parse(canonical)).toEqual(value);
    }),
  );
});

test('any text is JSON or fails with a JsonSyntaxError', () => {
  const pieces = fc.constantFrom(
    ...'{}[],:"\'\\ntfu01.5eExX+-aA é😀 '.split(''),
    'null',
    'true',
    '\\u00',
    '\\ud83d',
    'nan',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      const result = failure(text);
      if (result.startsWith('no error')) expect(canonicalJson(canonicalJson(text))).toBe(canonicalJson(text));
      else expect(result).toMatch(/^JsonSyntaxError: .*, pos \d+$/s);
    }),
    { numRuns: tries(2000) },
  );
});
