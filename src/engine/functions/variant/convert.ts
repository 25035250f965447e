import { duckType } from '../../types/duck.ts';
import { decimalOf } from '../conversion.ts';
import type { FunctionSpec, Lowering, Overload } from '../function.ts';
import { on, scalar } from '../row.ts';
import { typedFunctions } from './typed.ts';

/** Into VARIANT, out of it, and what kind of value it holds. */

const ALWAYS = { nulls: 'always' } as const;

const encode: Lowering = ({ args, argTypes, toJson }) => toJson(args[0] ?? 'NULL', argTypes[0] ?? { kind: 'Null' });

/** `as_decimal(p, s)(v)` */
const lowerDecimal: Lowering = ({ args: [value], returns }) => {
  const scale = returns.kind === 'Decimal' ? returns.scale : 0;
  const test = IS_NUMBER.replaceAll('$1', value ?? 'NULL');
  return `CASE WHEN ${test} THEN CAST(json_to_dec(${value}, ${scale}, 1) AS ${duckType(returns)}) END`;
};

const CONVERSIONS: readonly FunctionSpec[] = [
  scalar(
    'parse_json',
    'The JSON value that a text is written in.',
    [on('String', 'Variant', 'json_parse($1, 0)'), on('Variant', 'Variant', '$1')],
    [
      [`parse_json('{"b": 1.50, "a": [true, null]}')`, '{"a":[true,null],"b":1.50}'],
      [`parse_json('[1,2,,4]')`, '[1,2,null,4]'],
    ],
  ),
  scalar(
    'try_parse_json',
    'The JSON value that a text is written in; NULL if it is no JSON.',
    [on('String', 'Variant', 'json_parse($1, 1)', ALWAYS), on('Variant', 'Variant', '$1')],
    [[`try_parse_json('nope')`, 'NULL']],
  ),
  scalar(
    'check_json',
    'Why a text is no JSON; NULL if it is.',
    [on('String', 'String', 'json_check($1)', ALWAYS), on('Variant', 'String', 'json_check($1)', ALWAYS)],
    [
      [`check_json('nope')`, 'expected ident, pos 2'],
      [`check_json('[1]')`, 'NULL'],
    ],
  ),
  scalar(
    'to_variant try_to_variant',
    'Any value as VARIANT; a text becomes a JSON string.',
    [on('Any', 'Variant', encode)],
    [
      [`to_variant('a"b')`, '"a\\"b"'],
      ['to_variant([1, 2])', '[1,2]'],
      ['to_variant(1.50)', '1.50'],
    ],
  ),
  scalar(
    'json_to_string',
    'The text of a VARIANT: strings without quotes, JSON null as NULL.',
    [on('Variant', 'String', 'json_text($1)', ALWAYS)],
    [[`json_to_string(parse_json('"a"'))`, 'a']],
  ),
  scalar(
    'json_pretty',
    'JSON with a line for each member and element.',
    [on('Variant', 'String', 'json_pretty($1)')],
    [[`json_pretty(parse_json('{"a":[1]}'))`, '{\n  "a": [\n    1\n  ]\n}']],
  ),
  scalar(
    'strip_null_value',
    'The value, or NULL if it is JSON null.',
    [on('Variant', 'Variant', "nullif($1, 'null')", ALWAYS)],
    [[`strip_null_value(parse_json('null'))`, 'NULL']],
  ),
  scalar(
    'json_strip_nulls',
    'Without the members, at any depth, that are JSON null.',
    [on('Variant', 'Variant', 'json_strip_nulls($1)')],
    [[`json_strip_nulls(parse_json('{"a":null,"b":[null,{"c":null}]}'))`, '{"b":[null,{}]}']],
  ),
  scalar(
    'json_typeof',
    'The kind of JSON value: NULL_VALUE, BOOLEAN, STRING, INTEGER, DECIMAL, DOUBLE, ARRAY or OBJECT.',
    [on('Variant', 'String', 'json_typeof($1)')],
    [
      [`json_typeof(parse_json('-1.12'))`, 'DECIMAL'],
      [`json_typeof(parse_json('1.12e10'))`, 'DOUBLE'],
      [`json_typeof(parse_json('null'))`, 'NULL_VALUE'],
    ],
  ),
];

const IS_NUMBER = "regexp_full_match($1, '-?[0-9].*')";
const IS_INTEGER = "regexp_full_match($1, '-?[0-9]+(\\.0+)?(e0)?')";
const IS_TEXT = `(starts_with($1, '"') AND json_typeof($1) = 'STRING')`;
const IS_BOOLEAN = "($1 IN ('true', 'false'))";

interface Kind {
  readonly name: string;
  readonly what: string;
  readonly test: string;
  /** What AS_… gives when the test holds. */
  readonly type: string;
  readonly value: string;
  readonly json: string;
  readonly shown: string;
  /** Signatures besides the one of the value alone. */
  readonly more?: readonly Overload[];
}

const KINDS: readonly Kind[] = [
  {
    name: 'array',
    what: 'an array',
    test: "starts_with($1, '[')",
    type: 'Variant',
    value: '$1',
    json: '[1]',
    shown: '[1]',
  },
  {
    name: 'object',
    what: 'an object',
    test: "starts_with($1, '{')",
    type: 'Variant',
    value: '$1',
    json: '{"a":1}',
    shown: '{"a":1}',
  },
  {
    name: 'string',
    what: 'a string',
    test: IS_TEXT,
    type: 'String',
    value: 'json_text($1)',
    json: '"a"',
    shown: 'a',
  },
  {
    name: 'boolean',
    what: 'true or false',
    test: IS_BOOLEAN,
    type: 'Boolean',
    value: "($1 = 'true')",
    json: 'true',
    shown: 'true',
  },
  {
    name: 'integer',
    what: 'a whole number',
    test: IS_INTEGER,
    type: 'Int64',
    value: 'json_to_i64($1, 1)',
    json: '123.0',
    shown: '123',
  },
  {
    name: 'float',
    what: 'a number',
    test: IS_NUMBER,
    type: 'Float64',
    value: 'json_to_f64($1, 1)',
    json: '12.5',
    shown: '12.5',
  },
  {
    name: 'decimal',
    what: 'a number',
    test: IS_NUMBER,
    type: 'Decimal(38, 0)',
    value: 'CAST(json_to_dec($1, 0, 1) AS DECIMAL(38, 0))',
    json: '12.5',
    shown: '13',
    more: ['Variant, Int64', 'Variant, Int64, Int64'].map((args) => on(args, decimalOf, lowerDecimal, ALWAYS)),
  },
];

const TESTS: readonly FunctionSpec[] = KINDS.map(({ name, what, test, json }) =>
  scalar(
    `is_${name}`,
    `Whether a VARIANT is ${what}.`,
    [on('Variant', 'Boolean', test)],
    [
      [`is_${name}(parse_json('${json}'))`, 'true'],
      [`is_${name}(parse_json('null'))`, 'false'],
    ],
  ),
);

const VALUES: readonly FunctionSpec[] = KINDS.map(({ name, what, test, type, value, json, shown, more = [] }) =>
  scalar(
    `as_${name}`,
    `The value of a VARIANT that is ${what}; NULL for any other.`,
    [on('Variant', type, `CASE WHEN ${test} THEN ${value} END`, ALWAYS), ...more],
    [
      [`as_${name}(parse_json('${json}'))`, shown],
      [`as_${name}(parse_json('null'))`, 'NULL'],
    ],
  ),
);

export const convertFunctions: readonly FunctionSpec[] = [
  ...CONVERSIONS,
  ...TESTS,
  ...VALUES,
  ...typedFunctions,
  scalar(
    'is_null_value',
    'Whether a VARIANT is JSON null.',
    [on('Variant', 'Boolean', "($1 = 'null')")],
    [[`is_null_value(parse_json('{"a":null}'):a)`, 'true']],
  ),
];
