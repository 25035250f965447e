import { civilFromDays, daysFromCivil, floorDivide, MICROS_PER_DAY } from '../../types/datetime.ts';
import { KernelError } from '../kernel.ts';
import { formatParts, MONTHS, WEEKDAYS } from './specifiers.ts';

/** A wall clock's time, taken apart. */
interface Clock {
  readonly days: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Sunday is 0. */
  readonly weekday: number;
  /** From 0. */
  readonly dayOfYear: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micros: number;
  readonly offsetSeconds: number;
  readonly zone: string;
}

interface ZonedTime {
  /** Microseconds since 1970 of the wall clock. */
  readonly localMicros: bigint;
  /** How far the wall clock is ahead of UTC. */
  readonly offsetSeconds: number;
  readonly zone: string;
}

export function showTime(time: ZonedTime, format: string): string {
  const clock = clockOf(time);
  return formatParts(format)
    .map((part) => (part.kind === 'Literal' ? part.text : showField(part.letter, clock)))
    .join('');
}

function clockOf({ localMicros, offsetSeconds, zone }: ZonedTime): Clock {
  const days = Number(floorDivide(localMicros, MICROS_PER_DAY));
  const ofDay = Number(localMicros - BigInt(days) * MICROS_PER_DAY);
  const seconds = Math.floor(ofDay / 1_000_000);
  const date = civilFromDays(days);
  return {
    ...date,
    days,
    weekday: (((days + 4) % 7) + 7) % 7,
    dayOfYear: days - daysFromCivil({ year: date.year, month: 1, day: 1 }),
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    micros: ofDay % 1_000_000,
    offsetSeconds,
    zone,
  };
}

/** Numbers with their width; `-` before a letter leaves padding out, `_` pads with blanks. */
const NUMBERS: { readonly [letter: string]: readonly [width: number, value: (clock: Clock) => number] } = {
  Y: [4, ({ year }) => year],
  y: [2, ({ year }) => year % 100],
  C: [2, ({ year }) => Math.floor(year / 100)],
  m: [2, ({ month }) => month],
  d: [2, ({ day }) => day],
  e: [2, ({ day }) => day],
  j: [3, ({ dayOfYear }) => dayOfYear + 1],
  w: [1, ({ weekday }) => weekday],
  u: [1, ({ weekday }) => weekday || 7],
  U: [2, ({ dayOfYear, weekday }) => Math.floor((dayOfYear + 7 - weekday) / 7)],
  W: [2, ({ dayOfYear, weekday }) => Math.floor((dayOfYear + 7 - ((weekday + 6) % 7)) / 7)],
  V: [2, (clock) => isoWeek(clock).week],
  G: [4, (clock) => isoWeek(clock).year],
  g: [2, (clock) => isoWeek(clock).year % 100],
  H: [2, ({ hour }) => hour],
  k: [2, ({ hour }) => hour],
  I: [2, ({ hour }) => hour % 12 || 12],
  l: [2, ({ hour }) => hour % 12 || 12],
  M: [2, ({ minute }) => minute],
  S: [2, ({ second }) => second],
  f: [6, ({ micros }) => micros],
};

const PADDED_WITH_BLANKS = 'ekl';

const TEXTS: { readonly [letter: string]: (clock: Clock) => string } = {
  B: ({ month }) => MONTHS[month - 1] ?? '',
  b: ({ month }) => (MONTHS[month - 1] ?? '').slice(0, 3),
  A: ({ weekday }) => WEEKDAYS[weekday] ?? '',
  a: ({ weekday }) => (WEEKDAYS[weekday] ?? '').slice(0, 3),
  p: ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
  P: ({ hour }) => (hour < 12 ? 'am' : 'pm'),
  z: ({ offsetSeconds }) => showOffset(offsetSeconds, ''),
  ':z': ({ offsetSeconds }) => showOffset(offsetSeconds, ':'),
  '#z': ({ offsetSeconds }) => showOffset(offsetSeconds, '').slice(0, 3),
  Z: ({ zone }) => zone,
  s: ({ days, hour, minute, second, offsetSeconds }) =>
    String(days * 86_400 + hour * 3600 + minute * 60 + second - offsetSeconds),
  '.f': (clock) => (clock.micros === 0 ? '' : `.${fraction(clock, 6).replace(/0+$/, '')}`),
  '.3f': (clock) => `.${fraction(clock, 3)}`,
  '.6f': (clock) => `.${fraction(clock, 6)}`,
  '.9f': (clock) => `.${fraction(clock, 9)}`,
  '3f': (clock) => fraction(clock, 3),
  '6f': (clock) => fraction(clock, 6),
  '9f': (clock) => fraction(clock, 9),
};

function showField(specifier: string, clock: Clock): string {
  const text = TEXTS[specifier];
  if (text) return text(clock);
  const letter = specifier.slice(-1);
  const [width, value] = NUMBERS[letter] ?? [];
  if (width === undefined || !value) throw new KernelError(`invalid format specifier %${specifier}`);
  const digits = String(value(clock));
  const padding = specifier.length > 1 ? specifier[0] : PADDED_WITH_BLANKS.includes(letter) ? '_' : '0';
  if (padding === '-') return digits;
  return digits.padStart(width, padding === '_' ? ' ' : '0');
}

function fraction({ micros }: Clock, digits: number): string {
  return String(micros).padStart(6, '0').padEnd(9, '0').slice(0, digits);
}

/** `+0800`, or with the separator `+08:00`. */
export function showOffset(offsetSeconds: number, separator: string): string {
  const minutes = Math.floor(Math.abs(offsetSeconds) / 60);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${offsetSeconds < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${separator}${two(minutes % 60)}`;
}

/** The week whose Thursday is in the year. */
function isoWeek({ days, weekday }: Clock): { readonly year: number; readonly week: number } {
  const thursday = days + 3 - ((weekday + 6) % 7);
  const { year } = civilFromDays(thursday);
  return { year, week: Math.floor((thursday - daysFromCivil({ year, month: 1, day: 1 })) / 7) + 1 };
}
