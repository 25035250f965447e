import { type Span, SqlError } from '../../base/errors.ts';

/** Runs what reads a text that stands inside of another: places in errors become places of the outer text. */
export async function placed<Result>(moved: (span: Span) => Span, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof SqlError) || !error.span) throw error;
    const { kind, message, suggestions, hint, cause, span } = error;
    throw new SqlError(kind, message, { span: moved(span), suggestions, hint, cause });
  }
}

/** Where a place in the value of a literal stands in the text around it; the whole literal where that cannot be told. */
export function insideLiteral(literal: Span, value: string): (span: Span) => Span {
  const around = literal.end - literal.start - value.length;
  // Dollars or quotes; with escapes inside, the value is shorter.
  if (around !== 4 && around !== 2) return () => literal;
  const offset = literal.start + around / 2;
  return ({ start, end }) => ({ start: start + offset, end: end + offset });
}
