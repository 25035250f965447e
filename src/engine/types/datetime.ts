import { SqlError } from '../base/errors.ts';

/**
 * Dates are days and timestamps are microseconds since 1970-01-01 (UTC), in the proleptic Gregorian calendar,
 * years 1 to 9999. The calendar arithmetic follows Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
 */

export const MICROS_PER_SECOND = 1_000_000n;
export const MICROS_PER_DAY = 86_400_000_000n;
const MIN_DAYS = -719_162;
const MAX_DAYS = 2_932_896;

export interface CivilDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** Days since 1970-01-01 of a date; months and days out of range are not checked. */
export function daysFromCivil({ year, month, day }: CivilDate): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function civilFromDays(days: number): CivilDate {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1;
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

function daysInMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}

const pad = (value: number, width: number) => String(value).padStart(width, '0');

/** `YYYY-MM-DD`. */
export function showDate(days: number): string {
  const { year, month, day } = civilFromDays(days);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** `YYYY-MM-DD HH:MM:SS.ffffff` in a time zone; `+0800` follows where an offset in seconds is given instead. */
export function showTimestamp(micros: bigint, zone: string): string {
  return showLocal(micros + zoneOffset(zone, micros) * MICROS_PER_SECOND);
}

export function showTimestampTz(micros: bigint, offsetSeconds: number): string {
  const sign = offsetSeconds < 0 ? '-' : '+';
  const minutes = Math.floor(Math.abs(offsetSeconds) / 60);
  const offset = `${sign}${pad(Math.floor(minutes / 60), 2)}${pad(minutes % 60, 2)}`;
  return `${showLocal(micros + BigInt(offsetSeconds) * MICROS_PER_SECOND)} ${offset}`;
}

function showLocal(localMicros: bigint): string {
  const days = Number(floorDivide(localMicros, MICROS_PER_DAY));
  const ofDay = Number(localMicros - BigInt(days) * MICROS_PER_DAY);
  const seconds = Math.floor(ofDay / 1_000_000);
  const time = `${pad(Math.floor(seconds / 3600), 2)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}`;
  return `${showDate(days)} ${time}.${pad(ofDay % 1_000_000, 6)}`;
}

export function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

/** Seconds to add to UTC to get the wall clock of a zone (an IANA name or `+08:00`) at an instant. */
export function zoneOffset(zone: string, micros: bigint): bigint {
  if (zone === 'UTC') return 0n;
  const fixed = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (fixed) return BigInt((fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 3600 + Number(fixed[3]) * 60));
  return BigInt(namedZoneOffset(zone, Number(floorDivide(micros, MICROS_PER_SECOND))));
}

interface ZoneClock {
  readonly format: Intl.DateTimeFormat;
  /** Offset by quarter of an hour: no zone changes its offset within one. */
  readonly offsets: Map<number, number>;
}

const clocks = new Map<string, ZoneClock>();

function zoneClock(zone: string): ZoneClock {
  const known = clocks.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const clock = { format, offsets: new Map<number, number>() };
  clocks.set(zone, clock);
  return clock;
}

function namedZoneOffset(zone: string, seconds: number): number {
  const clock = zoneClock(zone);
  const quarter = Math.floor(seconds / 900);
  const known = clock.offsets.get(quarter);
  if (known !== undefined) return known;
  const field = new Map(clock.format.formatToParts(seconds * 1000).map(({ type, value }) => [type, value]));
  const read = (name: Intl.DateTimeFormatPartTypes) => Number(field.get(name));
  const year = field.get('era') === 'BC' ? 1 - read('year') : read('year');
  const days = daysFromCivil({ year, month: read('month'), day: read('day') });
  const offset = days * 86_400 + read('hour') * 3600 + read('minute') * 60 + read('second') - seconds;
  clock.offsets.set(quarter, offset);
  return offset;
}

/** Throws InvalidTimezone (1078) unless the zone is an IANA name or a fixed offset that this machine knows. */
export function checkTimezone(zone: string): string {
  try {
    zoneOffset(zone, 0n);
    return zone;
  } catch (cause) {
    throw new SqlError('InvalidTimezone', `Invalid timezone: ${zone}`, { cause });
  }
}

/** The instant at which a zone's wall clock shows a local time; in a gap, the one after it, in an overlap the first. */
export function localToUtc(localMicros: bigint, zone: string): bigint {
  if (zone === 'UTC') return localMicros;
  const before = zoneOffset(zone, localMicros - MICROS_PER_DAY) * MICROS_PER_SECOND;
  const after = zoneOffset(zone, localMicros + MICROS_PER_DAY) * MICROS_PER_SECOND;
  const holds = (offset: bigint) => zoneOffset(zone, localMicros - offset) * MICROS_PER_SECOND === offset;
  return localMicros - (holds(before) || !holds(after) ? before : after);
}

const DATE = /^\s*(\d{4})-(\d{2})-(\d{2})(?:[ T](.*))?\s*$/;
const TIME = /^(\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d+))?)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?\s*$/;

/** Days of `YYYY-MM-DD`, optionally followed by a time, which is dropped; undefined when the text is no such date. */
export function parseDate(text: string): number | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  if (match[4] !== undefined && !TIME.test(match[4])) return undefined;
  return civilDays(Number(match[1]), Number(match[2]), Number(match[3]));
}

function civilDays(year: number, month: number, day: number): number | undefined {
  // MySQL's zero date, which Databend reads as the first day of its calendar.
  if (year === 0 && month === 0 && day === 0) return 0;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return daysFromCivil({ year, month, day });
}

export interface ParsedTimestamp {
  readonly micros: bigint;
  /** The offset written in the text, in seconds. */
  readonly offsetSeconds: number | undefined;
}

/**
 * `YYYY-MM-DD[ T]HH[:MM[:SS[.f…]]][Z|±HH[:MM]]` or a date alone; without an offset it is the zone's wall clock.
 * Undefined when the text is no such timestamp. Digits beyond microseconds are dropped.
 */
export function parseTimestamp(text: string, zone: string): ParsedTimestamp | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  const days = civilDays(Number(match[1]), Number(match[2]), Number(match[3]));
  if (days === undefined) return undefined;
  const midnight = BigInt(days) * MICROS_PER_DAY;
  if (match[4] === undefined) return { micros: localToUtc(midnight, zone), offsetSeconds: undefined };
  const time = TIME.exec(match[4]);
  if (!time) return undefined;
  const [hour, minute, second] = [Number(time[1]), Number(time[2] ?? 0), Number(time[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const fraction = BigInt((time[4] ?? '').slice(0, 6).padEnd(6, '0'));
  const local = midnight + BigInt(hour * 3600 + minute * 60 + second) * MICROS_PER_SECOND + fraction;
  const offsetSeconds = parseOffset(time[5]);
  const micros =
    offsetSeconds === undefined ? localToUtc(local, zone) : local - BigInt(offsetSeconds) * MICROS_PER_SECOND;
  return { micros, offsetSeconds };
}

function parseOffset(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (text === 'Z') return 0;
  const digits = text.slice(1).replace(':', '');
  const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2) || 0) * 60;
  return text[0] === '-' ? -seconds : seconds;
}

const SECONDS_LIMIT = 31_536_000_000n;
const MILLISECONDS_LIMIT = 31_536_000_000_000n;

/** Microseconds of an epoch number whose unit is told by its size: seconds, milliseconds or microseconds. */
export function timestampFromEpoch(value: bigint): bigint {
  const size = value < 0n ? -value : value;
  if (size < SECONDS_LIMIT) return value * MICROS_PER_SECOND;
  if (size < MILLISECONDS_LIMIT) return value * 1000n;
  const days = floorDivide(value, MICROS_PER_DAY);
  return days < BigInt(MIN_DAYS) || days > BigInt(MAX_DAYS) ? BigInt(MIN_DAYS) * MICROS_PER_DAY : value;
}
