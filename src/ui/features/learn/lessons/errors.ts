import type { Lesson } from '../lesson.ts';

const SPEEDS = {
  kind: 'State',
  what: { en: 'rows in course_speeds', zh: 'course_speeds 的行数' },
  sql: 'SELECT COUNT(*) FROM course_speeds',
} as const;

export const errorsLesson: Lesson = {
  id: 'errors',
  title: { en: 'Errors and ON_ERROR', zh: '错误与 ON_ERROR' },
  about: { en: 'One bad line, and what to do about it', zh: '遇到坏行怎么办' },
  steps: [
    {
      id: 'unload',
      title: { en: 'Write a file with a bad line', zh: '写一个有坏行的文件' },
      text: {
        en: '`COPY INTO` works both ways: into a stage it writes files. Write three speeds as CSV, the second of them a word.',
        zh: '`COPY INTO` 是双向的：目标是 Stage 时就写文件。把三条车速写成 CSV，其中第二条是个单词。',
      },
      why: {
        en: 'Real exports have such lines: a unit in the number, a dash for nothing. Better to meet one here first.',
        zh: '真实的导出文件里总有这样的行：数字里混着单位，或用横线表示空值。先在这里见识一下。',
      },
      sql: `CREATE STAGE IF NOT EXISTS course_stage FILE_FORMAT = (TYPE = 'CSV');

COPY INTO @course_stage/speeds.csv
FROM (
  SELECT *
  FROM (VALUES ('FRAME-0101', '32.4'),
               ('FRAME-0102', 'fast'),
               ('FRAME-0201', '48.1')) AS v (frame_id, speed)
)
FILE_FORMAT = (TYPE = 'CSV')
SINGLE = TRUE
USE_RAW_PATH = TRUE
OVERWRITE = TRUE;`,
      checks: [{ kind: 'Result', rows: 1, cells: [{ row: 1, column: 'rows_unloaded', is: '3' }] }],
      hint: { en: 'Three rows go into one file, speeds.csv.', zh: '三行写进同一个文件 speeds.csv。' },
    },
    {
      id: 'abort',
      title: { en: 'One bad line stops all', zh: '一行坏，全部停' },
      text: {
        en: 'Load the file into a table with a number for the speed. This fails, and it should: read what the error says of file, line and value.',
        zh: '把文件加载到车速为数值的表里。这一步会失败，而且应该失败：看看错误信息指出的文件、行和值。',
      },
      why: {
        en: '`ON_ERROR = ABORT` is what you get when you say nothing. A load is one commit: no row of the file is in the table, not even the good first one.',
        zh: '不写时默认 `ON_ERROR = ABORT`。一次加载就是一次提交：文件里没有一行进表，连第一条好数据也没有。',
      },
      sql: `CREATE OR REPLACE TABLE course_speeds (frame_id STRING, speed_kmh DOUBLE);

COPY INTO course_speeds
FROM @course_stage/speeds.csv
FILE_FORMAT = (TYPE = 'CSV');`,
      checks: [
        { kind: 'Failure', code: 1046 },
        { ...SPEEDS, is: '0' },
      ],
      hint: {
        en: 'It went through? Then speeds.csv has no bad line: do the first step again.',
        zh: '没有报错？说明 speeds.csv 里没有坏行：请重做第一步。',
      },
    },
    {
      id: 'continue',
      title: { en: 'Take what is good', zh: '只收好数据' },
      text: {
        en: 'With `ON_ERROR = CONTINUE` the good rows are loaded and the answer counts the bad ones, with the first error and its line.',
        zh: '写上 `ON_ERROR = CONTINUE`，好的行照常加载，结果里给出坏行数、第一个错误及其行号。',
      },
      why: {
        en: 'It is a decision about data: `CONTINUE` for measurements, where a lost one does no harm; `ABORT` for bookings, where it does. `SKIP_FILE` leaves out a whole file.',
        zh: '这是对数据的取舍：测量值丢一条无妨，可用 `CONTINUE`；账目丢不得，就用 `ABORT`。`SKIP_FILE` 则整个文件都不要。',
      },
      sql: `COPY INTO course_speeds
FROM @course_stage/speeds.csv
FILE_FORMAT = (TYPE = 'CSV')
ON_ERROR = CONTINUE;`,
      checks: [{ ...SPEEDS, is: '2' }],
      hint: {
        en: 'Two of the three lines are good. If the table is missing, do the step before.',
        zh: '三行里有两行是好的。如果表不存在，请先做上一步。',
      },
    },
    {
      id: 'find',
      title: { en: 'Find the bad line', zh: '找出坏行' },
      text: {
        en: 'Ask the file itself. A CSV has no column names, so its fields are `$1` and `$2`; `TRY_CAST` gives NULL where a cast would fail.',
        zh: '直接查文件。CSV 没有列名，字段就叫 `$1`、`$2`；`TRY_CAST` 在转换失败处返回 NULL。',
      },
      why: {
        en: 'The same query makes a report for whoever sent the file, and it needs no table at all.',
        zh: '同样的查询可以直接做成报告发给数据提供方，连表都不需要。',
      },
      sql: `SELECT $1 AS frame_id, $2 AS speed
FROM @course_stage/speeds.csv
WHERE TRY_CAST($2 AS DOUBLE) IS NULL;`,
      checks: [
        {
          kind: 'Result',
          rows: 1,
          cells: [
            { row: 1, column: 'frame_id', is: 'FRAME-0102' },
            { row: 1, column: 'speed', is: 'fast' },
          ],
        },
      ],
      hint: { en: 'Bad is what TRY_CAST turns into NULL: IS NULL.', zh: 'TRY_CAST 变成 NULL 的就是坏行：用 IS NULL。' },
    },
  ],
};
