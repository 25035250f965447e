import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tries } from '../../test/long.ts';
import { parseDate, parseTimestamp } from '../datetime.ts';
import { parseDecimal } from '../decimal.ts';
import { DoubleReader, LongReader, readInteger, ScaledReader, TWO_POW_32 } from './bytes-number.ts';
import { readDate, TimestampReader } from './bytes-time.ts';
import { isUtf8 } from './utf8.ts';

const encoder = new TextEncoder();

/** The text with other bytes around it, so that a reader that looks too far is found out. */
function framed(text: string): [Uint8Array, number, number] {
  const bytes = encoder.encode(`91${text}17`);
  return [bytes, 2, bytes.length - 2];
}

describe('numbers from bytes', () => {
  test('an integer is read with its sign', () => {
    for (const text of ['0', '7', '-12', '+450', '999999999999999', '-999999999999999', '9007199254740991', '000012']) {
      expect(readInteger(...framed(text))).toBe(Number(text));
    }
  });

  test('what is not an integer that a double holds is left to the slow reader', () => {
    for (const text of ['', '-', '+', '1.5', '1e3', ' 1', '1 ', '--1', '9007199254740992', '12345678901234567']) {
      expect(readInteger(...framed(text))).toBeNaN();
    }
  });

  test('64-bit integers come in two halves', () => {
    const reader = new LongReader();
    const integer = fc.bigInt({ min: -999999999999999999n, max: 999999999999999999n });
    fc.assert(
      fc.property(integer, (value) => {
        expect(reader.read(...framed(String(value)), true)).toBe(true);
        expect(BigInt(reader.high) * BigInt(TWO_POW_32) + BigInt(reader.low)).toBe(value);
      }),
    );
  });

  test('an integer of more than 18 digits, or a sign where none may be, is left to the slow reader', () => {
    const reader = new LongReader();
    for (const text of ['1234567890123456789', '123456789-12345678', '12345678-123456789', '-']) {
      expect(reader.read(...framed(text), true)).toBe(false);
    }
    expect(reader.read(...framed('-1'), false)).toBe(false);
    expect(reader.read(...framed('-123456789012345678'), false)).toBe(false);
  });

  test('decimals are read unscaled, or left to the slow reader', () => {
    const decimal = fc.tuple(fc.integer({ min: -99999999, max: 99999999 }), fc.integer({ min: 0, max: 6 }));
    fc.assert(
      fc.property(decimal, fc.integer({ min: 0, max: 6 }), ([unscaled, fraction], scale) => {
        const text = (unscaled / 10 ** fraction).toFixed(fraction);
        const value = new ScaledReader(scale).read(...framed(text));
        if (fraction > scale) expect(value).toBeNaN();
        else expect(BigInt(value)).toBe(parseDecimal(text, scale));
      }),
    );
    for (const text of ['', '.', '-.', '1.', '1e2', '1..2', '9999999999999999']) {
      expect(new ScaledReader(2).read(...framed(text))).toBeNaN();
    }
    expect(new ScaledReader(2).read(...framed('.5'))).toBe(50);
  });

  test('a double is what JavaScript reads, or left to the slow reader', () => {
    const reader = new DoubleReader();
    let fast = 0;
    const check = (text: string) => {
      const value = reader.read(...framed(text));
      if (Number.isNaN(value)) return;
      fast++;
      expect(Object.is(value, Number(text)), text).toBe(true);
    };
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => check(String(value))));
    fc.assert(fc.property(fc.double({ min: -1000, max: 1000, noNaN: true }), (value) => check(value.toFixed(16))));
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 19n }), fc.integer({ min: -22, max: 22 }), (digits, exponent) =>
        check(`${digits}e${exponent}`),
      ),
      { numRuns: tries(2000) },
    );
    expect(fast).toBeGreaterThan(1500);
  });

  test('digits of a full double take the fast path', () => {
    const reader = new DoubleReader();
    for (const text of [
      '0.1',
      '-0.8437465293845123',
      '3.141592653589793',
      '123456.78901234567',
      '1e3',
      '-0',
      '1.5E+2',
    ]) {
      expect(reader.read(...framed(text))).toBe(Number(text));
    }
  });

  test('what is no number gives NaN', () => {
    const reader = new DoubleReader();
    for (const text of ['', '-', '.', '-.', 'e5', '1e', '1e+', '1.2.3', '1x', 'nan', '0x10', '12345678901234567x']) {
      expect(reader.read(...framed(text)), text).toBeNaN();
    }
  });
});

describe('times from bytes', () => {
  test('every day from 0001 to 9999 is the day that the calendar says', () => {
    for (let days = -719_162; days <= 2_932_896; days += 37) {
      const text = new Date(days * 86_400_000).toISOString().slice(0, 10);
      if (!/^\d{4}-/.test(text)) continue;
      expect(readDate(...framed(text)), text).toBe(days);
    }
  });

  test('a day that does not exist, or another spelling, is left to the slow reader', () => {
    for (const text of [
      '2023-02-29',
      '1900-02-29',
      '2024-13-01',
      '2024-00-10',
      '2024-04-31',
      '0000-01-01',
      '2024-1-5',
      '2024/01/05',
      '2024-01-0',
      '2024-01-055',
      '',
    ]) {
      expect(readDate(...framed(text)), text).toBeNaN();
    }
    expect(readDate(...framed('2000-02-29'))).toBe(parseDate('2000-02-29'));
  });

  test('a timestamp is what the slow reader reads, or left to it', () => {
    const reader = new TimestampReader();
    const two = (max: number) => fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'));
    const clock = fc.tuple(two(25), two(61), two(61)).map((parts) => parts.join(':'));
    const fraction = fc.stringMatching(/^(\.\d{0,9})?$/);
    const zone = fc.constantFrom('', 'Z', '+08', '-0330', '+05:45', '+0', 'z', '+08:0');
    const text = fc
      .tuple(
        fc.constantFrom('2024-02-29', '1969-12-31', '0001-01-01', '2023-02-29'),
        fc.constantFrom(' ', 'T', '_'),
        clock,
        fraction,
        zone,
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (written) => {
        const known = parseTimestamp(written, 'UTC');
        if (!reader.read(...framed(written))) return;
        const offset = Number.isNaN(reader.offset) ? undefined : reader.offset;
        const micros = BigInt(reader.seconds - (offset ?? 0)) * 1_000_000n + BigInt(reader.micros);
        expect({ micros, offsetSeconds: offset }).toEqual(known);
      }),
      { numRuns: tries(2000) },
    );
    expect(reader.read(...framed('2025-01-28 16:40:10.883172'))).toBe(true);
    expect(reader.read(...framed('2025-01-28'))).toBe(true);
    expect(reader.read(...framed('2025-01-28T16:40'))).toBe(false);
  });
});

describe('UTF-8', () => {
  const isUtf8Text = (bytes: Uint8Array) => {
    try {
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      return true;
    } catch {
      return false;
    }
  };

  test('bytes are valid exactly when the platform decodes them', () => {
    const lead = fc.constantFrom(0x7f, 0x80, 0xc0, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5);
    const byte = fc.oneof(lead, fc.integer({ min: 0x80, max: 0xbf }), fc.integer({ min: 0x8f, max: 0xa0 }));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 6 }), fc.integer({ min: 0, max: 9 }), (tail, ascii) => {
        const bytes = Uint8Array.from([...new Array<number>(ascii).fill(0x61), ...tail]);
        expect(isUtf8(bytes, 0, bytes.length)).toBe(isUtf8Text(bytes));
      }),
      { numRuns: tries(3000) },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const bytes = encoder.encode(`xx${text}xx`);
        expect(isUtf8(bytes.subarray(1), 1, bytes.length - 2)).toBe(isUtf8Text(bytes.subarray(2, -1)));
      }),
    );
  });
});
