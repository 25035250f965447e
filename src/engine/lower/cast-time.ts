import { duckString } from '../types/duck.ts';
import { isInteger, isNumeric, plain } from '../types/type.ts';
import { type CastCall, plainCast } from './cast-call.ts';

export function betweenTimes(text: string, call: CastCall): string | undefined {
  const { from, to, settings } = call;
  switch (`${from.kind} ${to.kind}`) {
    case 'Date Timestamp':
      return settings.timezone === 'UTC'
        ? plainCast(text, call)
        : localToUtc(`CAST(${text} AS TIMESTAMP)`, settings.timezone);
    case 'Timestamp Date':
      return plainCast(settings.timezone === 'UTC' ? text : utcToLocal(text, settings.timezone), call);
    case 'TimestampTz Timestamp':
      return `(${text}).ts`;
    case 'TimestampTz Date':
      return `CAST(((${text}).ts + to_seconds((${text})."off")) AS DATE)`;
    case 'Timestamp TimestampTz':
      return withOffset(text, settings.timezone);
    case 'Date TimestampTz':
      return withOffset(call.cast(text, { ...call, to: plain('Timestamp') }), settings.timezone);
    default:
      return betweenTimeAndNumber(text, call);
  }
}

function betweenTimeAndNumber(text: string, call: CastCall): string | undefined {
  const { from, to } = call;
  if (isInteger(from) && to.kind === 'Date') return `db_int_date(CAST(${text} AS BIGINT))`;
  if (isInteger(from) && to.kind === 'Timestamp') return `db_int_ts(CAST(${text} AS BIGINT))`;
  if (from.kind === 'Date' && isNumeric(to)) return plainCast(`(${text} - DATE '1970-01-01')`, call);
  return from.kind === 'Timestamp' && isNumeric(to) ? plainCast(`epoch_us(${text})`, call) : undefined;
}

const zoneOffset = (text: string, zone: string) =>
  `zone_offset(CAST(epoch_us(${text}) AS DOUBLE), ${duckString(zone)})`;

/** The wall clock of a zone at an instant. */
export function utcToLocal(text: string, zone: string): string {
  return zone === 'UTC' ? text : `(${text} + to_seconds(${zoneOffset(text, zone)}))`;
}

function localToUtc(text: string, zone: string): string {
  return `make_timestamp(local_to_utc(CAST(epoch_us(${text}) AS VARCHAR), ${duckString(zone)}))`;
}

function withOffset(text: string, zone: string): string {
  const offset = zone === 'UTC' ? '0' : zoneOffset(text, zone);
  const struct = `struct_pack(ts := ${text}, "off" := CAST(${offset} AS INTEGER))`;
  return `CASE WHEN ${text} IS NULL THEN NULL ELSE ${struct} END`;
}
