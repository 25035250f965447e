import type { FunctionSpec } from './function.ts';
import { on, scalar } from './row.ts';

/** Regular expressions: unanchored, and in any case unless a match type of `c` says otherwise. */

export const regexps: readonly FunctionSpec[] = [
  scalar(
    'regexp rlike',
    'Whether a text has a part that matches a regular expression, in any case.',
    [on('String, String', 'Boolean', "regexp_matches($1, db_rxflag($2, ''))")],
    [
      ["'databend' REGEXP 'd*'", 'true'],
      ["'databend' RLIKE '^BEND'", 'false'],
      ["'databend' NOT REGEXP 'x'", 'true'],
    ],
  ),
  scalar(
    'regexp_like',
    'Whether a text has a part that matches; match types c, i, m and n.',
    [
      on('String, String', 'Boolean', "db_regexp_like($1, $2, '')"),
      on('String, String, String', 'Boolean', 'db_regexp_like($1, $2, $3)'),
    ],
    [
      ["regexp_like('a', '^[a-d]')", 'true'],
      ["regexp_like('abc', 'ABC', 'c')", 'false'],
      ["regexp_like('abc', 'ABC')", 'true'],
    ],
  ),
  scalar(
    'regexp_instr',
    'The position of a match: from a position on, the n-th, its start (0) or the place behind its end (1).',
    [
      on('String, String', 'UInt64', "CAST(db_regexp_instr($1, $2, 1, 1, 0, '') AS UBIGINT)"),
      on('String, String, Int64', 'UInt64', "CAST(db_regexp_instr($1, $2, $3, 1, 0, '') AS UBIGINT)"),
      on('String, String, Int64, Int64', 'UInt64', "CAST(db_regexp_instr($1, $2, $3, $4, 0, '') AS UBIGINT)"),
      on('String, String, Int64, Int64, Int64', 'UInt64', "CAST(db_regexp_instr($1, $2, $3, $4, $5, '') AS UBIGINT)"),
      on(
        'String, String, Int64, Int64, Int64, String',
        'UInt64',
        'CAST(db_regexp_instr($1, $2, $3, $4, $5, $6) AS UBIGINT)',
      ),
    ],
    [
      ["regexp_instr('dog cat dog', 'dog')", '1'],
      ["regexp_instr('dog cat dog', 'dog', 2)", '9'],
      ["regexp_instr('aa aaa aaaa', 'a{4}')", '8'],
      ["regexp_instr('dog cat dog', 'cat', 1, 1, 1)", '8'],
      ["regexp_instr('dog cat dog', 'bird')", '0'],
    ],
  ),
  scalar(
    'regexp_substr',
    'The part that matches: from a position on, the n-th; NULL when there is none.',
    [
      on('String, String', 'String', "db_regexp_substr($1, $2, 1, 1, '')", { nulls: 'always' }),
      on('String, String, Int64', 'String', "db_regexp_substr($1, $2, $3, 1, '')", { nulls: 'always' }),
      on('String, String, Int64, Int64', 'String', "db_regexp_substr($1, $2, $3, $4, '')", { nulls: 'always' }),
      on('String, String, Int64, Int64, String', 'String', 'db_regexp_substr($1, $2, $3, $4, $5)', { nulls: 'always' }),
    ],
    [
      ["regexp_substr('abc def ghi', '[a-z]+')", 'abc'],
      ["regexp_substr('abc def ghi', '[a-z]+', 1, 3)", 'ghi'],
      ["regexp_substr('abc', '[0-9]+')", 'NULL'],
    ],
  ),
  scalar(
    'regexp_replace',
    'Replaces what matches, all of it or the n-th match; $1 in the replacement is the first group.',
    [
      on('String, String, String', 'String', "db_regexp_replace($1, $2, $3, '')"),
      on('String, String, String, Int64', 'String', "db_regexp_replace6($1, $2, $3, $4, 0, '')"),
      on('String, String, String, Int64, Int64', 'String', "db_regexp_replace6($1, $2, $3, $4, $5, '')"),
      on('String, String, String, Int64, Int64, String', 'String', 'db_regexp_replace6($1, $2, $3, $4, $5, $6)'),
    ],
    [
      ["regexp_replace('a b c', 'b', 'X')", 'a X c'],
      ["regexp_replace('abc def ghi', '[a-z]+', 'X', 1, 3)", 'abc def X'],
      ["regexp_replace('2024-01-05', '(\\\\d+)-(\\\\d+)-(\\\\d+)', '$3/$2/$1')", '05/01/2024'],
    ],
  ),
  scalar(
    'regexp_extract',
    'The part that matches, or a group of it; an empty text when nothing does.',
    [
      on('String, String', 'String', "regexp_extract($1, db_rxflag($2, ''))"),
      on('String, String, Int32', 'String', "regexp_extract($1, db_rxflag($2, ''), $3)"),
    ],
    [
      ["regexp_extract('2023-05-15', '([0-9]+)-([0-9]+)', 2)", '05'],
      ["regexp_extract('abc', '[0-9]')", ''],
    ],
  ),
  scalar(
    'regexp_extract_all',
    'All parts that match, or a group of each.',
    [
      on('String, String', 'Array(String)', "regexp_extract_all($1, db_rxflag($2, ''))"),
      on('String, String, Int32', 'Array(String)', "regexp_extract_all($1, db_rxflag($2, ''), $3)"),
    ],
    [["regexp_extract_all('a1 b22', '[a-z]([0-9]+)', 1)", '["1","22"]']],
  ),
  scalar(
    'regexp_split_to_array',
    'The parts between matches; letters count as they are written.',
    [
      on('String, String', 'Array(String)', "regexp_split_to_array($1, db_rxflag($2, 'c'))"),
      on('String, String, String', 'Array(String)', 'regexp_split_to_array($1, db_rxflag($2, $3))'),
    ],
    [["regexp_split_to_array('apple,banana', ',')", '["apple","banana"]']],
  ),
  {
    ...scalar(
      'regexp_split_to_table',
      'The parts between matches, one a row.',
      [
        on('String, String', 'String', "regexp_split_to_array($1, db_rxflag($2, 'c'))"),
        on('String, String, String', 'String', 'regexp_split_to_array($1, db_rxflag($2, $3))'),
      ],
      [["count(*) FROM regexp_split_to_table('a,b,c', ',')", '3']],
    ),
    kind: 'set',
  },
];
