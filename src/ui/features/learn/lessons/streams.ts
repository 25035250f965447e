import type { Lesson } from '../lesson.ts';

const PENDING = {
  kind: 'State',
  what: { en: 'rows pending in course_new_alerts', zh: 'course_new_alerts 中待消费的行数' },
  sql: 'SELECT COUNT(*) FROM course_new_alerts',
} as const;

export const streamsLesson: Lesson = {
  id: 'streams',
  title: { en: 'Streams', zh: '流' },
  about: { en: 'Only what is new since last time', zh: '只处理上次之后的新数据' },
  steps: [
    {
      id: 'create',
      title: { en: 'Put a bookmark on a table', zh: '给表夹一枚书签' },
      text: {
        en: 'A stream remembers a version of its table and gives what has come since. Make a table for alerts and a stream on it.',
        zh: '流记住表的某个版本，之后新增的内容都能从流里读到。建一张告警表，再在上面建一个流。',
      },
      why: {
        en: 'A stream holds no rows, only the bookmark. A hundred streams on one table cost next to nothing.',
        zh: '流里不存数据，只有书签。在一张表上建一百个流，几乎没有代价。',
      },
      sql: `CREATE OR REPLACE TABLE course_alerts (
  frame_id   STRING,
  event_tag  STRING,
  risk_score DOUBLE
);

CREATE OR REPLACE STREAM course_new_alerts ON TABLE course_alerts;`,
      checks: [{ ...PENDING, is: '0' }],
      hint: {
        en: 'The stream is made after the table; if the table is made anew, so must be its stream.',
        zh: '先建表再建流；表重建之后，流也要重建。',
      },
    },
    {
      id: 'peek',
      title: { en: 'See what came', zh: '看看来了什么' },
      text: {
        en: 'Add the frames with a risk above 0.7 as alerts, then select from the stream as from a table.',
        zh: '把风险高于 0.7 的帧写入告警表，然后像查表一样查询流。',
      },
      why: {
        en: 'The stream adds columns of its own: `change$action` says what happened to a row. Looking moves nothing: the same query gives the same rows again.',
        zh: '流会多给几列：`change$action` 说明这一行发生了什么。只看不动书签，再查一遍还是这些行。',
      },
      sql: `INSERT INTO course_alerts
SELECT frame_id, event_tag, risk_score
FROM frame_events
WHERE risk_score > 0.7;

SELECT * FROM course_new_alerts ORDER BY frame_id;`,
      checks: [
        {
          kind: 'Result',
          rows: 2,
          cells: [
            { row: 1, column: 'frame_id', is: 'FRAME-0101' },
            { row: 1, column: 'change$action', is: 'INSERT' },
          ],
        },
      ],
      hint: {
        en: 'Four rows? The insert ran twice. Do the step before and begin anew.',
        zh: '有四行？INSERT 执行了两次。重做上一步再来。',
      },
    },
    {
      id: 'consume',
      title: { en: 'Take it, once', zh: '取走，且只取一次' },
      text: {
        en: 'An `INSERT … SELECT` that reads a stream moves the bookmark in the same commit. Copy the alerts into a report: the stream is empty afterwards.',
        zh: '从流里读数据的 `INSERT … SELECT` 会在同一次提交里移动书签。把告警写进报告表，之后流就空了。',
      },
      why: {
        en: 'Either the rows are in the report and the bookmark has moved, or neither is. Nothing is processed twice and nothing is lost, even if the tab closes in between.',
        zh: '要么数据进了报告且书签已移动，要么两者都没有发生。即使中途关掉标签页，也不会重复或丢失。',
      },
      sql: `CREATE TABLE IF NOT EXISTS course_report (frame_id STRING, risk_score DOUBLE);

INSERT INTO course_report
SELECT frame_id, risk_score FROM course_new_alerts;`,
      checks: [
        {
          kind: 'State',
          what: { en: 'rows in course_report', zh: 'course_report 的行数' },
          sql: 'SELECT COUNT(*) FROM course_report',
          is: '2',
        },
        { ...PENDING, is: '0' },
      ],
      hint: {
        en: 'Plain SELECT does not move a stream; an INSERT … SELECT does.',
        zh: '单纯的 SELECT 不会移动流的书签，INSERT … SELECT 才会。',
      },
    },
  ],
};
