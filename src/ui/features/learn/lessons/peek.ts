import type { Lesson } from '../lesson.ts';

export const peekLesson: Lesson = {
  id: 'peek',
  title: { en: 'Peek at files', zh: '先看一眼文件' },
  about: { en: 'Query Parquet where it lies', zh: '不加载，直接查询 Parquet' },
  steps: [
    {
      id: 'file',
      title: { en: 'A file is a table', zh: '文件就是表' },
      text: {
        en: 'Look before you load. A path in a stage stands where a table would: select from the videos of the first day.',
        zh: '先看再加载。Stage 里的路径可以写在表名的位置上。查一查第一天的视频。',
      },
      why: {
        en: 'Parquet stores columns apart from each other. Four columns are named here, so four are read.',
        zh: 'Parquet 按列存放。这里只写了四列，读取的也就只有这四列。',
      },
      sql: `SELECT video_id, route_name, weather, duration_sec
FROM @citydrive_stage/videos/capture_date=2025-01-01/videos.parquet
ORDER BY video_id;`,
      checks: [
        {
          kind: 'Result',
          rows: 10,
          cells: [
            { row: 1, column: 'video_id', is: 'VID-20250101-001' },
            { row: 1, column: 'route_name', is: 'Downtown Loop' },
          ],
        },
      ],
      hint: {
        en: 'All ten rows are wanted, without a LIMIT, the smallest video_id first.',
        zh: '需要全部十行，不要加 LIMIT，video_id 最小的排在最前。',
      },
    },
    {
      id: 'folder',
      title: { en: 'A folder is one, too', zh: '文件夹也是表' },
      text: {
        en: 'With a folder all its files are read as one table. Count the frames of each tag over all four files.',
        zh: '路径写到文件夹，里面的文件就合成一张表。统计四个文件里每种标签各有多少帧。',
      },
      why: {
        en: 'The last lines matter: seven tags are everyday driving. `hard_brake`, `pedestrian` and their like are five rare ones, and the rest of the course is about them.',
        zh: '留意最后几行：前七种标签是日常驾驶，`hard_brake`、`pedestrian` 等五种很少见，后面的课程讲的正是它们。',
      },
      sql: `SELECT event_tag, COUNT(*) AS frames
FROM @citydrive_stage/frame-events/
GROUP BY event_tag
ORDER BY frames DESC;`,
      checks: [
        {
          kind: 'Result',
          rows: 12,
          cells: [
            { row: 1, column: 'event_tag', is: 'tunnel_entry' },
            { row: 1, column: 'frames', is: '2040' },
          ],
        },
      ],
      hint: {
        en: 'End the path with the folder’s slash, not with a file.',
        zh: '路径以文件夹的斜杠结尾，不要写到文件。',
      },
    },
    {
      id: 'schema',
      title: { en: 'Columns without rows', zh: '只看列，不看行' },
      text: {
        en: 'Before you write `CREATE TABLE`, ask the file which columns it has and of which types.',
        zh: '写 `CREATE TABLE` 之前，先问问文件有哪些列、是什么类型。',
      },
      why: {
        en: 'A Parquet file describes itself at its end. `INFER_SCHEMA` reads those few kilobytes and leaves the rest.',
        zh: 'Parquet 文件把自己的结构写在末尾。`INFER_SCHEMA` 只读这几 KB，其余不动。',
      },
      sql: `SELECT column_name, type
FROM INFER_SCHEMA(
  LOCATION => '@citydrive_stage/frame-events/batch_2025_01_01.parquet',
  FILE_FORMAT => 'PARQUET'
);`,
      checks: [
        {
          kind: 'Result',
          rows: 7,
          cells: [
            { row: 1, column: 'column_name', is: 'frame_id' },
            { row: 4, column: 'type', is: 'TIMESTAMP' },
          ],
        },
      ],
      hint: {
        en: 'LOCATION is a text: the path stands between single quotes, its @ included.',
        zh: 'LOCATION 是一段文本：路径连同 @ 一起写在单引号里。',
      },
    },
  ],
};
