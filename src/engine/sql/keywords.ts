/**
 * Words that are no names unless quoted or behind a dot: they end an expression or start the next clause. All other
 * words are ordinary names that the grammar matches by their text.
 */
export const RESERVED: ReadonlySet<string> = new Set(
  (
    'AND AS BETWEEN CASE DISTINCT DIV ELSE END EXCEPT EXISTS FALSE FROM GROUP HAVING ILIKE IN INTERSECT INTO IS JOIN ' +
    'LIKE LIMIT NOT NULL ON OR ORDER QUALIFY REGEXP RLIKE SELECT THEN TRUE UNION USING WHEN WHERE WITH XOR'
  ).split(' '),
);

/** Names that need AS to be an alias, since bare they go on with the query or the statement around it. */
const NOT_BARE_ALIAS: ReadonlySet<string> = new Set(
  (
    'ANTI ANY ASC ASOF CROSS DESC DO ESCAPE FORMAT FULL IGNORE_RESULT INNER LATERAL LEFT NATURAL OFFSET OUTER PIVOT ' +
    'RIGHT SAMPLE SEMI SET UNPIVOT VALUES WINDOW'
  ).split(' '),
);

/** Whether a word, in upper case, may be an alias without AS. */
export function isBareAlias(word: string): boolean {
  return !RESERVED.has(word) && !NOT_BARE_ALIAS.has(word);
}

/** Units of EXTRACT, DATE_ADD and their kin, in upper case. */
export const DATE_UNITS: ReadonlySet<string> = new Set(
  (
    'MILLENNIUM ISOYEAR YEAR YEARWEEK QUARTER MONTH ISOWEEK WEEK DAY DOW ISODOW DOY HOUR MINUTE SECOND EPOCH ' +
    'MILLISECOND MICROSECOND'
  ).split(' '),
);

/** Units of INTERVAL. */
export const INTERVAL_UNITS: ReadonlySet<string> = new Set(
  'YEAR QUARTER MONTH WEEK DAY HOUR MINUTE SECOND MILLISECOND MICROSECOND'.split(' '),
);

const WEEKDAYS = 'MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY'.split(' ');

/** Which arguments of a function (by lower-case name and position) may be a bare word, and the words. */
export const WORD_ARGUMENTS: ReadonlyMap<string, ReadonlyMap<number, ReadonlySet<string>>> = new Map([
  ...['date_add', 'dateadd', 'date_sub', 'datesub', 'date_diff', 'datediff', 'date_between', 'date_part', 'datepart']
    .concat('date_trunc', 'datetrunc')
    .map((name): [string, Map<number, ReadonlySet<string>>] => [name, new Map([[0, DATE_UNITS]])]),
  ['trunc', new Map([[1, DATE_UNITS]])],
  ['last_day', new Map([[1, DATE_UNITS]])],
  ['next_day', new Map([[1, new Set(WEEKDAYS)]])],
  ['previous_day', new Map([[1, new Set(WEEKDAYS)]])],
  [
    'time_slice',
    new Map([
      [2, DATE_UNITS],
      [3, new Set(['START', 'END'])],
    ]),
  ],
]);

/** Functions that take `x -> e` as an argument; elsewhere `->` is the JSON operator. */
export const LAMBDA_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'array_transform array_apply array_map array_filter array_reduce json_array_transform ' +
    'json_array_apply json_array_map json_array_filter json_array_reduce map_filter map_transform_keys ' +
    'map_transform_values json_map_filter json_map_transform_keys json_map_transform_values'
  ).split(' '),
);
