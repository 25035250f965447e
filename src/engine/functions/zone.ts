import { duckString } from '../types/duck.ts';
import type { LoweredCall, Lowering } from './function.ts';

/** Timestamps are instants; a calendar sees them as the wall clock of the session's time zone. */

/** The wall clock of argument `index`, as a DuckDB DATE or TIMESTAMP. */
export function wallClock({ args, argTypes, timezone }: LoweredCall, index: number): string {
  const text = args[index] ?? 'NULL';
  switch (argTypes[index]?.kind) {
    case 'TimestampTz':
      return `((${text}).ts + to_seconds((${text})."off"))`;
    case 'Timestamp':
      return timezone === 'UTC'
        ? text
        : `(${text} + to_seconds(zone_offset(CAST(epoch_us(${text}) AS DOUBLE), ${duckString(timezone)})))`;
    default:
      return text;
  }
}

/** The instant at which the clocks of the session's time zone show this. */
export function instantOf(text: string, { timezone }: LoweredCall): string {
  if (timezone === 'UTC') return text;
  return `make_timestamp(local_to_utc(CAST(epoch_us(${text}) AS VARCHAR), ${duckString(timezone)}))`;
}

/** A lowering over the wall clocks of all arguments. */
export function onWallClock(body: (...times: readonly string[]) => string): Lowering {
  return (call) => body(...call.args.map((_, index) => wallClock(call, index)));
}
