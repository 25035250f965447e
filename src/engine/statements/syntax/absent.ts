import { SqlError } from '../../base/errors.ts';
import { type HintName, hint } from '../../base/hints.ts';
import type { Parser } from '../../sql/parser.ts';

/** What Databend has and this engine does not, with what takes its place. */
const ABSENT: readonly (readonly [noun: string, instead?: HintName])[] = [
  ['USER', 'onlyYou'],
  ['ROLE', 'onlyYou'],
  ['NETWORK POLICY', 'onlyYou'],
  ['PASSWORD POLICY', 'onlyYou'],
  ['MASKING POLICY', 'onlyYou'],
  ['ROW ACCESS POLICY', 'onlyYou'],
  ['DICTIONARY', 'joinInstead'],
  ['PIPE', 'taskInstead'],
  ['WAREHOUSE', 'noWarehouse'],
  ['WORKLOAD GROUP', 'noWarehouse'],
  ['CATALOG', 'readInPlace'],
  ['VIRTUAL COLUMN'],
];

/** Whole statements; an object or a setting may have such a name, so that something else has to follow. */
const ABSENT_HEADS: readonly (readonly [head: string, instead: HintName])[] = [
  ['GRANT', 'onlyYou'],
  ['REVOKE', 'onlyYou'],
  ['SET ROLE', 'onlyYou'],
  ['SET DEFAULT ROLE', 'onlyYou'],
  ['SET SECONDARY ROLES', 'onlyYou'],
  ['SHOW GRANTS', 'onlyYou'],
  ['USE WAREHOUSE', 'noWarehouse'],
  ['ATTACH TABLE', 'readInPlace'],
];

const comesNext = (p: Parser, words: string) => words.split(' ').every((word, at) => p.ahead(at).word === word);

/** Throws Unimplemented where the noun behind CREATE, ALTER, DROP or REFRESH is known but absent. */
export function refuseAbsent(p: Parser, verb: string): void {
  if (!/^(CREATE|ALTER|DROP|REFRESH)$/.test(verb)) return;
  const found = ABSENT.find(([noun]) => comesNext(p, noun));
  if (!found) return;
  const [noun, instead] = found;
  throw absent(`${verb} ${noun}`, p, instead);
}

/** Throws Unimplemented where a statement begins that is known but absent. */
export function refuseAbsentHead(p: Parser): void {
  const found = ABSENT_HEADS.find(([head]) => comesNext(p, head));
  if (!found) return;
  const [head, instead] = found;
  const next = p.ahead(head.split(' ').length);
  const isName = next.word === '=' || next.word === ';' || next.kind === 'End';
  if (!isName || head === 'SHOW GRANTS') throw absent(head, p, instead);
}

function absent(what: string, p: Parser, instead: HintName | undefined): SqlError {
  return new SqlError('Unimplemented', `${what} is not supported`, {
    span: p.token,
    hint: instead && hint(instead),
  });
}
