/**
 * Dates and times straight from bytes, in the ISO spellings that files hold; as in `bytes-number.ts`, any other
 * spelling gives NaN or false and is `parseCell`'s to judge.
 */

const ZERO = 0x30;
const DASH = 0x2d;
const PLUS = 0x2b;
const COLON = 0x3a;
const POINT = 0x2e;
const SPACE = 0x20;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;

/** By month, from 1; February without its leap day. */
const DAYS_IN_MONTH: readonly number[] = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Two digits, else a negative number. */
function two(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] ?? 0) - ZERO;
  const ones = (bytes[at + 1] ?? 0) - ZERO;
  return tens >>> 0 > 9 || ones >>> 0 > 9 ? -1 : tens * 10 + ones;
}

/** Days since 1970 of `YYYY-MM-DD` at `start`; whatever follows is not looked at. */
function readDays(bytes: Uint8Array, start: number): number {
  const century = two(bytes, start);
  const ofCentury = two(bytes, start + 2);
  const month = two(bytes, start + 5);
  const day = two(bytes, start + 8);
  if (bytes[start + 4] !== DASH || bytes[start + 7] !== DASH) return Number.NaN;
  const year = century * 100 + ofCentury;
  if (century < 0 || ofCentury < 0 || year === 0 || month < 1 || month > 12) return Number.NaN;
  if (day < 1 || day > daysInMonth(year, month)) return Number.NaN;
  return daysFromYearMonth(year, month) + day;
}

function daysInMonth(year: number, month: number): number {
  if (month !== 2) return DAYS_IN_MONTH[month] ?? 0;
  return (year & 3) === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** Days before the month, from the day before 1970; the integer form of `daysFromCivil` for years from 1 on. */
function daysFromYearMonth(year: number, month: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const fromMarch = month > 2 ? month - 3 : month + 9;
  const leapDays = (shifted >> 2) - ((shifted / 100) | 0) + ((shifted / 400) | 0);
  return shifted * 365 + leapDays + (((153 * fromMarch + 2) / 5) | 0) - 719_469;
}

/** `YYYY-MM-DD` and nothing else. */
export function readDate(bytes: Uint8Array, start: number, end: number): number {
  return end - start === 10 ? readDays(bytes, start) : Number.NaN;
}

/** `YYYY-MM-DD[ T]HH:MM:SS[.f…][Z|±HH[[:]MM]]`, or the date alone. */
export class TimestampReader {
  /** Of the wall clock that the text shows, since 1970. */
  seconds = 0;
  micros = 0;
  /** Seconds east of UTC; NaN when the text names no offset. */
  offset = 0;

  read(bytes: Uint8Array, start: number, end: number): boolean {
    const days = readDays(bytes, start);
    if (Number.isNaN(days) || end - start < 10) return false;
    this.seconds = days * 86_400;
    this.micros = 0;
    this.offset = Number.NaN;
    return end - start === 10 || this.#readClock(bytes, start + 10, end);
  }

  #readClock(bytes: Uint8Array, at: number, end: number): boolean {
    if (end - at < 9 || (bytes[at] !== SPACE && bytes[at] !== LETTER_T)) return false;
    const hour = two(bytes, at + 1);
    const minute = two(bytes, at + 4);
    const second = two(bytes, at + 7);
    if (bytes[at + 3] !== COLON || bytes[at + 6] !== COLON) return false;
    if (hour >>> 0 > 23 || minute >>> 0 > 59 || second >>> 0 > 59) return false;
    this.seconds += hour * 3600 + minute * 60 + second;
    const zone = bytes[at + 9] === POINT && at + 9 < end ? this.#readFraction(bytes, at + 10, end) : at + 9;
    return zone === end || (zone > 0 && this.#readOffset(bytes, zone, end));
  }

  /** Where the digits end, 0 if there are none. Digits beyond microseconds are dropped. */
  #readFraction(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    let value = 0;
    for (; at < end; at++) {
      const digit = (bytes[at] ?? 0) - ZERO;
      if (digit >>> 0 > 9) break;
      if (at - start < 6) value = value * 10 + digit;
    }
    for (let digits = at - start; digits < 6; digits++) value *= 10;
    this.micros = value;
    return at === start ? 0 : at;
  }

  #readOffset(bytes: Uint8Array, at: number, end: number): boolean {
    const sign = bytes[at];
    if (sign === LETTER_Z && end - at === 1) {
      this.offset = 0;
      return true;
    }
    if (sign !== PLUS && sign !== DASH) return false;
    const minuteAt = bytes[at + 3] === COLON && end - at === 6 ? at + 4 : at + 3;
    const hours = two(bytes, at + 1);
    const minutes = end - at === 3 ? 0 : two(bytes, minuteAt);
    if (hours < 0 || minutes < 0 || (end - at !== 3 && end !== minuteAt + 2)) return false;
    this.offset = (hours * 3600 + minutes * 60) * (sign === DASH ? -1 : 1);
    return true;
  }
}
