import type { Lesson } from '../lesson.ts';

export const tasksLesson: Lesson = {
  id: 'tasks',
  title: { en: 'Tasks', zh: '任务' },
  about: { en: 'SQL on a schedule', zh: '按计划执行 SQL' },
  steps: [
    {
      id: 'create',
      title: { en: 'Write it down', zh: '写好任务' },
      text: {
        en: 'A task is a statement with a schedule. This one is to count the frames every ten minutes. A new task is suspended: it waits for your word.',
        zh: '任务就是带计划的语句。这个任务每十分钟统计一次帧数。新建的任务处于暂停状态，等你发话。',
      },
      why: {
        en: 'The usual body is a `COPY INTO`, since it loads only what is new. A count shows more quickly that the task has run.',
        zh: '任务里最常见的是 `COPY INTO`，因为它只加载新文件。这里用计数，更容易看出任务确实执行过。',
      },
      sql: `CREATE TABLE IF NOT EXISTS course_counts (counted_at TIMESTAMP, frames BIGINT);

CREATE OR REPLACE TASK course_count
  SCHEDULE = 10 MINUTE
AS
  INSERT INTO course_counts
  SELECT NOW(), COUNT(*) FROM frame_events;`,
      checks: [
        {
          kind: 'State',
          what: { en: 'state of the task course_count', zh: '任务 course_count 的状态' },
          sql: "SELECT state FROM system.tasks WHERE name = 'course_count'",
          is: 'Suspended',
        },
      ],
      hint: {
        en: 'Suspended is how a task begins. If it is started already, make it anew.',
        zh: '任务刚建好时是 Suspended。如果已经启动，重新创建即可。',
      },
    },
    {
      id: 'execute',
      title: { en: 'Try it now', zh: '立即试一次' },
      text: {
        en: 'Do not wait ten minutes to learn that a name is misspelt: `EXECUTE TASK` runs it once, suspended or not.',
        zh: '不必等十分钟才发现名字写错了：`EXECUTE TASK` 会立即执行一次，暂停的任务也行。',
      },
      why: {
        en: 'A run and its record are one commit. A run that is cut short has done nothing.',
        zh: '一次执行和它的记录是同一次提交。中途被打断，就等于什么都没做。',
      },
      sql: `EXECUTE TASK course_count;

SELECT * FROM course_counts ORDER BY counted_at DESC LIMIT 1;`,
      checks: [{ kind: 'Result', rows: 1, cells: [{ row: 1, column: 'frames', is: '12006' }] }],
      hint: {
        en: 'The task has to run before its table is read. Another number? Reset restores the tables.',
        zh: '先执行任务，再查询结果表。数字不对？“重置”可以恢复各表。',
      },
    },
    {
      id: 'history',
      title: { en: 'Did it run?', zh: '它执行了吗？' },
      text: {
        en: 'Every run leaves a line: when, how it ended, and the error if there was one. Ask for the last.',
        zh: '每次执行都会留下一行记录：时间、结果，失败时还有错误。查一查最近的一次。',
      },
      why: {
        en: 'A task has nobody watching it. The history, or its picture on the Tasks page, is how you learn of a failure before the report is empty.',
        zh: '任务执行时没有人盯着。靠这份历史，或“任务”页面上的图，才能在报表变空之前发现失败。',
      },
      sql: `SELECT name, state, completed_time
FROM TASK_HISTORY()
WHERE name = 'course_count'
ORDER BY completed_time DESC
LIMIT 1;`,
      checks: [{ kind: 'Result', rows: 1, cells: [{ row: 1, column: 'state', is: 'SUCCEEDED' }] }],
      hint: { en: 'No row? Run the task first: the step before does.', zh: '没有结果？先执行任务，也就是做上一步。' },
    },
    {
      id: 'resume',
      title: { en: 'Start it, and stop it again', zh: '启动，再停下' },
      text: {
        en: '`RESUME` puts the task on its schedule, `SUSPEND` takes it off. Look at its state in between.',
        zh: '`RESUME` 让任务按计划执行，`SUSPEND` 让它停下。在两者之间看看它的状态。',
      },
      why: {
        en: 'Tasks run while a page of this console is open. What was due meanwhile is listed on the Tasks page and never caught up with by itself.',
        zh: '控制台页面开着时任务才会执行。期间错过的执行会列在“任务”页面上，不会自动补跑。',
      },
      sql: `ALTER TASK course_count RESUME;

SELECT name, state FROM system.tasks WHERE name = 'course_count';

ALTER TASK course_count SUSPEND;`,
      checks: [{ kind: 'Result', rows: 1, cells: [{ row: 1, column: 'state', is: 'Started' }] }],
      hint: {
        en: 'The SELECT stands between RESUME and SUSPEND: there the task is Started.',
        zh: 'SELECT 要写在 RESUME 和 SUSPEND 之间，此时任务是 Started。',
      },
    },
  ],
};
