import { localToUtc, MICROS_PER_SECOND } from '../../types/datetime.ts';
import { isDigit } from '../../types/json/bytes.ts';
import { readInteger, TWO_POW_32 } from '../../types/parse/bytes-number.ts';
import { readDate, TimestampReader } from '../../types/parse/bytes-time.ts';
import { type Ranges, VALUE } from './ranges.ts';
import { setWords } from './values-number.ts';

/** Dates as days since 1970. */
export function dateValues(ranges: Ranges): Int32Array<ArrayBuffer> {
  const { bytes, starts, ends, stride, states, rows } = ranges;
  const values = new Int32Array(rows);
  for (let row = 0, at = ranges.index; row < rows; row++, at += stride) {
    if (states[row] !== VALUE) continue;
    const days = readDate(bytes, starts[at] ?? 0, ends[at] ?? 0);
    values[row] = Number.isNaN(days) ? Number(ranges.parse(row) ?? 0) : days;
  }
  return values;
}

/** Beyond, a count of microseconds does not fit a double. */
const EXACT_SECONDS = 9e9;
const SECONDS_LIMIT = 31_536_000_000;
const MILLISECONDS_LIMIT = 31_536_000_000_000;

/** Timestamps as microseconds since 1970 in UTC, two words each. */
export function timestampValues(ranges: Ranges, timezone: string): Int32Array<ArrayBuffer> {
  const { bytes, starts, ends, stride, states, rows } = ranges;
  const words = new Int32Array(2 * rows);
  const reader = new MicrosReader(timezone);
  for (let row = 0, at = ranges.index; row < rows; row++, at += stride) {
    if (states[row] !== VALUE) continue;
    const micros = reader.read(bytes, starts[at] ?? 0, ends[at] ?? 0);
    if (Number.isNaN(micros)) setWords(words, 2 * row, 2, ranges.parse(row));
    else {
      const high = Math.floor(micros / TWO_POW_32);
      words[2 * row] = micros - high * TWO_POW_32;
      words[2 * row + 1] = high;
    }
  }
  return words;
}

class MicrosReader {
  readonly #clock = new TimestampReader();
  readonly #offsets: LocalOffsets;

  constructor(timezone: string) {
    this.#offsets = new LocalOffsets(timezone);
  }

  /** NaN for a spelling that is not known here, or a time that a double cannot hold. */
  read(bytes: Uint8Array, start: number, end: number): number {
    const clock = this.#clock;
    if (clock.read(bytes, start, end)) {
      const offset = Number.isNaN(clock.offset) ? this.#offsets.at(clock.seconds) : clock.offset;
      const seconds = clock.seconds - offset;
      return seconds < EXACT_SECONDS && seconds > -EXACT_SECONDS ? seconds * 1e6 + clock.micros : Number.NaN;
    }
    return isDigit(bytes[start] ?? 0) ? epochMicros(readInteger(bytes, start, end)) : Number.NaN;
  }
}

/** A count since 1970 whose size tells its unit; NaN stays NaN. */
function epochMicros(value: number): number {
  if (value < SECONDS_LIMIT) return value < EXACT_SECONDS ? value * 1e6 : Number.NaN;
  return value < MILLISECONDS_LIMIT ? value * 1e3 : value;
}

/** No zone changes its offset within a quarter of an hour but at its ends. */
const QUARTER = 900;

/** Seconds by which the wall clock of a zone is ahead of UTC, by local time. */
class LocalOffsets {
  readonly #zone: string;
  readonly #known = new Map<number, number>();

  constructor(zone: string) {
    this.#zone = zone;
  }

  at(seconds: number): number {
    if (this.#zone === 'UTC') return 0;
    const quarter = Math.floor(seconds / QUARTER);
    const known = this.#known.get(quarter);
    if (known !== undefined) return known;
    const first = this.#read(quarter * QUARTER);
    if (first !== this.#read((quarter + 1) * QUARTER - 1)) return this.#read(seconds);
    this.#known.set(quarter, first);
    return first;
  }

  #read(seconds: number): number {
    const local = BigInt(seconds) * MICROS_PER_SECOND;
    return Number((local - localToUtc(local, this.#zone)) / MICROS_PER_SECOND);
  }
}
