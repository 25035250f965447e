/** Bound of the rounding error of the determinant, relative to the sum of its two products (Shewchuk). */
const ERROR_BOUND = 3.3306690738754716e-16;

/**
 * On which side of the line from (ax, ay) to (bx, by) the point lies: above 0 left of it, 0 on it, below 0 right of it.
 * The sign is exact.
 */
// biome-ignore lint/complexity/useMaxParams: called for every edge of every ring, where points as objects cost twice the time.
export function orientation(ax: number, ay: number, bx: number, by: number, px: number, py: number): number {
  const left = (ax - px) * (by - py);
  const right = (ay - py) * (bx - px);
  const determinant = left - right;
  if (Math.abs(determinant) > ERROR_BOUND * (Math.abs(left) + Math.abs(right))) return determinant;
  return exactSign([ax, ay, bx, by, px, py]);
}

function exactSign(numbers: readonly number[]): number {
  if (!numbers.every(Number.isFinite)) return 0;
  const parts = numbers.map(integerParts);
  const least = Math.min(...parts.map(({ exponent }) => exponent));
  const [ax = 0n, ay = 0n, bx = 0n, by = 0n, px = 0n, py = 0n] = parts.map(
    ({ mantissa, exponent }) => mantissa << BigInt(exponent - least),
  );
  const determinant = (ax - px) * (by - py) - (ay - py) * (bx - px);
  if (determinant === 0n) return 0;
  return determinant > 0n ? 1 : -1;
}

const view = new DataView(new ArrayBuffer(8));

/** A double as an integer times a power of two. */
function integerParts(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
  return { mantissa: value < 0 ? -mantissa : mantissa, exponent: Math.max(biased, 1) - 1075 };
}
