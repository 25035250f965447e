import { type Cell, isNumeric, type SqlType } from '../../../engine/index.ts';
import { cellRows } from './copy.ts';
import type { Range } from './selection.ts';
import type { GridSource } from './source.ts';

/** What a range of cells comes to. */
export interface Summary {
  /** Those that are not NULL. */
  readonly values: number;
  /** Of the numbers among them; undefined without any. Exact, unless one of them is a floating-point number. */
  readonly sum: string | undefined;
  readonly average: number | undefined;
}

/** Larger ranges are not read for it. */
export const MOST_SUMMED = 500_000;

export async function rangeSummary(source: GridSource, range: Range, signal: AbortSignal): Promise<Summary> {
  const types = source.columns.slice(range.left, range.right + 1).map(({ type }) => type);
  const sums = new Sums();
  for await (const row of cellRows(source, range, signal)) {
    for (const [index, type] of types.entries()) sums.add(row[index] ?? null, type);
  }
  return sums.summary();
}

const MEAN_DIGITS = 6;

/** Whole and decimal numbers are summed as they are, in units of the smallest scale seen; the others as doubles. */
class Sums {
  private values = 0;
  private numbers = 0;
  private unscaled = 0n;
  private scale = 0;
  private doubles: number | undefined;

  add(cell: Cell, type: SqlType): void {
    if (cell === null) return;
    this.values++;
    if (!isNumeric(type) || (typeof cell !== 'number' && typeof cell !== 'bigint')) return;
    this.numbers++;
    if (type.kind === 'Float32' || type.kind === 'Float64') this.doubles = (this.doubles ?? 0) + Number(cell);
    else this.addExact(BigInt(cell), type.kind === 'Decimal' ? type.scale : 0);
  }

  private addExact(value: bigint, scale: number): void {
    if (scale > this.scale) {
      this.unscaled *= 10n ** BigInt(scale - this.scale);
      this.scale = scale;
    }
    this.unscaled += value * 10n ** BigInt(this.scale - scale);
  }

  summary(): Summary {
    const { values, numbers, doubles } = this;
    if (numbers === 0) return { values, sum: undefined, average: undefined };
    const exact = decimalText(this.unscaled, this.scale);
    if (doubles !== undefined) {
      const sum = doubles + Number(exact);
      return { values, sum: String(sum), average: sum / numbers };
    }
    const mean = (this.unscaled * 10n ** BigInt(MEAN_DIGITS)) / BigInt(numbers);
    return { values, sum: exact, average: Number(decimalText(mean, this.scale + MEAN_DIGITS)) };
  }
}

/** `-1234` of scale 2 is `-12.34`; zeros at the end are left out. */
function decimalText(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const part = digits.slice(digits.length - scale).replace(/0+$/, '');
  return sign + whole + (part && `.${part}`);
}
