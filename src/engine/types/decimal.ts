/** Decimals as an unscaled integer and a scale. */

/** Always `scale` fraction digits: (12345, 2) is `123.45`. */
export function showDecimal(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = String(unscaled < 0n ? -unscaled : unscaled);
  if (scale === 0) return sign + digits;
  const padded = digits.padStart(scale + 1, '0');
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/** The unscaled value of a number's text at a scale, rounded half away from zero; undefined if it is no number. */
export function parseDecimal(text: string, scale: number): bigint | undefined {
  const match = NUMBER.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  const shift = scale + Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  const unscaled = shift >= 0 ? digits * 10n ** BigInt(shift) : divideHalfAway(digits, 10n ** BigInt(-shift));
  return sign === '-' ? -unscaled : unscaled;
}

/** Quotient rounded half away from zero; `by` is positive. */
export function divideHalfAway(value: bigint, by: bigint): bigint {
  const half = by / 2n;
  return value < 0n ? -((-value + half) / by) : (value + half) / by;
}

/** The same value at another scale, rounded half away from zero. */
export function rescale(unscaled: bigint, from: number, to: number): bigint {
  return to >= from ? unscaled * 10n ** BigInt(to - from) : divideHalfAway(unscaled, 10n ** BigInt(from - to));
}

export function fitsPrecision(unscaled: bigint, precision: number): boolean {
  const limit = 10n ** BigInt(precision);
  return unscaled < limit && unscaled > -limit;
}
