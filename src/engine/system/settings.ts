import { SqlError } from '../base/errors.ts';
import { didYouMean } from '../base/text.ts';
import { checkTimezone } from '../types/datetime.ts';

/** How to add a setting: one row. SET, UNSET, SHOW SETTINGS, completion and the checks follow from it. */
export interface SettingSpec {
  /** Lower case. */
  readonly name: string;
  readonly default: string;
  readonly type: 'UInt64' | 'String';
  /** Least and greatest number, or the legal words; undefined where any text is. */
  readonly range: readonly [number, number] | readonly string[] | undefined;
  readonly description: string;
}

const ON_OFF = [0, 1] as const;
const ANY_NUMBER = [0, Number.MAX_SAFE_INTEGER] as const;

const ENGINE_SETTINGS: readonly SettingSpec[] = [
  {
    name: 'binary_output_format',
    default: 'hex',
    type: 'String',
    range: ['hex', 'base64', 'utf-8', 'utf-8-lossy'],
    description: 'How BINARY values are shown.',
  },
  {
    name: 'copy_dedup_full_path_by_default',
    default: '0',
    type: 'UInt64',
    range: ON_OFF,
    description: 'Whether new tables remember loaded files by their full path.',
  },
  {
    name: 'data_retention_time_in_days',
    default: '1',
    type: 'UInt64',
    range: [0, 90],
    description: 'How long former versions of tables, and dropped tables, are kept from VACUUM.',
  },
  {
    name: 'date_format_style',
    default: 'Oracle',
    type: 'String',
    range: ['Oracle', 'MySQL'],
    description: 'Whose letters date formats are written in.',
  },
  {
    name: 'default_order_by_null',
    default: 'nulls_last',
    type: 'String',
    range: ['nulls_first', 'nulls_last', 'nulls_first_on_asc_last_on_desc', 'nulls_last_on_asc_first_on_desc'],
    description: 'Where NULLs stand when ORDER BY does not say it.',
  },
  {
    name: 'ddl_column_type_nullable',
    default: '1',
    type: 'UInt64',
    range: ON_OFF,
    description: 'Whether columns may be NULL when CREATE TABLE does not say it.',
  },
  {
    name: 'enable_experimental_table_ref',
    default: '0',
    type: 'UInt64',
    range: ON_OFF,
    description: 'Whether versions of tables may be given names: ALTER TABLE … CREATE TAG.',
  },
  {
    name: 'enable_query_result_cache',
    default: '0',
    type: 'UInt64',
    range: ON_OFF,
    description: 'Whether results are kept for RESULT_SCAN.',
  },
  {
    name: 'error_on_nondeterministic_update',
    default: '1',
    type: 'UInt64',
    range: ON_OFF,
    description: 'Whether UPDATE and MERGE fail where several rows of the source match one row of the target.',
  },
  {
    name: 'geometry_output_format',
    default: 'GeoJSON',
    type: 'String',
    range: ['GeoJSON', 'WKT', 'WKB', 'EWKT', 'EWKB'],
    description: 'How GEOMETRY and GEOGRAPHY values are shown.',
  },
  {
    name: 'hide_options_in_show_create_table',
    default: '1',
    type: 'UInt64',
    range: ON_OFF,
    description: 'Whether SHOW CREATE TABLE leaves out the options of the table.',
  },
  {
    name: 'load_file_metadata_expire_hours',
    default: '24',
    type: 'UInt64',
    range: ANY_NUMBER,
    description: 'How long a loaded file is not loaded again.',
  },
  {
    name: 'max_execute_time_in_seconds',
    default: '0',
    type: 'UInt64',
    range: [0, 2_000_000],
    description: 'A statement that takes longer fails; 0 for no limit.',
  },
  {
    name: 'max_result_rows',
    default: '0',
    type: 'UInt64',
    range: ANY_NUMBER,
    description: 'The most rows of a result; 0 for no limit.',
  },
  {
    name: 'numeric_cast_option',
    default: 'rounding',
    type: 'String',
    range: ['rounding', 'truncating'],
    description: 'What becomes of fractions when a number is cast to an integer.',
  },
  {
    name: 'purge_duplicated_files_in_copy',
    default: '0',
    type: 'UInt64',
    range: ON_OFF,
    description: 'Whether PURGE also removes files that were loaded before.',
  },
  {
    name: 'query_result_cache_max_bytes',
    default: '1048576',
    type: 'UInt64',
    range: ANY_NUMBER,
    description: 'The most bytes of a result that is kept for RESULT_SCAN.',
  },
  {
    name: 'query_result_cache_ttl_secs',
    default: '300',
    type: 'UInt64',
    range: ANY_NUMBER,
    description: 'Seconds for which a result is kept.',
  },
  {
    name: 'query_tag',
    default: '',
    type: 'String',
    range: undefined,
    description: 'A word that the history keeps with each statement.',
  },
  {
    name: 'script_max_steps',
    default: '10000',
    type: 'UInt64',
    range: ANY_NUMBER,
    description: 'The most steps that a script may take.',
  },
  {
    name: 'sql_dialect',
    default: 'PostgreSQL',
    type: 'String',
    range: ['PostgreSQL', 'MySQL', 'Hive', 'Experimental', 'Prql'],
    description: 'The dialect; this engine speaks the default one.',
  },
  {
    name: 'stream_consume_batch_size_hint',
    default: '0',
    type: 'UInt64',
    range: ANY_NUMBER,
    description: 'Rows that a stream gives at a time, in whole commits; 0 for all of them.',
  },
  {
    name: 'timezone',
    default: 'UTC',
    type: 'String',
    range: undefined,
    description: 'The zone in which TIMESTAMP values are read and shown.',
  },
  {
    name: 'week_start',
    default: '1',
    type: 'UInt64',
    range: ON_OFF,
    description: 'The first day of a week: 0 for Sunday, 1 for Monday.',
  },
];

/** How Databend's servers go about their work. Scripts set them; no result depends on them. */
const HINTS: readonly (readonly [name: string, value: string, range: readonly [number, number]])[] = [
  ['enable_auto_materialize_cte', '1', ON_OFF],
  ['enable_distributed_copy_into', '1', ON_OFF],
  ['http_handler_result_timeout_secs', '60', ANY_NUMBER],
  ['idle_transaction_timeout_secs', '14400', ANY_NUMBER],
  ['input_read_buffer_size', '4194304', ANY_NUMBER],
  ['lazy_read_threshold', '1000', ANY_NUMBER],
  ['max_threads', '1', [1, 1024]],
  ['parquet_fast_read_bytes', '16777216', ANY_NUMBER],
  ['query_result_cache_min_execute_secs', '1', ANY_NUMBER],
  ['statement_queued_timeout_in_seconds', '0', ANY_NUMBER],
];

const hints = HINTS.map(
  ([name, value, range]): SettingSpec => ({
    name,
    default: value,
    type: 'UInt64',
    range,
    description: 'Taken from scripts for Databend; it changes no result, and nothing here.',
  }),
);

/** What a server can be told to do otherwise; here it is always done as it is by default. */
const FIXED: readonly (readonly [name: string, value: number | string])[] = [
  ['binary_input_format', 'utf-8'],
  ['disable_variant_check', 0],
  ['enable_auto_detect_datetime_format', 0],
  ['enable_strict_datetime_parser', 1],
  ['format_null_as_str', 0],
  ['http_json_result_mode', 'display'],
  ['max_cte_recursive_depth', 1000],
  ['parse_datetime_ignore_remainder', 1],
  ['quoted_ident_case_sensitive', 1],
  ['unquoted_ident_case_sensitive', 0],
];

const fixed = FIXED.map(
  ([name, value]): SettingSpec => ({
    name,
    default: String(value),
    type: typeof value === 'number' ? 'UInt64' : 'String',
    range: typeof value === 'number' ? [value, value] : [value],
    description: 'Taken from scripts for Databend; here it has one value.',
  }),
);

export const SETTINGS: readonly SettingSpec[] = [...ENGINE_SETTINGS, ...hints, ...fixed].sort((a, b) =>
  a.name < b.name ? -1 : 1,
);

const BY_NAME = new Map(SETTINGS.map((setting) => [setting.name, setting]));

/** The values of a session; what was not set has its default. */
export interface Settings {
  get(name: string): string;
  isSet(name: string): boolean;
  /** Throws UnknownVariable, WrongValueForVariable or InvalidTimezone. */
  set(name: string, value: string): void;
  /** Unknown names are fine. */
  unset(name: string): void;
  /** A copy that changes by itself, for the one statement of a SETTINGS prefix. */
  fork(): Settings;
}

export function sessionSettings(values: ReadonlyMap<string, string> = new Map()): Settings {
  const own = new Map(values);
  return {
    get: (name) => own.get(name) ?? BY_NAME.get(name)?.default ?? '',
    isSet: (name) => own.has(name),
    set: (name, value) => {
      own.set(name.toLowerCase(), checked(name.toLowerCase(), value));
    },
    unset: (name) => {
      own.delete(name.toLowerCase());
    },
    fork: () => sessionSettings(own),
  };
}

function checked(name: string, value: string): string {
  const spec = BY_NAME.get(name);
  if (!spec) {
    throw new SqlError('UnknownVariable', `Unknown setting variable: '${name}'`, {
      suggestions: didYouMean(name, BY_NAME.keys()),
    });
  }
  if (name === 'timezone') return checkTimezone(value);
  return spec.range ? inRange(spec, spec.range, value) : value;
}

function inRange({ name }: SettingSpec, range: NonNullable<SettingSpec['range']>, value: string): string {
  const [first, last] = range;
  if (typeof first === 'string') {
    const word = range.find((one) => String(one).toLowerCase() === value.toLowerCase());
    if (word !== undefined) return String(word);
    throw new SqlError(
      'WrongValueForVariable',
      `Invalid setting value: ${name} = ${value}, one of ${range.join(', ')}`,
    );
  }
  const number = Number(value);
  if (Number.isInteger(number) && number >= Number(first) && number <= Number(last)) return String(number);
  throw new SqlError(
    'WrongValueForVariable',
    `Value ${value} is not within the range [${first}, ${last}] for the setting ${name}`,
  );
}
