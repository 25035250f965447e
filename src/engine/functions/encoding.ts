import type { FunctionSpec, LoweredCall } from './function.ts';
import { on, scalar } from './row.ts';

/** Texts as numbers, digits and codes, and back. */

/** What is no code point gives nothing. */
const charOf = (code: string) =>
  `CASE WHEN ${code} BETWEEN 0 AND 55295 OR ${code} BETWEEN 57344 AND 1114111 THEN chr(CAST(${code} AS INTEGER)) WHEN ${code} IS NOT NULL THEN '' END`;

function lowerChar({ args }: LoweredCall): string {
  return `(${args.map((arg) => charOf(arg)).join(' || ')})`;
}

const CODES: readonly FunctionSpec[] = [
  scalar(
    'ascii',
    'The first byte of a text.',
    [on('String', 'UInt8', 'CAST(db_ascii($1) AS UTINYINT)')],
    [["ascii('2')", '50']],
  ),
  scalar(
    'ord',
    'The bytes of the first character as one number.',
    [on('String', 'UInt64', 'CAST(db_ord($1) AS UBIGINT)')],
    [
      ["ord('2')", '50'],
      ["ord('你')", '14990752'],
    ],
  ),
  scalar(
    'unicode',
    'The code point of the first character.',
    [on('String', 'UInt32', "CAST(CASE WHEN $1 = '' THEN 0 ELSE unicode($1) END AS UINTEGER)")],
    [["unicode('你')", '20320']],
  ),
  scalar(
    'char chr',
    'The text of code points.',
    [on('Int64...', 'String', lowerChar)],
    [['char(77, 121, 83, 81, 76)', 'MySQL']],
  ),
];

const DIGITS: readonly FunctionSpec[] = [
  scalar('bin', 'An integer in binary digits.', [on('Int64', 'String', 'bin($1)')], [['bin(12)', '1100']]),
  scalar(
    'oct',
    'An integer in octal digits.',
    [on('Int64', 'String', 'db_oct($1)')],
    [
      ['oct(12)', '14'],
      ['oct(-1)', '1777777777777777777777'],
    ],
  ),
  scalar(
    'conv',
    'Digits of one base as those of another; a negative base has a sign.',
    [
      on('String, Int64, Int64', 'String', 'text_conv($1, CAST($2 AS INTEGER), CAST($3 AS INTEGER))', {
        nulls: 'always',
      }),
    ],
    [
      ["conv('a', 16, 2)", '1010'],
      ["conv('6E', 18, 8)", '172'],
      ["conv('-17', 10, -18)", '-H'],
    ],
  ),
  scalar(
    'hex',
    'An integer in hexadecimal digits, or the bytes of a text or binary.',
    [
      on('Int64', 'String', 'hex($1)'),
      on('String', 'String', 'lower(hex($1))'),
      on('Binary', 'String', 'lower(hex($1))'),
    ],
    [
      ["hex('abc')", '616263'],
      ['hex(255)', 'FF'],
    ],
  ),
  scalar(
    'to_hex hex_encode',
    'The bytes of a text or binary, or an integer, in hexadecimal digits of lower case.',
    [
      on('Int64', 'String', 'lower(hex($1))'),
      on('String', 'String', 'lower(hex($1))'),
      on('Binary', 'String', 'lower(hex($1))'),
    ],
    [["to_hex('abc')", '616263']],
  ),
];

const ODD_DIGITS = "db_fails('1006|Odd number of digits')";

const CODECS: readonly FunctionSpec[] = [
  scalar(
    'unhex from_hex hex_decode_binary',
    'The bytes that hexadecimal digits stand for.',
    [on('String', 'Binary', `unhex(CASE WHEN length($1) % 2 = 1 THEN ${ODD_DIGITS} ELSE $1 END)`)],
    [["unhex('6461')", '6461']],
  ),
  scalar(
    'try_hex_decode_binary try_unhex try_from_hex',
    'The bytes that hexadecimal digits stand for; NULL when they are none.',
    [on('String', 'Binary', 'CASE WHEN length($1) % 2 = 0 THEN TRY(unhex($1)) END', { nulls: 'always' })],
    [["try_hex_decode_binary('xy')", 'NULL']],
  ),
  scalar(
    'hex_decode_string',
    'The text whose bytes hexadecimal digits stand for.',
    [on('String', 'String', `decode(unhex(CASE WHEN length($1) % 2 = 1 THEN ${ODD_DIGITS} ELSE $1 END))`)],
    [["hex_decode_string('646174616265')", 'databe']],
  ),
  scalar(
    'try_hex_decode_string',
    'The text whose bytes hexadecimal digits stand for; NULL when they are none.',
    [on('String', 'String', 'CASE WHEN length($1) % 2 = 0 THEN TRY(decode(unhex($1))) END', { nulls: 'always' })],
    [["try_hex_decode_string('6')", 'NULL']],
  ),
  scalar(
    'to_base64 base64_encode',
    'Bytes as Base64.',
    [on('String', 'String', 'base64(encode($1))'), on('Binary', 'String', 'base64($1)')],
    [["to_base64('abc')", 'YWJj']],
  ),
  scalar(
    'from_base64 base64_decode_binary',
    'The bytes that a text of Base64 stands for.',
    [on('String', 'Binary', 'from_base64($1)')],
    [["from_base64('YWJj')", '616263']],
  ),
  scalar(
    'base64_decode_string',
    'The text that a text of Base64 stands for.',
    [on('String', 'String', 'decode(from_base64($1))')],
    [["base64_decode_string('YWJj')", 'abc']],
  ),
  scalar(
    'try_base64_decode_string',
    'The text that a text of Base64 stands for; NULL when it is none.',
    [on('String', 'String', 'TRY(decode(from_base64($1)))', { nulls: 'always' })],
    [["try_base64_decode_string('*')", 'NULL']],
  ),
  scalar(
    'try_base64_decode_binary try_from_base64',
    'The bytes that a text of Base64 stands for; NULL when it is none.',
    [on('String', 'Binary', 'TRY(from_base64($1))', { nulls: 'always' })],
    [["try_base64_decode_binary('*')", 'NULL']],
  ),
];

const NETWORK: readonly FunctionSpec[] = [
  scalar(
    'inet_aton ipv4_string_to_num',
    'An IPv4 address as a number.',
    [
      on(
        'String',
        'UInt32',
        "coalesce(db_inet_aton($1), CAST(CASE WHEN $1 IS NOT NULL THEN db_fail('1006|Failed to parse ''' || $1 || ''' into a IPV4 address') END AS UINTEGER))",
      ),
    ],
    [["inet_aton('1.2.3.4')", '16909060']],
  ),
  scalar(
    'try_inet_aton try_ipv4_string_to_num',
    'An IPv4 address as a number; NULL when it is none.',
    [on('String', 'UInt32', 'db_inet_aton($1)', { nulls: 'always' })],
    [["try_inet_aton('1.2.3')", 'NULL']],
  ),
  scalar(
    'inet_ntoa ipv4_num_to_string',
    'A number as an IPv4 address.',
    [
      on(
        'Int64',
        'String',
        "CASE WHEN $1 NOT BETWEEN 0 AND 4294967295 THEN db_fails('1006|Failed to parse ''' || $1 || ''' into a IPV4 address') ELSE db_inet_ntoa($1) END",
      ),
    ],
    [['inet_ntoa(16909060)', '1.2.3.4']],
  ),
  scalar(
    'try_inet_ntoa try_ipv4_num_to_string',
    'A number as an IPv4 address; NULL when it is none.',
    [on('Int64', 'String', 'db_inet_ntoa($1)', { nulls: 'always' })],
    [['try_inet_ntoa(-1)', 'NULL']],
  ),
];

export const encodings: readonly FunctionSpec[] = [...CODES, ...DIGITS, ...CODECS, ...NETWORK];
