import type { Cell } from '../cell.ts';
import { type ParsedTimestamp, parseDate, parseTimestamp, timestampFromEpoch, zoneOffset } from '../datetime.ts';
import { ParseFailure, type ParseSettings } from './failure.ts';

const EPOCH = /^[+]?\d{1,19}$/;

export function parseDateText(text: string): Cell | ParseFailure {
  return (
    parseDate(text) ??
    new ParseFailure(`fail to deserialize date, unexpected end at pos ${validPrefix(text, parseDate)} of ${text}`)
  );
}

/** ISO date and time, or without any `-` a number whose size tells its unit: seconds, milliseconds or microseconds. */
export function parseTimestampText(text: string, settings: ParseSettings): Cell | ParseFailure {
  const parsed = readTimestamp(text, settings.timezone);
  return parsed ? parsed.micros : timestampFailure(text, settings);
}

export function parseTimestampTzText(text: string, settings: ParseSettings): Cell | ParseFailure {
  const parsed = readTimestamp(text, settings.timezone);
  if (!parsed) return timestampFailure(text, settings);
  const { micros, offsetSeconds } = parsed;
  return { micros, offsetSeconds: offsetSeconds ?? Number(zoneOffset(settings.timezone, micros)) };
}

function readTimestamp(text: string, timezone: string): ParsedTimestamp | undefined {
  if (!text.includes('-') && EPOCH.test(text)) {
    return { micros: timestampFromEpoch(BigInt(text)), offsetSeconds: undefined };
  }
  return parseTimestamp(text, timezone);
}

function timestampFailure(text: string, { timezone }: ParseSettings): ParseFailure {
  const at = validPrefix(text, (prefix) => readTimestamp(prefix, timezone));
  return new ParseFailure(`fail to deserialize timestamp, unexpected end at pos ${at} of ${text}`);
}

/** Length of the longest start of the text that can be read. */
function validPrefix(text: string, read: (prefix: string) => unknown): number {
  for (let length = Math.min(text.length, 64); length > 0; length--) {
    if (read(text.slice(0, length)) !== undefined) return length;
  }
  return 0;
}
