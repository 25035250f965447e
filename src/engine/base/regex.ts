import { RE2JS } from 're2js';

/**
 * Whether a text has a part that matches, in time in proportion to the text, whatever the expression. The syntax is RE2's,
 * which has neither look-around nor backreferences, as the one of Databend has neither; `\w`, `\d`, `\s` and `\b` are of ASCII.
 * Throws an Error for what is no such expression.
 */
export function linearRegex(source: string): (text: string) => boolean {
  const regex = RE2JS.compile(source);
  return (text) => regex.matcher(text).find();
}
