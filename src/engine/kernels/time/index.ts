import {
  checkTimezone,
  localToUtc,
  MICROS_PER_DAY,
  MICROS_PER_SECOND,
  parseDate,
  parseTimestamp,
  zoneOffset,
} from '../../types/datetime.ts';
import { floatToText, showDouble, showFloat } from '../../types/float.ts';
import { parseInterval } from '../../types/interval.ts';
import { readDate, TimestampReader } from '../../types/parse/bytes-time.ts';
import { bytesOf, cachedReader, decode, failOrNull, numbersOf, textKernel, vectorKernel } from '../frame.ts';
import { type Kernel, KernelError } from '../kernel.ts';
import { readTime } from './read.ts';
import { showOffset, showTime } from './show.ts';

const cannotParse = (type: string) => `cannot parse to type \`${type}\``;

/** Days since 1970. */
const parseDateKernel = vectorKernel(
  { name: 'parse_date', args: ['text', 'int'], returns: 'int' },
  ([texts, modes]) => {
    const { bytes, starts, lengths } = bytesOf(texts);
    const mode = numbersOf(modes);
    return (row, out) => {
      const start = starts[row] ?? 0;
      const end = start + (lengths[row] ?? 0);
      const quick = readDate(bytes, start, end);
      const days = Number.isNaN(quick)
        ? (parseDate(decode(bytes, start, end)) ?? failOrNull(mode[row] ?? 0, cannotParse('DATE')))
        : quick;
      if (days === null) out.null(row);
      else out.number(row, days);
    };
  },
);

const reader = new TimestampReader();

/** Microseconds since 1970; a text without an offset shows the zone's wall clock. */
const parseTimestampKernel = vectorKernel(
  { name: 'parse_timestamp', args: ['text', 'text', 'int'], returns: 'bigint' },
  ([texts, zones, modes]) => {
    const { bytes, starts, lengths } = bytesOf(texts);
    const zone = cachedReader(zones, (name) => name);
    const mode = numbersOf(modes);
    return (row, out) => {
      const start = starts[row] ?? 0;
      const end = start + (lengths[row] ?? 0);
      const micros = reader.read(bytes, start, end)
        ? readerMicros(zone(row))
        : (parseTimestamp(decode(bytes, start, end), zone(row))?.micros ??
          failOrNull(mode[row] ?? 0, cannotParse('TIMESTAMP')));
      if (micros === null) out.null(row);
      else out.bigint(row, micros);
    };
  },
);

function readerMicros(zone: string): bigint {
  const isLocal = Number.isNaN(reader.offset);
  const seconds = isLocal ? reader.seconds : reader.seconds - reader.offset;
  const micros = BigInt(seconds) * MICROS_PER_SECOND + BigInt(reader.micros);
  return isLocal ? localToUtc(micros, zone) : micros;
}

/** Microseconds since 1970 and the offset in seconds, that of the zone where the text names none. */
const parseTimestampTz = textKernel(
  'parse_timestamp_tz',
  ['text', 'text', 'int'],
  (text: string, zone: string, mode: number) => {
    const parsed = parseTimestamp(text, zone);
    if (!parsed) return failOrNull(mode, cannotParse('TIMESTAMP_TZ'));
    return `${parsed.micros} ${parsed.offsetSeconds ?? zoneOffset(zone, parsed.micros)}`;
  },
);

const parseIntervalKernel = textKernel('parse_interval', ['text', 'int'], (text: string, mode: number) => {
  const interval = parseInterval(text);
  if (!interval) return failOrNull(mode, cannotParse('INTERVAL'));
  return `${interval.months} ${interval.days} ${interval.micros}`;
});

function knownZone(name: string): string {
  try {
    return checkTimezone(name);
  } catch {
    // The name is all that there is to say.
    throw new KernelError(`cannot parse target \`timezone\`. '${name}' is no time zone`);
  }
}

/** Seconds that the zone is ahead of UTC at an instant in microseconds. */
const zoneOffsetKernel = vectorKernel(
  { name: 'zone_offset', args: ['double', 'text'], returns: 'int' },
  ([instants, zones]) => {
    const micros = numbersOf(instants);
    const zone = cachedReader(zones, knownZone);
    return (row, out) => out.number(row, Number(zoneOffset(zone(row), BigInt(Math.floor(micros[row] ?? 0)))));
  },
);

/** The instant of a wall clock's time, both in microseconds. */
const localToUtcKernel: Kernel = {
  kind: 'row',
  name: 'local_to_utc',
  args: ['text', 'text'],
  returns: 'bigint',
  row: (micros: string, zone: string) => localToUtc(BigInt(micros), zone),
};

/** Behind a blank, as in TIMESTAMP_TZ. */
const offsetText = textKernel('offset_text', ['int'], (seconds: number) => ` ${showOffset(seconds, '')}`);

const doubleText = textKernel('double_text', ['double'], (value: number) => floatToText(showDouble(value)));

const floatText = textKernel('float_text', ['double'], (value: number) => floatToText(showFloat(Math.fround(value))));

/** Of an instant in microseconds, on a zone's wall clock. */
const formatTimestamp = textKernel(
  'format_timestamp',
  ['text', 'text', 'text'],
  (micros: string, zone: string, format: string) => {
    const instant = BigInt(micros);
    const offset = zoneOffset(zone, instant);
    const localMicros = instant + offset * MICROS_PER_SECOND;
    return showTime({ localMicros, offsetSeconds: Number(offset), zone }, format);
  },
);

/** The same where the offset is known. */
const formatTimestampTz = textKernel(
  'format_timestamp_tz',
  ['text', 'int', 'text'],
  (micros: string, offsetSeconds: number, format: string) => {
    const localMicros = BigInt(micros) + BigInt(offsetSeconds) * MICROS_PER_SECOND;
    return showTime({ localMicros, offsetSeconds, zone: showOffset(offsetSeconds, ':') }, format);
  },
);

/** Days since 1970 of a text in a format; the empty format gives NULL. */
const readDateKernel: Kernel = {
  kind: 'row',
  name: 'parse_date_format',
  args: ['text', 'text', 'int'],
  returns: 'int',
  row: (text: string, format: string, mode: number) =>
    format === '' ? null : (readTime(text, format)?.days ?? failOrNull(mode, cannotParse('DATE'))),
};

/** Microseconds since 1970 of a text in a format, on the zone's wall clock unless the text has an offset. */
const readTimestampKernel: Kernel = {
  kind: 'row',
  name: 'parse_timestamp_format',
  args: ['text', 'text', 'text', 'int'],
  returns: 'bigint',
  row(...[text, zone, format, mode]: [string, string, string, number]) {
    if (format === '') return null;
    const time = readTime(text, format);
    if (!time) return failOrNull(mode, cannotParse('TIMESTAMP'));
    const local = BigInt(time.days) * MICROS_PER_DAY + BigInt(time.microsOfDay);
    if (time.offsetSeconds === undefined) return localToUtc(local, zone);
    return local - BigInt(time.offsetSeconds) * MICROS_PER_SECOND;
  },
};

/** The kernels over dates, times, intervals and the text of floats. 64-bit instants come as text. */
export const timeKernels: readonly Kernel[] = [
  parseDateKernel,
  parseTimestampKernel,
  parseTimestampTz,
  parseIntervalKernel,
  zoneOffsetKernel,
  localToUtcKernel,
  offsetText,
  doubleText,
  floatText,
  formatTimestamp,
  formatTimestampTz,
  readDateKernel,
  readTimestampKernel,
];
