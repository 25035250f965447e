import { FORMATS } from '../formats/index.ts';
import { FORMAT_OPTION_NAMES } from '../formats/options.ts';
import { OPERATOR_WORDS } from '../sql/parse-expr.ts';
import { EXPRESSION_WORDS } from '../sql/parse-primary.ts';
import { TYPE_WORDS } from '../sql/parse-type.ts';

const CLAUSE_WORDS = (
  'SELECT FROM WHERE GROUP BY HAVING ORDER LIMIT OFFSET JOIN LEFT RIGHT FULL INNER CROSS ON USING AS DISTINCT QUALIFY ' +
  'UNION ALL EXCEPT INTERSECT WITH RECURSIVE CASE WHEN THEN ELSE END AND OR NOT IN IS NULL LIKE BETWEEN EXISTS OVER ' +
  'PARTITION ROWS RANGE LATERAL CREATE REPLACE TABLE VIEW DATABASE STAGE FILE FORMAT DROP ALTER SHOW DESC USE INSERT INTO ' +
  'VALUES UPDATE SET DELETE TRUNCATE COPY LIST REMOVE PUT GET EXPLAIN UNSET BEGIN COMMIT ROLLBACK ASC ROLLUP CUBE ' +
  'GROUPING SETS DEFAULT COMMENT IF'
).split(' ');

/** Words that begin or divide statements and expressions, and names of types; in upper case. */
export const KEYWORDS: readonly string[] = [
  ...new Set([...CLAUSE_WORDS, ...EXPRESSION_WORDS, ...OPERATOR_WORDS, ...TYPE_WORDS]),
];

/** Options of COPY, of stages and of file formats. */
export const OPTIONS: readonly string[] = [
  ...'FILE_FORMAT PATTERN FILES FORCE PURGE MAX_FILES SIZE_LIMIT ON_ERROR RETURN_FAILED_ONLY COLUMN_MATCH_MODE DISABLE_VARIANT_CHECK URL CONNECTION'.split(
    ' ',
  ),
  ...FORMAT_OPTION_NAMES,
];

export const FORMAT_VALUES: readonly string[] = FORMATS.map(({ name }) => name);
