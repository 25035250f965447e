import type { Lesson } from '../lesson.ts';

export const vectorsLesson: Lesson = {
  id: 'vectors',
  title: { en: 'Vectors', zh: '向量' },
  about: { en: 'Frames that look alike', zh: '找出相似的画面' },
  steps: [
    {
      id: 'nearest',
      title: { en: 'The three nearest', zh: '最相似的三帧' },
      text: {
        en: 'A model has turned each picture into 768 numbers. Pictures that look alike point the same way, and the cosine distance between them is small. Find the three nearest to FRAME-0101.',
        zh: '模型把每幅画面变成 768 个数。画面越像，方向越接近，余弦距离就越小。找出与 FRAME-0101 最接近的三帧。',
      },
      why: {
        en: 'Nothing is nearer to a frame than itself, at distance 0. It is a good first row: when it is missing, something is wrong with the query.',
        zh: '离自己最近的总是自己，距离为 0。这是很好的第一行：如果没有它，查询一定有问题。',
      },
      sql: `SELECT e.frame_id,
       e.video_id,
       COSINE_DISTANCE(e.embedding, q.embedding) AS distance
FROM frame_embeddings AS e
CROSS JOIN (
  SELECT embedding FROM frame_embeddings WHERE frame_id = 'FRAME-0101'
) AS q
ORDER BY distance
LIMIT 3;`,
      checks: [
        {
          kind: 'Result',
          rows: 3,
          cells: [
            { row: 1, column: 'frame_id', is: 'FRAME-0101' },
            { row: 2, column: 'frame_id', is: 'FRAME-0102' },
            { row: 3, column: 'frame_id', is: 'FRAME-0201' },
          ],
        },
      ],
      hint: {
        en: 'Near means a small distance: ORDER BY distance, without DESC.',
        zh: '越近距离越小：ORDER BY distance，不加 DESC。',
      },
    },
    {
      id: 'filter',
      title: { en: 'Alike, and from the rear', zh: '既相似，又是后视' },
      text: {
        en: 'An embedding is a column like any other. Ask for what looks like FRAME-0201 among the pictures of rear cameras.',
        zh: '向量只是普通的一列。在后视摄像头的画面里，找与 FRAME-0201 相似的。',
      },
      why: {
        en: 'A vector database beside a warehouse needs every filter copied into it. Here `WHERE` and distance are one query over one table.',
        zh: '如果向量库和数仓分开，每个过滤条件都要复制一份。在这里，`WHERE` 和距离就是对同一张表的一次查询。',
      },
      sql: `SELECT e.frame_id,
       e.sensor_view,
       COSINE_DISTANCE(e.embedding, q.embedding) AS distance
FROM frame_embeddings AS e
CROSS JOIN (
  SELECT embedding FROM frame_embeddings WHERE frame_id = 'FRAME-0201'
) AS q
WHERE e.sensor_view = 'rear_cam'
ORDER BY distance
LIMIT 5;`,
      checks: [{ kind: 'Result', rows: 1, cells: [{ row: 1, column: 'frame_id', is: 'FRAME-0401' }] }],
      hint: { en: 'The sample has one picture of a rear camera.', zh: '示例数据里只有一幅后视画面。' },
    },
    {
      id: 'events',
      title: { en: 'What happened there?', zh: '那里发生了什么？' },
      text: {
        en: 'Take the five pictures nearest to FRAME-0102, a pedestrian, and look up what was tagged in each.',
        zh: 'FRAME-0102 是一名行人。取最相似的五帧，查出它们各自被标成了什么。',
      },
      why: {
        en: 'Likeness finds candidates, a join tells what they are. That is how a fleet looks for near misses that nobody tagged.',
        zh: '相似度负责找候选，连接负责说明它们是什么。车队就是这样找出没人标注过的险情。',
      },
      sql: `WITH similar_frames AS (
  SELECT e.frame_id,
         COSINE_DISTANCE(e.embedding, q.embedding) AS distance
  FROM frame_embeddings AS e
  CROSS JOIN (
    SELECT embedding FROM frame_embeddings WHERE frame_id = 'FRAME-0102'
  ) AS q
  ORDER BY distance
  LIMIT 5
)
SELECT s.frame_id, f.event_tag, f.risk_score, s.distance
FROM similar_frames AS s
LEFT JOIN frame_events AS f USING (frame_id)
ORDER BY s.distance;`,
      checks: [
        {
          kind: 'Result',
          rows: 5,
          cells: [
            { row: 1, column: 'event_tag', is: 'pedestrian' },
            { row: 2, column: 'event_tag', is: 'hard_brake' },
          ],
        },
      ],
      hint: {
        en: 'Five are wanted: take them first (LIMIT 5 inside WITH), then join.',
        zh: '需要五帧：先在 WITH 里用 LIMIT 5 取出，再做连接。',
      },
    },
  ],
};
