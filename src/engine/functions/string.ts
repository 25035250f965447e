import { SqlError } from '../base/errors.ts';
import type { FunctionSpec, LoweredCall, Lowering } from './function.ts';
import { on, scalar } from './row.ts';

/** Longer expressions are not written down several times. */
const MAX_REPEATED = 400;

/** DuckDB gives letter for letter; Unicode has `SS` for `ß`. */
function lowerCase(name: 'upper' | 'lower'): Lowering {
  return ({ args: [text = 'NULL'] }) => {
    const whole = `text_${name}(${text})`;
    if (text.length > MAX_REPEATED) return whole;
    return `CASE WHEN strlen(${text}) = length(${text}) THEN ${name}(${text}) ELSE ${whole} END`;
  };
}

const SHAPE: readonly FunctionSpec[] = [
  scalar(
    'upper ucase',
    'Turns letters to upper case.',
    [on('String', 'String', lowerCase('upper'))],
    [
      ["upper('hello, databend!')", 'HELLO, DATABEND!'],
      ["upper('Straße ǆ ﬁ')", 'STRASSE Ǆ FI'],
    ],
  ),
  scalar(
    'lower lcase',
    'Turns letters to lower case.',
    [on('String', 'String', lowerCase('lower'))],
    [
      ["lower('Hello, Databend!')", 'hello, databend!'],
      ["lower('ΣΊΣΥΦΟΣ')", 'σίσυφος'],
    ],
  ),
  scalar(
    'reverse',
    'The characters in reverse order.',
    [on('String', 'String', 'reverse($1)')],
    [["reverse('abc')", 'cba']],
  ),
  scalar(
    'repeat',
    'A text several times over.',
    [on('String, Int64', 'String', 'db_repeat($1, $2)')],
    [
      ["repeat('databend', 3)", 'databenddatabenddatabend'],
      ["repeat('x', 0)", ''],
    ],
  ),
  scalar(
    'space',
    'So many blanks.',
    [on('Int64', 'String', 'db_space($1)')],
    [["concat('[', space(3), ']')", '[   ]']],
  ),
  scalar(
    'lpad',
    'Fills up on the left to a length, or cuts to it.',
    [on('String, Int64, String', 'String', 'db_lpad($1, $2, $3)')],
    [
      ["lpad('hi', 4, '??')", '??hi'],
      ["lpad('hi', 1, '??')", 'h'],
    ],
  ),
  scalar(
    'rpad',
    'Fills up on the right to a length, or cuts to it.',
    [on('String, Int64, String', 'String', 'db_rpad($1, $2, $3)')],
    [
      ["rpad('hi', 5, '?')", 'hi???'],
      ["rpad('hi', 1, '?')", 'h'],
    ],
  ),
  scalar(
    'replace',
    'Replaces each occurrence of a text by another.',
    [on('String, String, String', 'String', 'replace($1, $2, $3)')],
    [["replace('www.mysql.com', 'w', 'Ww')", 'WwWwWw.mysql.com']],
  ),
  scalar(
    'translate',
    'Replaces single characters by those at the same place of another text; those without are removed.',
    [on('String, String, String', 'String', 'translate($1, $2, $3)')],
    [["translate('databend', 'de', 'DE')", 'DatabEnD']],
  ),
  scalar(
    'insert',
    'Replaces so many characters from a position by a text.',
    [on('String, Int64, Int64, String', 'String', 'db_insert($1, $2, $3, $4)')],
    [
      ["insert('Quadratic', 3, 4, 'What')", 'QuWhattic'],
      ["insert('Quadratic', -1, 4, 'What')", 'Quadratic'],
      ["insert('Quadratic', 3, 100, 'What')", 'QuWhat'],
    ],
  ),
  scalar(
    'quote',
    'Escapes a text for use in a literal; adds no quotes around it.',
    [on('String', 'String', 'db_quote($1)')],
    [["quote('Don\\'t!')", "Don\\'t!"]],
  ),
];

function lowerConcat({ args }: LoweredCall): string {
  return `(${args.join(' || ')})`;
}

const JOINING: readonly FunctionSpec[] = [
  scalar(
    'concat',
    'Texts one after the other; NULL when any of them is.',
    [on('String...', 'String', lowerConcat)],
    [
      ["concat('data', 'bend')", 'databend'],
      ["concat('a', NULL, 'b')", 'NULL'],
      ["'a' || 1 || true", 'a1true'],
    ],
  ),
  scalar(
    'concat_ws',
    'Texts with a separator between them; NULLs are skipped.',
    [on('String, String...', 'String', 'concat_ws($*)')],
    [
      ["concat_ws(',', 'data', 'fuse', 'labs', '2021')", 'data,fuse,labs,2021'],
      ["concat_ws(',', 'data', NULL, 'bend')", 'data,bend'],
    ],
  ),
  scalar(
    'split',
    'The parts between occurrences of a separator.',
    [on('String, String', 'Array(String)', 'db_split($1, $2)')],
    [
      ["split('Databend Cloud', ' ')", '["Databend","Cloud"]'],
      ["split('abc', '')", '["abc"]'],
    ],
  ),
  scalar(
    'split_part',
    'The part at a position, counted from 1; negative positions count from the end.',
    [on('String, String, Int64', 'String', 'db_split_part($1, $2, $3)')],
    [
      ["split_part('2023-10-19 15:30:45', '-', 2)", '10'],
      ["split_part('a,b,c', ',', -1)", 'c'],
      ["split_part('a,b,c', ',', 9)", ''],
    ],
  ),
];

/** TRIM(BOTH x FROM s) removes the whole text x, trim(s, chars) any of the characters. */
function lowerTrimFrom({ args, constants }: LoweredCall): string {
  const [, what, text] = args;
  switch (constants[0]) {
    case 'both':
      return `db_trim_str(${text}, ${what})`;
    case 'leading':
      return `db_ltrim_str(${text}, ${what})`;
    case 'trailing':
      return `db_rtrim_str(${text}, ${what})`;
    default:
      throw new SqlError('SemanticError', 'TRIM takes BOTH, LEADING or TRAILING');
  }
}

/** With positions that are constants above 0 DuckDB's own function means the same and is faster. */
const natively =
  (name: string, macro: string): Lowering =>
  ({ args, constants }) =>
    `${constants.slice(1).every((constant) => Number(constant ?? 0) > 0) ? name : macro}(${args.join(', ')})`;

const CUTTING: readonly FunctionSpec[] = [
  scalar(
    'trim',
    'Removes blanks, or any of the given characters, from both ends.',
    [
      on('String', 'String', 'trim($1)'),
      on('String, String', 'String', 'db_trimset($1, $2)'),
      on('String, String, String', 'String', lowerTrimFrom),
    ],
    [
      ["trim('   databend   ')", 'databend'],
      ["trim('xxdatabendxx', 'x')", 'databend'],
      ["TRIM(BOTH 'xxx' FROM 'xxxdatabendxxx')", 'databend'],
      ["TRIM(LEADING 'ab' FROM 'ababcab')", 'cab'],
    ],
  ),
  scalar(
    'ltrim',
    'Removes blanks, or any of the given characters, from the start.',
    [on('String', 'String', 'ltrim($1)'), on('String, String', 'String', 'db_ltrimset($1, $2)')],
    [["ltrim('xxyhello', 'xy')", 'hello']],
  ),
  scalar(
    'rtrim',
    'Removes blanks, or any of the given characters, from the end.',
    [on('String', 'String', 'rtrim($1)'), on('String, String', 'String', 'db_rtrimset($1, $2)')],
    [["rtrim('helloxyx', 'xy')", 'hello']],
  ),
  scalar(
    'trim_both',
    'Removes every repetition of a text from both ends.',
    [on('String, String', 'String', 'db_trim_str($1, $2)')],
    [["trim_both('xxdatabendxx', 'xx')", 'databend']],
  ),
  scalar(
    'trim_leading',
    'Removes every repetition of a text from the start.',
    [on('String, String', 'String', 'db_ltrim_str($1, $2)')],
    [["trim_leading('xxdatabend', 'xx')", 'databend']],
  ),
  scalar(
    'trim_trailing',
    'Removes every repetition of a text from the end.',
    [on('String, String', 'String', 'db_rtrim_str($1, $2)')],
    [["trim_trailing('databendxx', 'xx')", 'databend']],
  ),
  scalar(
    'left',
    'The first characters.',
    [on('String, Int64', 'String', natively('left', 'db_left'))],
    [["left('foobarbar', 5)", 'fooba']],
  ),
  scalar(
    'right',
    'The last characters.',
    [on('String, Int64', 'String', natively('right', 'db_right'))],
    [["right('foobarbar', 4)", 'rbar']],
  ),
  scalar(
    'substr substring mid',
    'The characters from a position on, counted from 1 or from the end, and at most so many of them.',
    [
      on('String, Int64', 'String', natively('substr', 'db_substr')),
      on('String, Int64, Int64', 'String', natively('substr', 'db_substr3')),
    ],
    [
      ["substr('Quadratically', 5, 6)", 'ratica'],
      ["substring('databend' FROM 5)", 'bend'],
      ["substr('Sakila', -3)", 'ila'],
      ["substr('hello', 0)", ''],
    ],
  ),
];

const MEASURING: readonly FunctionSpec[] = [
  scalar(
    'length char_length character_length length_utf8',
    'The number of characters of a text, of bytes, or of elements.',
    [
      on('String', 'UInt64', 'CAST(length($1) AS UBIGINT)'),
      on('Binary', 'UInt64', 'CAST(octet_length($1) AS UBIGINT)'),
      on('Array(T)', 'UInt64', 'CAST(len($1) AS UBIGINT)'),
      on('Variant', 'UInt32', 'CAST(json_length($1) AS UINTEGER)', { nulls: 'always' }),
    ],
    [
      ["length('Hello')", '5'],
      ["length('你好')", '2'],
      ['length([1, 2, 3])', '3'],
      [`length(parse_json('[1,[2]]'))`, '2'],
    ],
  ),
  scalar(
    'octet_length',
    'The number of bytes.',
    [on('String', 'UInt64', 'CAST(strlen($1) AS UBIGINT)')],
    [["octet_length('你好')", '6']],
  ),
  scalar(
    'bit_length',
    'The number of bits.',
    [on('String', 'UInt64', 'CAST(bit_length($1) AS UBIGINT)')],
    [["bit_length('Word')", '32']],
  ),
  scalar(
    'strcmp',
    'How two texts compare by their bytes: -1, 0 or 1.',
    [on('String, String', 'Int8', 'db_strcmp($1, $2)')],
    [
      ["strcmp('text', 'text2')", '-1'],
      ["strcmp('text', 'text')", '0'],
    ],
  ),
  scalar(
    'soundex',
    'How a text sounds, as a letter and digits.',
    [on('String', 'String', 'text_soundex($1)')],
    [
      ["soundex('Databend')", 'D153'],
      ["soundex('hello all folks')", 'H4142'],
      ["'two' SOUNDS LIKE 'too'", 'true'],
    ],
  ),
  scalar(
    'jaro_winkler',
    'How alike two texts are, from 0 to 1.',
    [
      on(
        'String, String',
        'Float64',
        "CASE WHEN $1 = '' AND $2 = '' THEN 1.0 ELSE jaro_winkler_similarity($1, $2) END",
      ),
    ],
    [
      ["jaro_winkler('databend', 'Databend')", '0.9166666666666666'],
      ["jaro_winkler('', '')", '1.0'],
    ],
  ),
];

const FINDING: readonly FunctionSpec[] = [
  scalar(
    'locate',
    'The position of the first text within the second, from a position on if one is given; 0 when it is not there.',
    [
      on('String, String', 'UInt64', 'CAST(db_locate($1, $2) AS UBIGINT)'),
      on('String, String, Int64', 'UInt64', 'CAST(db_locate3($1, $2, $3) AS UBIGINT)'),
    ],
    [
      ["locate('bar', 'foobarbar')", '4'],
      ["locate('bar', 'foobarbar', 5)", '7'],
      ["locate('xbar', 'foobar')", '0'],
    ],
  ),
  scalar(
    'position',
    'The position of the first text within the second; 0 when it is not there.',
    [on('String, String', 'UInt64', 'CAST(db_locate($1, $2) AS UBIGINT)')],
    [["POSITION('bar' IN 'foobarbar')", '4']],
  ),
  scalar(
    'instr',
    'The position of the second text within the first: from a position on, negative ones searching backwards, and the n-th.',
    [
      on('String, String', 'UInt64', 'CAST(db_locate($2, $1) AS UBIGINT)'),
      on('String, String, Int64', 'UInt64', 'CAST(db_instr($1, $2, $3, 1) AS UBIGINT)'),
      on('String, String, Int64, Int64', 'UInt64', 'CAST(db_instr($1, $2, $3, $4) AS UBIGINT)'),
    ],
    [
      ["instr('foobarbar', 'bar')", '4'],
      ["instr('CORPORATE FLOOR', 'OR', 3, 2)", '14'],
      ["instr('CORPORATE FLOOR', 'OR', -3, 2)", '2'],
    ],
  ),
  scalar(
    'glob',
    'Whether a text matches a pattern of *, ? and [].',
    [on('String, String', 'Boolean', '($1 GLOB $2)')],
    [
      ["glob('abc', 'a?c')", 'true'],
      ["glob('abc', 'b*')", 'false'],
    ],
  ),
];

export const strings: readonly FunctionSpec[] = [...SHAPE, ...JOINING, ...CUTTING, ...MEASURING, ...FINDING];
