import { SqlError } from '../../base/errors.ts';
import type { Parser } from '../../sql/parser.ts';

const ALONE = 'Whoever has the page has all of it: there are no other users to keep out.';

/** What Databend has and this engine does not, with what takes its place. */
const ABSENT: { readonly [noun: string]: string } = {
  USER: ALONE,
  ROLE: ALONE,
  'NETWORK POLICY': ALONE,
  'PASSWORD POLICY': ALONE,
  'MASKING POLICY': ALONE,
  'ROW ACCESS POLICY': ALONE,
  DICTIONARY: 'Join with a table, or with files of a stage.',
  PIPE: 'A task that runs COPY INTO loads new files as they come.',
  WAREHOUSE: 'Statements run in this page; there is nothing to start or to size.',
  CATALOG: 'Tables of others are read where they are: CREATE TABLE … LOCATION, or a stage.',
};

/** Throws Unimplemented where the noun behind CREATE, ALTER or DROP is known but absent. */
export function refuseAbsent(p: Parser, verb: string): void {
  if (!/^(CREATE|ALTER|DROP)$/.test(verb)) return;
  const comesNext = (noun: string) => noun.split(' ').every((word, at) => p.ahead(at).word === word);
  const noun = Object.keys(ABSENT).find(comesNext);
  if (noun === undefined) return;
  throw new SqlError('Unimplemented', `${verb} ${noun} is not supported`, { span: p.token, hint: ABSENT[noun] ?? '' });
}
