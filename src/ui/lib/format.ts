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
}

export function formats(locale: string): Formats {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const fixed = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const short = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const number = (value: number, digits = 3) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  const bytes = (count: number) => {
    const power = unitOf(count);
    return `${(power === 0 ? whole : short).format(count / 1024 ** power)} ${BYTE_UNITS[power]}`;
  };
  return {
    integer: (value) => whole.format(value),
    number,
    percent: (share) => `${fixed.format(share * 100)} %`,
    bytes,
    rate: (bytesPerSecond) => `${bytes(bytesPerSecond)}/s`,
    duration: (milliseconds) => showDuration(milliseconds, fixed),
    clock: (time, timeZone) => showParts(time, timeZone).clock,
    minute(time, timeZone) {
      const { date, clock } = showParts(time, timeZone);
      return `${date} ${clock.slice(0, 5)}`;
    },
  };
}

/** The power of 1024 whose figure has at most four digits before the point once it is rounded to one after. */
function unitOf(count: number): number {
  let power = 0;
  while (power < BYTE_UNITS.length - 1 && Math.round((count / 1024 ** power) * 10) >= 10_240) power++;
  return power;
}

function showDuration(milliseconds: number, fixed: Intl.NumberFormat): string {
  if (milliseconds < SECOND - 0.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < MINUTE - 5) return `${fixed.format(milliseconds / SECOND)} s`;
  const seconds = Math.round(milliseconds / SECOND);
  const two = (value: number) => String(value).padStart(2, '0');
  if (seconds < HOUR / SECOND) return `${Math.floor(seconds / 60)} m ${two(seconds % 60)} s`;
  const minutes = Math.floor(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} m`;
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
