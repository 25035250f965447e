import type { Language } from './language.ts';
import { currentLanguage } from './messages/messages.ts';

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How figures and times look in the console, in one language. Cells of results have `showCell` instead. */
export interface Formats {
  integer(value: number | bigint): string;
  /** With as many digits as help, at most `digits` after the point. */
  number(value: number, digits?: number): string;
  /** A share of one: `39.06 %`. */
  percent(share: number): string;
  /** `465 B`, `104.2 MiB`. */
  bytes(count: number): string;
  /** `118 MiB/s`. */
  rate(bytesPerSecond: number): string;
  /** `38 ms`, `1.24 s`, `2 m 05 s`, `1 h 02 m`. */
  duration(milliseconds: number): string;
  /** `14:02:11`. */
  clock(time: Date, timeZone?: string): string;
  /** `2025-01-02 03:00`. */
  minute(time: Date, timeZone?: string): string;
  /** `a, b, and c`. */
  list(items: readonly string[]): string;
}

/** Chinese sets no space before the sign and writes the units of time in words. */
const UNITS = {
  en: { millisecond: 'ms', second: 's', minute: 'm', hour: 'h', percent: ' %' },
  zh: { millisecond: '毫秒', second: '秒', minute: '分', hour: '小时', percent: '%' },
} as const;

type Units = (typeof UNITS)[Language];

/** Figures and times in the language that is shown. */
export const format: Formats = {
  integer: (value) => current().integer(value),
  number: (value, digits) => current().number(value, digits),
  percent: (share) => current().percent(share),
  bytes: (count) => current().bytes(count),
  rate: (bytesPerSecond) => current().rate(bytesPerSecond),
  duration: (milliseconds) => current().duration(milliseconds),
  clock: (time, timeZone) => current().clock(time, timeZone),
  minute: (time, timeZone) => current().minute(time, timeZone),
  list: (items) => current().list(items),
};

const byLanguage = new Map<Language, Formats>();

function current(): Formats {
  const language = currentLanguage();
  const known = byLanguage.get(language) ?? formats(language);
  byLanguage.set(language, known);
  return known;
}

export function formats(locale: Language): Formats {
  const units = UNITS[locale];
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const fixed = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const short = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const series = new Intl.ListFormat(locale);
  const number = (value: number, digits = 3) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  const bytes = (count: number) => {
    const power = unitOf(count);
    return `${(power === 0 ? whole : short).format(count / 1024 ** power)} ${BYTE_UNITS[power]}`;
  };
  return {
    integer: (value) => whole.format(value),
    number,
    percent: (share) => fixed.format(share * 100) + units.percent,
    bytes,
    rate: (bytesPerSecond) => `${bytes(bytesPerSecond)}/s`,
    duration: (milliseconds) => showDuration(milliseconds, fixed, units),
    clock: (time, timeZone) => showParts(time, timeZone).clock,
    minute(time, timeZone) {
      const { date, clock } = showParts(time, timeZone);
      return `${date} ${clock.slice(0, 5)}`;
    },
    list: (items) => series.format(items),
  };
}

/** The power of 1024 whose figure has at most four digits before the point once it is rounded to one after. */
function unitOf(count: number): number {
  let power = 0;
  while (power < BYTE_UNITS.length - 1 && Math.round((count / 1024 ** power) * 10) >= 10_240) power++;
  return power;
}

function showDuration(milliseconds: number, fixed: Intl.NumberFormat, units: Units): string {
  if (milliseconds < SECOND - 0.5) return `${Math.round(milliseconds)} ${units.millisecond}`;
  if (milliseconds < MINUTE - 5) return `${fixed.format(milliseconds / SECOND)} ${units.second}`;
  const seconds = Math.round(milliseconds / SECOND);
  const two = (value: number) => String(value).padStart(2, '0');
  if (seconds < HOUR / SECOND)
    return `${Math.floor(seconds / 60)} ${units.minute} ${two(seconds % 60)} ${units.second}`;
  const minutes = Math.floor(seconds / 60);
  return `${Math.floor(minutes / 60)} ${units.hour} ${two(minutes % 60)} ${units.minute}`;
}

const partFormats = new Map<string | undefined, Intl.DateTimeFormat>();

/** Year first and 24 hours in every language, so that columns of times line up and sort. */
function showParts(time: Date, timeZone: string | undefined): { readonly date: string; readonly clock: string } {
  let format = partFormats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
      hourCycle: 'h23',
      ...(timeZone === undefined ? {} : { timeZone }),
    });
    partFormats.set(timeZone, format);
  }
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    clock: `${part('hour')}:${part('minute')}:${part('second')}`,
  };
}
