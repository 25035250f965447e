/**
 * The text of a VARIANT as Databend prints it. It is the canonical form but for two spellings that keep a type:
 * a double's exponent of zero (`1.5e0`, see jsonDouble) and the escape at the start of a typed scalar (typed.ts).
 */
export function showVariant(canonical: string): string {
  if (!canonical.includes('e0') && !canonical.includes('"\\u00')) return canonical;
  return canonical.replace(TOKENS, (token, typed: string | undefined, rest: string | undefined) => {
    if (typed !== undefined) return `"${String.fromCharCode(Number.parseInt(typed, 16))}${rest}`;
    return token.endsWith('e0') ? token.slice(0, -2) : token;
  });
}

/** Texts, of which those whose first character is a needless escape are typed scalars, and numbers. */
const TOKENS = /"\\u00([2-7][\da-f])([^"\\]*")|"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.]*(?:e[+-]?\d+)?/g;
