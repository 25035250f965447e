import { duckString } from '../../types/duck.ts';
import { plain, type SqlType } from '../../types/type.ts';
import type { FunctionSpec, LoweredCall, Lowering } from '../function.ts';
import { on, scalar } from '../row.ts';

/** Members, elements and paths. A path that leads nowhere gives NULL. */

const ALWAYS = { nulls: 'always' } as const;
const TEXTS: SqlType = { kind: 'Array', element: plain('String') };

/** What an access with a constant path has become, so that the next step only makes the path longer. */
const PATH_CALL = /^json_get_path\(([\s\S]+), '((?:[^']|'')+)'\)$/;

/** One call for a whole chain of constant keys: `v['a'][0]` reads the document once. */
function lowerGet(kernel: 'json_get' | 'json_get_i', suffix: '' | '_text'): Lowering {
  return ({ args: [operand = 'NULL', key = 'NULL'], constants: [, constant] }) => {
    if (constant === undefined || constant === null) {
      const index = kernel === 'json_get_i' ? `CAST(${key} AS INTEGER)` : key;
      return `${kernel}${suffix}(${operand}, ${index})`;
    }
    const step = typeof constant === 'string' ? `[${JSON.stringify(constant)}]` : `[${constant}]`;
    const [, document = operand, path = ''] = PATH_CALL.exec(operand) ?? [];
    return `json_get_path${suffix}(${document}, '${path}${duckString(step).slice(1)})`;
  };
}

/** A lowered VARIANT as CAST to STRING gives it; a path reads its text at once. */
export function variantText(lowered: string): string {
  const [, document, path] = PATH_CALL.exec(lowered) ?? [];
  return document === undefined ? `json_text(${lowered})` : `json_get_path_text(${document}, '${path}')`;
}

function textForm({ args: [operand, path] }: LoweredCall): string {
  return `json_get_path_text(json_parse(${operand}, 1), ${path})`;
}

export const accessFunctions: readonly FunctionSpec[] = [
  scalar(
    'get',
    'The member of a key or the element at a position, counted from 0, in a VARIANT.',
    [
      on('Variant, String', 'Variant', lowerGet('json_get', ''), ALWAYS),
      on('Variant, Int64', 'Variant', lowerGet('json_get_i', ''), ALWAYS),
    ],
    [
      [`get(parse_json('{"a":[1,2]}'), 'a')`, '[1,2]'],
      [`get(parse_json('[2.71, 3.14]'), 0)`, '2.71'],
      [`parse_json('{"a":{"b":[1,"x"]}}')['a']['b'][-1]`, '"x"'],
      [`parse_json('{"a":{"b":1}}'):a.b`, '1'],
      [`parse_json('{"a":1}') -> 'b'`, 'NULL'],
    ],
  ),
  scalar(
    'get_string',
    'Like GET, as text: strings without quotes, JSON null as NULL.',
    [
      on('Variant, String', 'String', lowerGet('json_get', '_text'), ALWAYS),
      on('Variant, Int64', 'String', lowerGet('json_get_i', '_text'), ALWAYS),
    ],
    [
      [`parse_json('{"a":"x"}') ->> 'a'`, 'x'],
      [`parse_json('{"a":["x",null]}') -> 'a' ->> 1`, 'NULL'],
    ],
  ),
  scalar(
    'get_ignore_case',
    'The member of a key in any case; one of exactly that key comes first.',
    [on('Variant, String', 'Variant', 'json_get_ic($1, $2)', ALWAYS)],
    [[`get_ignore_case(parse_json('{"aa":1,"aA":2,"Aa":3}'), 'AA')`, '3']],
  ),
  scalar(
    'get_path',
    'What a path such as `a.b[0]` leads to.',
    [on('Variant, String', 'Variant', 'json_get_path($1, $2)', ALWAYS)],
    [
      [`get_path(parse_json('{"k1":{"k2":[0,{"k3":"v"}]}}'), 'k1.k2[1].k3')`, '"v"'],
      [`get_path(parse_json('{"k1":{"k2":2}}'), 'k1["k2"]')`, '2'],
    ],
  ),
  scalar(
    'get_by_keypath',
    'What a key path such as `{a,0}` leads to.',
    [on('Variant, String', 'Variant', 'json_get_keypath($1, $2)', ALWAYS)],
    [[`parse_json('{"k1":{"k2":[7]}}') #> '{k1,k2,0}'`, '7']],
  ),
  scalar(
    'get_by_keypath_string',
    'What a key path such as `{a,0}` leads to, as text.',
    [on('Variant, String', 'String', 'json_get_keypath_text($1, $2)', ALWAYS)],
    [[`parse_json('{"k1":{"k2":["x"]}}') #>> '{k1,k2,0}'`, 'x']],
  ),
  scalar(
    'json_extract_path_text',
    'What a path leads to in a JSON text, as text.',
    [
      on('String, String', 'String', textForm, ALWAYS),
      on('Variant, String', 'String', 'json_get_path_text($1, $2)', ALWAYS),
    ],
    [
      [`json_extract_path_text('{"k1":{"k2":"v"}}', 'k1.k2')`, 'v'],
      [`json_extract_path_text('{"k1":null}', 'k1')`, 'NULL'],
    ],
  ),
];

export const keyFunctions: readonly FunctionSpec[] = [
  scalar(
    'json_exists_key',
    'Whether an object has a key, or an array a string.',
    [on('Variant, String', 'Boolean', 'json_has($1, $2)')],
    [
      [`json_exists_key(parse_json('{"a":1}'), 'a')`, 'true'],
      [`parse_json('["a","b"]') ? 'c'`, 'false'],
    ],
  ),
  scalar(
    'json_exists_any_keys',
    'Whether an object has any of the keys, or an array any of the strings.',
    [
      on(
        'Variant, Array(String)',
        'Boolean',
        ({ args, toJson }) => `json_has_any(${args[0]}, ${toJson(args[1] ?? 'NULL', TEXTS)})`,
      ),
    ],
    [[`parse_json('["a","b"]') ?| ['b','c']`, 'true']],
  ),
  scalar(
    'json_exists_all_keys',
    'Whether an object has all of the keys, or an array all of the strings.',
    [
      on(
        'Variant, Array(String)',
        'Boolean',
        ({ args, toJson }) => `json_has_all(${args[0]}, ${toJson(args[1] ?? 'NULL', TEXTS)})`,
      ),
    ],
    [[`parse_json('["a","b"]') ?& ['b','c']`, 'false']],
  ),
  scalar(
    'json_contains_in_left',
    'Whether the left VARIANT contains the right one.',
    [on('Variant, Variant', 'Boolean', 'json_contains($1, $2)')],
    [
      [`parse_json('[1,2,3]') @> parse_json('[3,1]')`, 'true'],
      [`parse_json('{"a":{"b":1}}') @> parse_json('{"b":1}')`, 'false'],
    ],
  ),
  scalar(
    'json_contains_in_right',
    'Whether the right VARIANT contains the left one.',
    [on('Variant, Variant', 'Boolean', 'json_contains($2, $1)')],
    [[`parse_json('1') <@ parse_json('[1,2]')`, 'true']],
  ),
  scalar(
    'json_like',
    'Whether any string inside is like a pattern: what LIKE means for VARIANT.',
    [on('Variant, String', 'Boolean', 'json_is_like($1, $2)')],
    [[`parse_json('{"a":["hello"]}') LIKE 'hel%'`, 'true']],
  ),
];

export const pathFunctions: readonly FunctionSpec[] = [
  scalar(
    'json_path_query_array',
    'All that a JSON path finds, as an array.',
    [on('Variant, String', 'Variant', 'json_path_array($1, $2)')],
    [
      [`json_path_query_array(parse_json('[1,2,3,4]'), '$[*] ? (@ > 2)')`, '[3,4]'],
      [`json_path_query_array(parse_json('{}'), '$.a')`, '[]'],
    ],
  ),
  scalar(
    'json_path_query_first',
    'The first value that a JSON path finds.',
    [on('Variant, String', 'Variant', 'json_path_first($1, $2)', ALWAYS)],
    [[`json_path_query_first(parse_json('{"a":[{"n":1},{"n":2}]}'), '$.a[*].n')`, '1']],
  ),
  scalar(
    'json_path_exists',
    'Whether a JSON path finds anything.',
    [on('Variant, String', 'Boolean', 'json_path_exists($1, $2)')],
    [
      [`json_path_exists(parse_json('{"a":1,"b":2}'), '$.a ? (@ == 1)')`, 'true'],
      [`parse_json('{"a":1}') @? '$.c'`, 'false'],
    ],
  ),
  scalar(
    'json_path_match',
    'Whether a predicate on JSON paths is true.',
    [on('Variant, String', 'Boolean', 'json_path_match($1, $2)', ALWAYS)],
    [
      [`json_path_match(parse_json('{"a":1,"b":[1,2]}'), '$.b[0] == 1')`, 'true'],
      [`parse_json('{"a":1}') @@ '$.a > 1'`, 'false'],
    ],
  ),
];
