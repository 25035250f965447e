import { expect, test } from 'vitest';
import { parseExpr, parseQuery } from './parser.ts';
import { exprHeader, printExpr, printQuery } from './print.ts';

/** A tree without its spans. */
function shape(tree: unknown): unknown {
  return JSON.parse(
    JSON.stringify(tree, (key, value) => {
      if (/[sS]pan$/.test(key)) return undefined;
      return value instanceof Map ? [...value] : value;
    }),
  );
}

function cases(lines: string): [input: string, output: string][] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [input = '', output = input] = line.split(' → ');
      return [input, output];
    });
}

/** What is typed, and what is printed where that differs. */
const EXPRESSIONS = String.raw`
1 + 2 * 3
(1 + 2) * 3
a - (b - c) - d
a ^ b ^ c
(a ^ b) ^ c
(a ^ b) * c
a ^ b * c
-5::int8 → -5::TINYINT
-(5::int8) → - (5::TINYINT)
-(5) → -5
- -5
not a and b → NOT a AND b
not (a and b) → NOT (a AND b)
(not a) = b → (NOT a) = b
(a is null) = b → (a IS NULL) = b
a = b is not null → a = b IS NOT NULL
a is not distinct from b + 1 → a IS NOT DISTINCT FROM b + 1
a != b → a <> b
x between 1 and 2 and y → x BETWEEN 1 AND 2 AND y
x not between (a or b) and c → x NOT BETWEEN (a OR b) AND c
a not in (1, 2) → a NOT IN (1, 2)
a in (select 1) → a IN (SELECT 1)
a in ((select 1)) → a IN ((SELECT 1))
a >= some (select b from t) → a >= ANY (SELECT b FROM t)
a like any ('x%', 'y%') → a LIKE ANY ('x%', 'y%')
a not ilike 'x#%' escape '#' → a NOT ILIKE 'x#%' ESCAPE '#'
a !~ 'x' → a NOT REGEXP 'x'
a sounds like b → a SOUNDS LIKE b
t."A".b
t.$1 + $2
(a).b
t.1.2
v:Key."odd key"[0].x → v:Key:"odd key"[0]:x
v['a']::string → v['a']::VARCHAR
cast(a as tuple(x int, "Y" string null)) → CAST(a AS TUPLE(x INT, "Y" VARCHAR))
try_cast(a as decimal(10, 2)) → TRY_CAST(a AS DECIMAL(10, 2))
a::array(nullable(int unsigned)) not null → a::ARRAY(INT UNSIGNED) NOT NULL
a::map(string, tuple(int, float)) → a::MAP(VARCHAR, TUPLE(INT, FLOAT))
case a when 1 then 'x' else 'y' end → CASE a WHEN 1 THEN 'x' ELSE 'y' END
case when a then b end → CASE WHEN a THEN b END
date '2024-01-05' + interval 3 day → DATE '2024-01-05' + INTERVAL 3 DAY
interval '1 day 2 hours' → INTERVAL '1 day 2 hours'
interval '1' day → INTERVAL '1' DAY
interval (a + 1) hour → INTERVAL (a + 1) HOUR
extract(year from d) → extract(YEAR FROM d)
trim(both 'x' from s) → trim(BOTH 'x' FROM s)
position('a' in s) → position('a' IN s)
position(('a' = b), s)
substring(s from 2 for 3) → substring(s FROM 2 FOR 3)
substr(s, 2)
date_add(day, 1, d) → date_add(DAY, 1, d)
count(*)
Count(distinct a, b) → Count(DISTINCT a, b)
quantile_cont(0.5)(x)
listagg(a, ',' order by b desc nulls first) → listagg(a, ',') WITHIN GROUP (ORDER BY b DESC NULLS FIRST)
sum(a) filter (where b > 1) → sum(a) FILTER (WHERE b > 1)
lag(a) ignore nulls over w → lag(a) IGNORE NULLS OVER w
sum(a) over (partition by b order by c rows between 1 preceding and current row) → sum(a) OVER (PARTITION BY b ORDER BY c ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
rank() over (w order by a range unbounded preceding) → rank() OVER (w ORDER BY a RANGE UNBOUNDED PRECEDING)
flatten(input => v, "Outer" => true) → flatten(input => v, "Outer" => TRUE)
array_filter(xs, x -> x > 1)
array_filter(xs, (v -> 'k'))
map_filter(m, (k, v) -> k = v)
f((x) -> x)
[x * 2 for x in xs if x > 1] → array_transform(array_filter(xs, x -> x > 1), x -> x * 2)
[1, 'a', null] → [1, 'a', NULL]
{'k': :v, 'l': 2}
(1,)
(1, 'a') = (b, c)
X'4d5a' → X'4D5A'
'it''s\n\d\\' → 'it\'s\n\\d\\'
$$a'b$$ → 'a\'b'
$var + ? + :x
not exists (select 1) → NOT EXISTS (SELECT 1)
a.f(b).g()
(-5).abs()
|/ a + a! + ||/ b + @ c + ~ d
`;

test.each(cases(EXPRESSIONS))('%s is printed as %s, which parses back', (input, printed) => {
  const tree = parseExpr(input);
  expect(printExpr(tree)).toBe(printed);
  expect(shape(parseExpr(printed))).toEqual(shape(tree));
});

const QUERIES = String.raw`
select 1 → SELECT 1
from t → SELECT * FROM t
from t, u select a → SELECT a FROM t, u
select all a b, t.*, * exclude c, db.t.* exclude (a, "B") from t → SELECT a AS b, t.*, * EXCLUDE (c), db.t.* EXCLUDE (a, "B") FROM t
select columns('a.*'), columns(x -> x like '%id'), columns(* exclude a) from t → SELECT COLUMNS('a.*'), COLUMNS(x -> x LIKE '%id'), COLUMNS(* EXCLUDE (a)) FROM t
select /*+ set_var(timezone='Asia/Tokyo') leading(a) */ distinct top 5 a from t → SELECT /*+ SET_VAR(timezone = 'Asia/Tokyo') */ DISTINCT TOP 5 a FROM t
with recursive a(x) as (select 1), b as materialized (select 2) select * from a, b → WITH RECURSIVE a(x) AS (SELECT 1), b AS MATERIALIZED (SELECT 2) SELECT * FROM a, b
select a from t where b group by all having c qualify d order by a desc, b nulls first limit 5 offset 2 → SELECT a FROM t WHERE b GROUP BY ALL HAVING c QUALIFY d ORDER BY a DESC, b NULLS FIRST LIMIT 5 OFFSET 2
select a from t limit 2, 5 ignore_result → SELECT a FROM t LIMIT 5 OFFSET 2 IGNORE_RESULT
select a from t group by a, rollup(b, (c, d)), cube(e), grouping sets((a, b), a, ()) → SELECT a FROM t GROUP BY a, ROLLUP (b, (c, d)), CUBE (e), GROUPING SETS ((a, b), a, ())
select sum(a) over w from t window w as (partition by b), v as (w order by c) → SELECT sum(a) OVER w FROM t WINDOW w AS (PARTITION BY b), v AS (w ORDER BY c)
select 1 union all select 2 intersect select 3 except (select 4 limit 1) → SELECT 1 UNION ALL SELECT 2 INTERSECT SELECT 3 EXCEPT (SELECT 4 LIMIT 1)
(select 1 union select 2) order by 1 → (SELECT 1 UNION SELECT 2) ORDER BY 1
((select 1)) → ((SELECT 1))
values (1, 'a'), (2, 'b') → VALUES (1, 'a'), (2, 'b')
select * from (values (1, 'a')) v(x, y) → SELECT * FROM (VALUES (1, 'a')) AS v(x, y)
select * from ((select 1) union select 2) u → SELECT * FROM ((SELECT 1) UNION SELECT 2) AS u
select ((select 1) union select 2) → SELECT ((SELECT 1) UNION SELECT 2)
select * from t at (timestamp => 'x'::timestamp) as u → SELECT * FROM t AT (TIMESTAMP => 'x'::TIMESTAMP) AS u
select * from t changes (information => append_only) at (stream => s) end (offset => -5) → SELECT * FROM t CHANGES (INFORMATION => APPEND_ONLY) AT (STREAM => s) END (OFFSET => -5)
select * from s with consume → SELECT * FROM s WITH CONSUME
select * from s with (consume = true, max_batch_size = 10) x → SELECT * FROM s WITH (CONSUME = true, MAX_BATCH_SIZE = 10) AS x
select * from t sample block (5) row (10 rows) → SELECT * FROM t SAMPLE BLOCK (5) ROW (10 ROWS)
select * from identifier($v), identifier('db."T"') → SELECT * FROM IDENTIFIER($v), db."T"
select * from a join b on a.x = b.x left join c using (y) natural full join d → SELECT * FROM a INNER JOIN b ON a.x = b.x LEFT JOIN c USING (y) NATURAL FULL JOIN d
select * from a asof left join b on a.t >= b.t semi join c on true → SELECT * FROM a ASOF LEFT JOIN b ON a.t >= b.t LEFT SEMI JOIN c ON TRUE
select * from a cross join (b inner any join c on x) → SELECT * FROM a CROSS JOIN (b INNER ANY JOIN c ON x)
select * from t, lateral flatten(input => t.v) f, lateral (select 1) → SELECT * FROM t, LATERAL flatten(input => t.v) AS f, LATERAL (SELECT 1)
select $1 from @s/dir/x.csv (file_format => 'csv', pattern => '.*', files => ('a', 'b')) t → SELECT $1 FROM @s/dir/x.csv (FILE_FORMAT => 'csv', PATTERN => '.*', FILES => ('a', 'b')) AS t
select * from '@s/with space,x', @~/a\ b → SELECT * FROM '@s/with space,x', @~/a\ b
select * from 's3://b/p' (connection => (region = 'x' access_key_id = 'y')) → SELECT * FROM 's3://b/p' (CONNECTION => (REGION = 'x', ACCESS_KEY_ID = 'y'))
select * from t pivot (sum(a) for b in ('x', 'y')) p → SELECT * FROM t PIVOT (sum(a) FOR b IN ('x', 'y')) AS p
select * from t pivot (sum(a) for b in (any order by b desc)) → SELECT * FROM t PIVOT (sum(a) FOR b IN (ANY ORDER BY b DESC))
select * from t pivot (sum(a) for b in (select c from u)) → SELECT * FROM t PIVOT (sum(a) FOR b IN (SELECT c FROM u))
select * from t unpivot (v for n in (a, b as 'x')) → SELECT * FROM t UNPIVOT (v FOR n IN (a, b AS 'x'))
`;

test.each(cases(QUERIES))('%s is printed as %s, which parses back', (input, printed) => {
  const tree = parseQuery(input);
  expect(printQuery(tree)).toBe(printed);
  expect(shape(parseQuery(printed))).toEqual(shape(tree));
});

const HEADERS = String.raw`
1 + 1
"A" → A
db.t.A → a
cast(a as string) → a
(a + 1)::string::int → a + 1
'it''s' → 'it\'s'
-5
- a
Sum(a)
Count( * ) → COUNT(*)
count()
a in (1,2) → a IN(1, 2)
t.a + "B" → t.a + B
v:a.b[0] → v:a:b[0]
v['k']
{'k':1}
extract(year from d) → EXTRACT(YEAR FROM d)
date_add(day, 1, d) → DATE_ADD(DAY, 1, d)
case when a then 1 else 2 end → CASE WHEN a THEN 1 ELSE 2 END
$2
(select 1) → (SELECT 1)
`;

test.each(cases(HEADERS))('the column of %s is called %s', (input, header) => {
  expect(exprHeader(parseExpr(input))).toBe(header);
});
