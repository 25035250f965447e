import type { Lesson } from '../lesson.ts';

const COPY_VIDEOS = `COPY INTO citydrive_videos
  (video_id, vehicle_id, capture_date, route_name, weather, camera_source, duration_sec)
FROM (
  SELECT video_id::STRING,
         vehicle_id::STRING,
         capture_date::DATE,
         route_name::STRING,
         weather::STRING,
         camera_source::STRING,
         duration_sec::INT
  FROM @citydrive_stage/videos/
)
FILE_FORMAT = (TYPE = 'PARQUET');`;

const VIDEOS = {
  kind: 'State',
  what: { en: 'rows in citydrive_videos', zh: 'citydrive_videos 的行数' },
  sql: 'SELECT COUNT(*) FROM citydrive_videos',
} as const;

export const copyLesson: Lesson = {
  id: 'copy',
  title: { en: 'COPY with casts', zh: '用 COPY 加载并转换类型' },
  about: { en: 'From files to a typed table, once', zh: '从文件到有类型的表，只加载一次' },
  steps: [
    {
      id: 'create',
      title: { en: 'Begin with an empty table', zh: '从空表开始' },
      text: {
        en: 'Make `citydrive_videos` anew. Its 28 rows are gone for the moment: the next step loads them again.',
        zh: '重新创建 `citydrive_videos`。原有的 28 行暂时没有了，下一步再加载回来。',
      },
      why: {
        en: 'The table says what you need, not what today’s export happens to hold. `OR REPLACE` also forgets which files were loaded into the old one.',
        zh: '表结构写的是你需要什么，而不是今天的导出文件碰巧有什么。`OR REPLACE` 还会忘掉旧表加载过哪些文件。',
      },
      sql: `CREATE OR REPLACE TABLE citydrive_videos (
  video_id      STRING,
  vehicle_id    STRING,
  capture_date  DATE,
  route_name    STRING,
  weather       STRING,
  camera_source STRING,
  duration_sec  INT
);`,
      checks: [{ ...VIDEOS, is: '0' }],
      hint: {
        en: 'Plain CREATE TABLE fails while the old one stands; write CREATE OR REPLACE TABLE.',
        zh: '旧表还在时，CREATE TABLE 会报错；要写 CREATE OR REPLACE TABLE。',
      },
    },
    {
      id: 'load',
      title: { en: 'Load three days', zh: '加载三天的数据' },
      text: {
        en: '`COPY INTO` reads every file below the path and answers with a line for each. Name the columns and cast each one.',
        zh: '`COPY INTO` 读取该路径下的所有文件，每个文件返回一行结果。写明列名，并逐列转换类型。',
      },
      why: {
        en: 'Columns are matched by name here, and `::DATE` fails on what is no date. If the export swaps two columns tomorrow, no value slips into the wrong one.',
        zh: '这里按列名对应，遇到不是日期的值 `::DATE` 会报错。即使明天导出的列换了顺序，也不会有值落到错误的列里。',
      },
      sql: COPY_VIDEOS,
      checks: [{ ...VIDEOS, is: '28' }],
      hint: {
        en: 'Load the whole folder @citydrive_stage/videos/. More than 28 rows? Go back one step and begin with an empty table.',
        zh: '要加载整个文件夹 @citydrive_stage/videos/。如果超过 28 行，请退回上一步，从空表重新开始。',
      },
    },
    {
      id: 'again',
      title: { en: 'Load again: nothing happens', zh: '再加载一次：什么也没发生' },
      text: {
        en: 'Run the same statement once more. The answer is empty and there are still 28 rows.',
        zh: '把同一条语句再执行一遍。结果为空，表里仍是 28 行。',
      },
      why: {
        en: 'The table remembers its files and `COPY` skips them. So it can run every ten minutes and load only what is new: lesson 7 does that. `FORCE = TRUE` would load them twice.',
        zh: '表记得加载过哪些文件，`COPY` 会跳过它们。因此可以每十分钟执行一次，只加载新文件：第 7 课就这么做。写 `FORCE = TRUE` 则会重复加载。',
      },
      sql: COPY_VIDEOS,
      checks: [
        { kind: 'Result', rows: 0 },
        { ...VIDEOS, is: '28' },
      ],
      hint: {
        en: '56 rows mean that FORCE was on. The two steps before make it right again.',
        zh: '如果有 56 行，说明用了 FORCE。重做前两步即可恢复。',
      },
    },
  ],
};
