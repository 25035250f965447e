import { fitsPrecision, parseDecimal, showDecimal } from '../types/decimal.ts';
import { failOrNull, textKernel } from './frame.ts';
import type { Kernel } from './kernel.ts';

/** A number's text as a decimal of more digits than DuckDB's, which has the form of its type: with all digits of the scale. */
const decimal = textKernel(
  'wide_decimal',
  ['text', 'int', 'int', 'int'],
  (text: string, precision: number, scale: number, mode: number) => {
    const trimmed = text.trim();
    const unscaled = parseDecimal(trimmed, scale);
    if (unscaled === undefined)
      return failOrNull(mode, `invalid digit found in string while evaluating function \`to_decimal('${trimmed}')\``);
    if (fitsPrecision(unscaled, precision)) return showDecimal(unscaled, scale);
    return failOrNull(mode, `Decimal overflow while evaluating function \`to_decimal(${trimmed})\``);
  },
);

export const decimalKernels: readonly Kernel[] = [decimal];
