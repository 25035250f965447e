import { duckString } from '../../types/duck.ts';
import type { FunctionSpec, LoweredCall, Lowering } from '../function.ts';
import { on, scalar } from '../row.ts';

/** The types that VARIANT knows beyond those of JSON. */

const text = (args: LoweredCall['args']) => `json_text(${args[0]})`;

function lowerInterval({ args }: LoweredCall): string {
  const part = (index: number, type: string) =>
    `CAST(string_split(parse_interval(${text(args)}, 1), ' ')[${index}] AS ${type})`;
  return `(to_months(${part(1, 'INTEGER')}) + to_days(${part(2, 'INTEGER')}) + to_microseconds(${part(3, 'BIGINT')}))`;
}

interface Typed {
  readonly name: string;
  readonly type: string;
  /** What JSON_TYPEOF calls it. */
  readonly kind: string;
  readonly value: ((call: LoweredCall) => string) | undefined;
  readonly literal: string;
  readonly shown: string;
}

const TYPED: readonly Typed[] = [
  {
    name: 'date',
    type: 'Date',
    kind: 'DATE',
    value: ({ args }) => `CAST((DATE '1970-01-01' + parse_date(${text(args)}, 1)) AS DATE)`,
    literal: "DATE '2024-02-29'",
    shown: '2024-02-29',
  },
  {
    name: 'timestamp',
    type: 'Timestamp',
    kind: 'TIMESTAMP',
    value: ({ args, timezone }) => `make_timestamp(parse_timestamp(${text(args)}, ${duckString(timezone)}, 1))`,
    literal: "TIMESTAMP '2024-02-29 10:00:00'",
    shown: '2024-02-29 10:00:00.000000',
  },
  {
    name: 'timestamp_tz',
    type: 'TimestampTz',
    kind: 'TIMESTAMP_TZ',
    value: undefined,
    literal: "'2024-02-29 10:00:00+08:00'::TIMESTAMP_TZ",
    shown: '',
  },
  {
    name: 'interval',
    type: 'Interval',
    kind: 'INTERVAL',
    value: lowerInterval,
    literal: "'1 year 2 days'::INTERVAL",
    shown: '1 year 2 days',
  },
  {
    name: 'binary',
    type: 'Binary',
    kind: 'BINARY',
    value: ({ args }) => `unhex(${text(args)})`,
    literal: "x'0aff'",
    shown: '0AFF',
  },
];

function functionsOf({ name, type, kind, value, literal, shown }: Typed): readonly FunctionSpec[] {
  const test = `(json_typeof($1) = '${kind}')`;
  const is = scalar(
    `is_${name}`,
    `Whether a VARIANT holds a value of type ${kind}.`,
    [on('Variant', 'Boolean', test)],
    [
      [`is_${name}(to_variant(${literal}))`, 'true'],
      [`is_${name}(parse_json('"2024-02-29"'))`, 'false'],
    ],
  );
  if (value === undefined) return [is];
  const lower: Lowering = (call) => `CASE WHEN json_typeof(${call.args[0]}) = '${kind}' THEN ${value(call)} END`;
  const as = scalar(
    `as_${name}`,
    `The value of a VARIANT of type ${kind}; NULL for any other.`,
    [on('Variant', type, lower, { nulls: 'always' })],
    [[`as_${name}(to_variant(${literal}))`, shown]],
  );
  return [is, as];
}

export const typedFunctions: readonly FunctionSpec[] = TYPED.flatMap(functionsOf);
