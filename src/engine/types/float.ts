/**
 * Floats as Databend prints them: the shortest digits that read back the same, always with a fraction or an exponent.
 */

/** Digits without leading or trailing zeros, and the power of ten of the first digit. */
interface Digits {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

/** A DOUBLE: exponent form below 1e-5 and from 1e16 on. */
export function showDouble(value: number): string {
  return showSpecial(value) ?? layOut(shortest(value.toExponential()), -5, 16);
}

/** A FLOAT: the shortest digits that give the same float32; exponent form below 1e-6 and from 1e13 on. */
export function showFloat(value: number): string {
  return showSpecial(value) ?? layOut(shortest(shortestFloat32(value)), -6, 13);
}

/** The same inside `CAST(x AS STRING)`: without a trailing `.0`. */
export function floatToText(shown: string): string {
  return shown.endsWith('.0') ? shown.slice(0, -2) : shown;
}

function showSpecial(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return 'Infinity';
  if (value === -Infinity) return '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  return undefined;
}

function shortestFloat32(value: number): string {
  for (let digits = 0; digits < 9; digits++) {
    const text = value.toExponential(digits);
    if (Math.fround(Number(text)) === value) return text;
  }
  return value.toExponential();
}

function shortest(exponential: string): Digits {
  const [mantissa = '', exponent = '0'] = exponential.split('e');
  const negative = mantissa.startsWith('-');
  const digits = mantissa.replace('-', '').replace('.', '').replace(/0+$/, '');
  return { negative, digits: digits === '' ? '0' : digits, exponent: Number(exponent) };
}

function layOut({ negative, digits, exponent }: Digits, low: number, high: number): string {
  const sign = negative ? '-' : '';
  if (exponent < low || exponent >= high) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return `${sign}${digits[0]}${fraction}e${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}
