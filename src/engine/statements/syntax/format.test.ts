import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { formatSql } from './format.ts';

test('a statement that fits stays on one line, its keywords in upper case and its names as written', () => {
  expect(formatSql("select  Count( * ),-a , - -1,v:a.b[0]::string,{'k':1},:x from t where x in(1,2) and not b")).toBe(
    "SELECT Count(*), -a, - -1, v:a.b[0]::string, {'k': 1}, :x\nFROM t\nWHERE x IN (1, 2) AND NOT b",
  );
  expect(formatSql('select date, text from t')).toBe('SELECT date, text FROM t');
});

test('a longer one has a line for each clause, and for each item of a list that is too long', () => {
  const text = `select a, case when a = 1 then 'one' when a = 2 then 'two' else 'many of them, more than two' end as b, c
  from t left join u on t.id = u.id where a between 1 and 2 and exists (select 1) and some_name = 'a longer value than most'
  order by 1 desc limit 5`;
  expect(formatSql(text)).toBe(`SELECT
  a,
  CASE
    WHEN a = 1 THEN 'one'
    WHEN a = 2 THEN 'two'
    ELSE 'many of them, more than two'
  END AS b,
  c
FROM t
LEFT JOIN u ON t.id = u.id
WHERE a BETWEEN 1 AND 2
  AND EXISTS (SELECT 1)
  AND some_name = 'a longer value than most'
ORDER BY 1 DESC
LIMIT 5`);
});

test('comments stay where they were, behind a comma rather than before it', () => {
  const text = `-- head

select 1 -- one
     , 2 /* two */ -- and more
     -- own line
     , 3
; -- done

-- next
select 4;select 5
`;
  expect(formatSql(text)).toBe(`-- head

SELECT
  1, -- one
  2, /* two */ -- and more
  -- own line
  3; -- done

-- next
SELECT 4;
SELECT 5
`);
});

test('options of a definition are indented, and the statement of a task stands below its AS', () => {
  const stage = "create stage s url='s3://bucket/a/long/path/' connection=(connection_name='c') file_format=(type=csv)";
  expect(formatSql(stage)).toBe(
    [
      'CREATE STAGE s',
      "  URL = 's3://bucket/a/long/path/'",
      "  CONNECTION = (connection_name = 'c')",
      '  FILE_FORMAT = (TYPE = csv)',
    ].join('\n'),
  );
  const task =
    "create task t schedule = using cron '0 0 9 * * *' 'UTC' when stream_status('s') as begin begin; delete from a; commit; end";
  expect(formatSql(task)).toBe(
    [
      'CREATE TASK t',
      "  SCHEDULE = USING CRON '0 0 9 * * *' 'UTC'",
      "  WHEN stream_status('s')",
      'AS',
      'BEGIN',
      '  BEGIN;',
      '  DELETE FROM a;',
      '  COMMIT;',
      'END',
    ].join('\n'),
  );
});

test('what does not parse is not formatted', () => {
  expect(() => formatSql('select 1; selec 2')).toThrow('unexpected `selec`, expecting `SELECT`');
});

const GUIDE = join(resolve(process.env['BOATHOUSE_SHARED'] ?? '../shared'), 'reference/etl-guide.md');

test.skipIf(!existsSync(GUIDE))('the ETL guide is formatted as it stands (wants ../shared/reference)', () => {
  const fences = [...readFileSync(GUIDE, 'utf8').matchAll(/```sql\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  const [, , , videos = ''] = fences;
  const columns = '(video_id, vehicle_id, capture_date, route_name, weather, camera_source, duration_sec)';
  const broken = columns.replaceAll(', ', ',\n  ').replace('(', '(\n  ').replace(')', '\n)');
  const aligned = videos.replaceAll('SELECT video_id', 'SELECT\n    video_id').replaceAll('\n         ', '\n    ');
  expect(formatSql(videos)).toBe(aligned.replace(columns, broken));
  for (const fence of fences) expect(formatSql(formatSql(fence))).toBe(formatSql(fence));
});
