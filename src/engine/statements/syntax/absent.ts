import { SqlError } from '../../base/errors.ts';
import { type HintName, hint } from '../../base/hints.ts';
import type { Parser } from '../../sql/parser.ts';

/** What Databend has and this engine does not, with what takes its place. */
const ABSENT: readonly (readonly [noun: string, instead: HintName])[] = [
  ['USER', 'onlyYou'],
  ['ROLE', 'onlyYou'],
  ['NETWORK POLICY', 'onlyYou'],
  ['PASSWORD POLICY', 'onlyYou'],
  ['MASKING POLICY', 'onlyYou'],
  ['ROW ACCESS POLICY', 'onlyYou'],
  ['DICTIONARY', 'joinInstead'],
  ['PIPE', 'taskInstead'],
  ['WAREHOUSE', 'noWarehouse'],
  ['CATALOG', 'readInPlace'],
];

/** Throws Unimplemented where the noun behind CREATE, ALTER or DROP is known but absent. */
export function refuseAbsent(p: Parser, verb: string): void {
  if (!/^(CREATE|ALTER|DROP)$/.test(verb)) return;
  const comesNext = (noun: string) => noun.split(' ').every((word, at) => p.ahead(at).word === word);
  const found = ABSENT.find(([noun]) => comesNext(noun));
  if (!found) return;
  const [noun, instead] = found;
  throw new SqlError('Unimplemented', `${verb} ${noun} is not supported`, { span: p.token, hint: hint(instead) });
}
