import type { Lesson } from '../lesson.ts';

export const stageLesson: Lesson = {
  id: 'stage',
  title: { en: 'Files in a stage', zh: 'Stage 里的文件' },
  about: { en: 'List what has arrived, make a stage', zh: '查看已有文件，创建 Stage' },
  steps: [
    {
      id: 'list',
      title: { en: 'See what has arrived', zh: '看看有哪些文件' },
      text: {
        en: 'A stage is a named place for files. CityDrive’s dash cams export Parquet files, and `citydrive_stage` holds them in a folder for each kind. List them all.',
        zh: 'Stage 是存放文件的地方，有自己的名字。CityDrive 的行车记录仪导出 Parquet 文件，`citydrive_stage` 里按种类分文件夹存放。先把它们全部列出来。',
      },
      why: {
        en: '`LIST` reads names, sizes and times, never contents. It costs the same for a kilobyte as for a terabyte.',
        zh: '`LIST` 只读文件名、大小和时间，不读内容。文件是 1 KB 还是 1 TB，代价都一样。',
      },
      sql: 'LIST @citydrive_stage;',
      checks: [{ kind: 'Result', rows: 19 }],
      hint: {
        en: 'A stage is written with an @ before its name, and nothing behind it.',
        zh: 'Stage 名前要写 @，名字后面什么都不加。',
      },
    },
    {
      id: 'folder',
      title: { en: 'Only one folder', zh: '只看一个文件夹' },
      text: {
        en: 'Each kind of export has a folder. A path behind the stage’s name narrows the list: look into `frame-events/`, one file a day and a late one.',
        zh: '每类导出数据各占一个文件夹。在 Stage 名后加上路径，就只列出这一部分。看看 `frame-events/`：每天一个文件，另有一个补传的。',
      },
      why: {
        en: 'There are no real folders in a stage, only names that begin alike. A path is a prefix, so end it with a slash: `frame-ev` would match, too.',
        zh: 'Stage 里其实没有文件夹，只有开头相同的文件名。路径就是前缀，所以结尾要写斜杠：只写 `frame-ev` 也能匹配到。',
      },
      sql: 'LIST @citydrive_stage/frame-events/;',
      checks: [
        {
          kind: 'Result',
          rows: 4,
          cells: [{ row: 1, column: 'name', is: 'frame-events/batch_2025_01_01.parquet' }],
        },
      ],
      hint: {
        en: 'Put the folder directly behind the stage: @citydrive_stage/frame-events/',
        zh: '文件夹紧跟在 Stage 名后面：@citydrive_stage/frame-events/',
      },
    },
    {
      id: 'create',
      title: { en: 'A stage of your own', zh: '创建自己的 Stage' },
      text: {
        en: 'Make a stage for CSV files. Lesson 5 puts a file into it. What the stage says of its format, no later statement has to say again.',
        zh: '创建一个放 CSV 文件的 Stage，第 5 课会往里写文件。格式在 Stage 上声明一次，后面的语句就不必重复。',
      },
      why: {
        en: "Without a URL the stage is internal: its files lie in this browser. With `URL = 's3://…'` the same statements would read a bucket.",
        zh: "不写 URL 就是内部 Stage，文件存在此浏览器里。写上 `URL = 's3://…'`，同样的语句就能读取存储桶。",
      },
      sql: "CREATE STAGE IF NOT EXISTS course_stage\n  FILE_FORMAT = (TYPE = 'CSV');",
      checks: [
        {
          kind: 'State',
          what: { en: 'stages named course_stage', zh: '名为 course_stage 的 Stage 数' },
          sql: "SELECT COUNT(*) FROM system.stages WHERE name = 'course_stage'",
          is: '1',
        },
      ],
      hint: { en: 'The name has to be course_stage.', zh: '名字必须是 course_stage。' },
    },
    {
      id: 'tables',
      title: { en: 'Six tables stand beside it', zh: '旁边还有六张表' },
      text: {
        en: 'Load CityDrive has filled six tables from the stage: `frame_events` 12,006 rows, `frame_geo_points` 12,005, `frame_metadata_catalog` 1,205, `frame_embeddings` 316, `signal_contact_points` 242, `citydrive_videos` 28. See for yourself.',
        zh: '“加载 CityDrive”已用 Stage 里的文件填好六张表：`frame_events` 12,006 行，`frame_geo_points` 12,005 行，`frame_metadata_catalog` 1,205 行，`frame_embeddings` 316 行，`signal_contact_points` 242 行，`citydrive_videos` 28 行。自己查一查。',
      },
      why: {
        en: '`system.tables` describes every table. The counts come from the tables’ logs: no row is read to give them.',
        zh: '`system.tables` 描述每一张表。行数来自表的日志，不需要读取任何一行数据。',
      },
      sql: `SELECT name, num_rows
FROM system.tables
WHERE database = 'default'
  AND name IN ('citydrive_videos', 'frame_events', 'frame_metadata_catalog',
               'frame_embeddings', 'frame_geo_points', 'signal_contact_points')
ORDER BY num_rows DESC;`,
      checks: [
        {
          kind: 'Result',
          rows: 6,
          cells: [
            { row: 1, column: 'name', is: 'frame_events' },
            { row: 1, column: 'num_rows', is: '12006' },
            { row: 6, column: 'num_rows', is: '28' },
          ],
        },
      ],
      hint: {
        en: 'If a number is not as printed here, a table was changed: Reset at the top makes it as it was.',
        zh: '如果行数与这里写的不同，说明表被改过：点顶部的“重置”即可复原。',
      },
    },
  ],
};
