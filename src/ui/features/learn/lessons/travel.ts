import type { Lesson } from '../lesson.ts';

const NOTES = {
  kind: 'State',
  what: { en: 'rows in course_notes', zh: 'course_notes 的行数' },
  sql: 'SELECT COUNT(*) FROM course_notes',
} as const;

export const travelLesson: Lesson = {
  id: 'travel',
  title: { en: 'Time travel', zh: '时间回溯' },
  about: { en: 'Tables as they were, rows brought back', zh: '查看过去的表，找回误删的行' },
  steps: [
    {
      id: 'delete',
      title: { en: 'Delete something', zh: '删掉点什么' },
      text: {
        en: 'Make a table of the four riskiest frames, mark this moment with a stream, and delete the pedestrian. Three rows are left.',
        zh: '建一张表，存风险最高的四帧，用流标记此刻，再删掉行人那一行。还剩三行。',
      },
      why: {
        en: 'A delete changes no file. It commits a new version of the table that leaves the row out; the old version is still there.',
        zh: '删除并不改动文件，而是提交一个不含该行的新版本，旧版本还在。',
      },
      sql: `CREATE OR REPLACE TABLE course_notes AS
SELECT frame_id, event_tag
FROM frame_events
WHERE risk_score >= 0.6;

CREATE OR REPLACE STREAM course_mark ON TABLE course_notes;

DELETE FROM course_notes WHERE event_tag = 'pedestrian';`,
      checks: [{ ...NOTES, is: '3' }],
      hint: {
        en: 'Run all three statements, the delete last.',
        zh: '三条语句都要执行，DELETE 在最后。',
      },
    },
    {
      id: 'at',
      title: { en: 'Look back', zh: '回头看' },
      text: {
        en: 'Read the table as it was when the stream was made: all four rows, the pedestrian among them.',
        zh: '读取建流那一刻的表：四行都在，行人也在。',
      },
      why: {
        en: 'A stream is a handy mark. `AT (TIMESTAMP => …)` takes a clock time and `AT (OFFSET => -60)` the state of a minute ago.',
        zh: '流是方便的标记。也可以用 `AT (TIMESTAMP => …)` 指定时刻，或用 `AT (OFFSET => -60)` 回到一分钟前。',
      },
      sql: `SELECT *
FROM course_notes AT (STREAM => course_mark)
ORDER BY frame_id;`,
      checks: [
        {
          kind: 'Result',
          rows: 4,
          cells: [{ row: 2, column: 'event_tag', is: 'pedestrian' }],
        },
      ],
      hint: {
        en: 'Three rows are the table as it is now: AT belongs directly behind its name.',
        zh: '三行是表现在的样子：AT 要紧跟在表名后面。',
      },
    },
    {
      id: 'restore',
      title: { en: 'Bring the row back', zh: '找回那一行' },
      text: {
        en: 'A past version can be read like a table, so it can be inserted from. `REPLACE INTO … ON (frame_id)` puts in what is missing and doubles nothing.',
        zh: '过去的版本能像表一样读取，自然也能拿来写入。`REPLACE INTO … ON (frame_id)` 只补上缺的，不会重复。',
      },
      why: {
        en: 'Run it twice and there are still four rows: a row whose key is there is replaced. A plain `INSERT` would add another.',
        zh: '执行两遍也还是四行：键已存在的行会被替换。普通的 `INSERT` 则会再插一行。',
      },
      sql: `REPLACE INTO course_notes ON (frame_id)
SELECT frame_id, event_tag
FROM course_notes AT (STREAM => course_mark);`,
      checks: [{ ...NOTES, is: '4' }],
      hint: {
        en: 'Read the past with AT, write into the present without it.',
        zh: '读过去用 AT，写现在不用 AT。',
      },
    },
    {
      id: 'undrop',
      title: { en: 'Drop a table, and undrop it', zh: '删表，再撤销' },
      text: {
        en: 'Even a dropped table is there for a while. Drop it, take that back, and count its notes.',
        zh: '删掉的表也会保留一段时间。删掉它，再撤销，然后数一数还有几行。',
      },
      why: {
        en: 'History takes room, so it ends: `VACUUM` removes the files of versions that are older than the retention time. Until then nothing is lost by mistake.',
        zh: '历史要占空间，所以不会永远保留：`VACUUM` 会清除超过保留时间的旧版本文件。在那之前，误操作都能挽回。',
      },
      sql: `DROP TABLE course_notes;

UNDROP TABLE course_notes;

SELECT COUNT(*) AS notes FROM course_notes;`,
      checks: [{ kind: 'Result', rows: 1, cells: [{ row: 1, column: 'notes', is: '4' }] }],
      hint: {
        en: 'If the table is already dropped, run UNDROP TABLE course_notes alone, then all three.',
        zh: '如果表已经被删，先单独执行 UNDROP TABLE course_notes，再执行全部三条。',
      },
    },
  ],
};
