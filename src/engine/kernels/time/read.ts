import { civilFromDays, daysFromCivil } from '../../types/datetime.ts';
import { formatParts, MONTHS, WEEKDAYS } from './specifiers.ts';

/** A time as a text shows it. */
interface ReadTime {
  readonly days: number;
  readonly microsOfDay: number;
  /** Seconds east of UTC, where the text says so. */
  readonly offsetSeconds: number | undefined;
}

/** What the fields of a text said so far; absent ones are undefined. */
interface Fields {
  year?: number;
  /** Of the century. */
  shortYear?: number;
  month?: number;
  day?: number;
  dayOfYear?: number;
  hour?: number;
  /** From 1 to 12. */
  hour12?: number;
  isPm?: boolean;
  minute?: number;
  second?: number;
  micros?: number;
  offsetSeconds?: number;
  epochSeconds?: number;
}

/** Undefined unless the whole text is what the format says and names a day; a missing time is midnight. */
export function readTime(text: string, format: string): ReadTime | undefined {
  const fields: Fields = {};
  let at = 0;
  for (const part of formatParts(format)) {
    const next = part.kind === 'Literal' ? readLiteral(text, at, part.text) : readField(text, at, part.letter, fields);
    if (next === undefined) return undefined;
    at = next;
  }
  return /^\s*$/.test(text.slice(at)) ? resolve(fields) : undefined;
}

/** White space stands for any white space, or none. */
function readLiteral(text: string, start: number, literal: string): number | undefined {
  let at = start;
  for (const char of literal) {
    if (/\s/.test(char)) at = skipBlanks(text, at);
    else if (text.startsWith(char, at)) at += char.length;
    else return undefined;
  }
  return at;
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (/\s/.test(text.charAt(at))) at++;
  return at;
}

type Field = readonly [pattern: RegExp, note: (fields: Fields, found: string) => void];

const digits = (most: number, note: (fields: Fields, value: number) => void): Field => [
  new RegExp(`\\s*(\\d{1,${most}})`, 'y'),
  (fields, found) => note(fields, Number(found)),
];

const names = (words: readonly string[], note: (fields: Fields, index: number) => void): Field => [
  new RegExp(`(${words.map((word) => `${word.slice(0, 3)}(?:${word.slice(3)})?`).join('|')})`, 'iy'),
  (fields, found) =>
    note(
      fields,
      words.findIndex((word) => word.slice(0, 3).toLowerCase() === found.slice(0, 3).toLowerCase()),
    ),
];

const month = names(MONTHS, (fields, index) => {
  fields.month = index + 1;
});
/** Which day of the week it is follows from the date. */
const weekday = names(WEEKDAYS, () => {});
const day = digits(2, (fields, value) => {
  fields.day = value;
});
const hour = digits(2, (fields, value) => {
  fields.hour = value;
});
const hour12 = digits(2, (fields, value) => {
  fields.hour12 = value;
});
const noon: Field = [
  /\s*([ap]m)/iy,
  (fields, found) => {
    fields.isPm = found.toLowerCase() === 'pm';
  },
];
const noteFraction = (fields: Fields, found: string) => {
  fields.micros = Number(found.replace('.', '').slice(0, 6).padEnd(6, '0'));
};
const fraction: Field = [/(\d{1,9})/y, noteFraction];
const dottedFraction: Field = [/((?:\.\d{1,9})?)/y, noteFraction];
const offset: Field = [
  /\s*(Z|[+-]\d{2}(?::?\d{2})?)/iy,
  (fields, found) => {
    const size = Number(found.slice(1, 3)) * 3600 + Number(found.slice(3).replace(':', '')) * 60;
    fields.offsetSeconds = /^z$/i.test(found) ? 0 : found.startsWith('-') ? -size : size;
  },
];

const FIELDS: { readonly [letter: string]: Field } = {
  Y: [
    /\s*([+-]?\d{1,4})/y,
    (fields, found) => {
      fields.year = Number(found);
    },
  ],
  y: digits(2, (fields, value) => {
    fields.shortYear = value;
  }),
  m: digits(2, (fields, value) => {
    fields.month = value;
  }),
  j: digits(3, (fields, value) => {
    fields.dayOfYear = value;
  }),
  M: digits(2, (fields, value) => {
    fields.minute = value;
  }),
  S: digits(2, (fields, value) => {
    fields.second = value;
  }),
  s: [
    /\s*([+-]?\d{1,12})/y,
    (fields, found) => {
      fields.epochSeconds = Number(found);
    },
  ],
  d: day,
  e: day,
  H: hour,
  k: hour,
  I: hour12,
  l: hour12,
  p: noon,
  P: noon,
  b: month,
  B: month,
  a: weekday,
  A: weekday,
  f: fraction,
  '3f': fraction,
  '6f': fraction,
  '9f': fraction,
  '.f': dottedFraction,
  '.3f': dottedFraction,
  '.6f': dottedFraction,
  '.9f': dottedFraction,
  z: offset,
  ':z': offset,
  '#z': offset,
};

function readField(text: string, at: number, specifier: string, fields: Fields): number | undefined {
  const [pattern, note] = FIELDS[specifier] ?? FIELDS[specifier.slice(-1)] ?? [];
  if (!pattern || !note) return undefined;
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (!match) return undefined;
  note(fields, match[1] ?? '');
  return pattern.lastIndex;
}

function resolve(fields: Fields): ReadTime | undefined {
  const { epochSeconds, offsetSeconds, minute = 0, second = 0, micros = 0 } = fields;
  if (epochSeconds !== undefined) {
    const days = Math.floor(epochSeconds / 86_400);
    return { days, microsOfDay: (epochSeconds - days * 86_400) * 1_000_000 + micros, offsetSeconds: 0 };
  }
  const days = daysOf(fields);
  const hourOfDay = hourOf(fields);
  if (days === undefined || hourOfDay === undefined || minute > 59 || second > 59) return undefined;
  return { days, microsOfDay: (hourOfDay * 3600 + minute * 60 + second) * 1_000_000 + micros, offsetSeconds };
}

function hourOf({ hour: hour24, hour12: short, isPm }: Fields): number | undefined {
  if (short === undefined) return (hour24 ?? 0) > 23 ? undefined : (hour24 ?? 0);
  return short < 1 || short > 12 ? undefined : (short % 12) + (isPm ? 12 : 0);
}

function daysOf({ year: full, shortYear, month: ofYear, day: ofMonth, dayOfYear }: Fields): number | undefined {
  const year = full ?? (shortYear === undefined ? undefined : shortYear + (shortYear < 70 ? 2000 : 1900));
  if (year === undefined || year < 1 || year > 9999) return undefined;
  if (dayOfYear !== undefined) {
    const days = daysFromCivil({ year, month: 1, day: 1 }) + dayOfYear - 1;
    return civilFromDays(days).year === year ? days : undefined;
  }
  if (ofYear === undefined || ofMonth === undefined) return undefined;
  const days = daysFromCivil({ year, month: ofYear, day: ofMonth });
  const civil = civilFromDays(days);
  return civil.month === ofYear && civil.day === ofMonth && civil.year === year ? days : undefined;
}
