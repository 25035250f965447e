import type { Lesson } from '../lesson.ts';

export const analyticsLesson: Lesson = {
  id: 'analytics',
  title: { en: 'SQL analytics', zh: 'SQL 分析' },
  about: { en: 'Filter, join, group, rank', zh: '过滤、连接、分组、排名' },
  steps: [
    {
      id: 'near',
      title: { en: 'Find frames within 400 m', zh: '查找 400 米以内的帧' },
      text: {
        en: 'What happened within 400 metres of headquarters? One table knows the place of a frame, the other knows the event: join them, keep what is near, the nearest first. Then change 400 to 100 and see what the check says.',
        zh: '总部方圆 400 米内发生了什么？一张表记着每一帧的位置，另一张记着事件：把两张表连接起来，只留下近处的，最近的排在最前。做完后把 400 改成 100，看看检查怎么说。',
      },
      why: {
        en: 'Positions are degrees, and degrees are not metres. `ST_TRANSFORM(…, 3857)` turns them into metres of the web map, which come out about 8 % too long at the latitude of Shenzhen.',
        zh: '坐标的单位是度，度不是米。`ST_TRANSFORM(…, 3857)` 把它换算成网络地图上的米，在深圳所在的纬度约偏长 8%。',
      },
      sql: `SELECT l.frame_id,
       f.event_tag,
       ST_DISTANCE(
         ST_TRANSFORM(l.position_wgs84, 3857),
         ST_TRANSFORM(TO_GEOMETRY('SRID=4326;POINT(114.0600 22.5450)'), 3857)
       ) AS meters_from_hq
FROM frame_geo_points AS l
JOIN frame_events AS f USING (frame_id)
WHERE meters_from_hq <= 400
ORDER BY meters_from_hq;`,
      checks: [{ kind: 'Result', rows: 2, cells: [{ row: 1, column: 'frame_id', is: 'FRAME-0102' }] }],
      hint: {
        en: 'FRAME-0102 is 180 metres away and FRAME-0101 is 324. The threshold has to let both through: 400.',
        zh: 'FRAME-0102 距离 180 米，FRAME-0101 距离 324 米。阈值要让两帧都通过：400。',
      },
    },
    {
      id: 'routes',
      title: { en: 'The riskiest route', zh: '风险最高的路线' },
      text: {
        en: 'Risk is scored per frame, the route is known per video. Join them, average the score of each route, the riskiest first.',
        zh: '风险分数记在帧上，路线记在视频上。把两者连接，计算每条路线的平均分，风险最高的排在最前。',
      },
      why: {
        en: 'Averages hide their size: Downtown Loop leads with two frames, and routes with 3,000 frames stand far below. Always show the count beside the average.',
        zh: '平均值看不出样本多少：Downtown Loop 只凭两帧就排第一，有 3,000 帧的路线反而远远落后。平均值旁边总要放上行数。',
      },
      sql: `SELECT v.route_name,
       COUNT(*) AS frames,
       ROUND(AVG(f.risk_score), 3) AS avg_risk
FROM frame_events AS f
JOIN citydrive_videos AS v USING (video_id)
GROUP BY v.route_name
ORDER BY avg_risk DESC, v.route_name;`,
      checks: [
        {
          kind: 'Result',
          rows: 8,
          cells: [
            { row: 1, column: 'route_name', is: 'Downtown Loop' },
            { row: 1, column: 'frames', is: '2' },
          ],
        },
      ],
      hint: {
        en: 'The riskiest first is ORDER BY avg_risk DESC.',
        zh: '风险最高的排最前，要写 ORDER BY avg_risk DESC。',
      },
    },
    {
      id: 'orphan',
      title: { en: 'A frame without a video', zh: '找不到视频的帧' },
      text: {
        en: 'The join above lost one of 12,006 frames: its video was never exported. Find it.',
        zh: '上面的连接在 12,006 帧里丢了一帧：它的视频没有导出。把它找出来。',
      },
      why: {
        en: 'An inner join drops what has no partner and says nothing. `NOT EXISTS` asks for exactly those rows, which makes it a good check after every load.',
        zh: '内连接会悄悄丢掉没有匹配的行。`NOT EXISTS` 正好把这些行找出来，适合在每次加载后做检查。',
      },
      sql: `SELECT frame_id, video_id
FROM frame_events AS f
WHERE NOT EXISTS (
  SELECT 1
  FROM citydrive_videos AS v
  WHERE v.video_id = f.video_id
);`,
      checks: [{ kind: 'Result', rows: 1, cells: [{ row: 1, column: 'frame_id', is: 'FRAME-0501' }] }],
      hint: {
        en: 'Thousands of rows? The NOT is missing, or citydrive_videos is empty: then do lesson 3 to its end.',
        zh: '返回了上千行？要么漏了 NOT，要么 citydrive_videos 是空的：请先做完第 3 课。',
      },
    },
    {
      id: 'worst',
      title: { en: 'The worst frame of each video', zh: '每段视频里最危险的一帧' },
      text: {
        en: 'Rank the frames within each video by their risk and keep the first of each.',
        zh: '在每段视频内按风险排名，各取第一名。',
      },
      why: {
        en: '`ROW_NUMBER` numbers rows within a partition, and `QUALIFY` filters by such a number as `WHERE` filters by a column. 28 videos and the missing one give 29 rows.',
        zh: '`ROW_NUMBER` 在每个分区内编号，`QUALIFY` 按这个编号过滤，就像 `WHERE` 按列过滤一样。28 段视频加上缺失的那段，共 29 行。',
      },
      sql: `SELECT video_id, frame_id, event_tag, risk_score
FROM frame_events
QUALIFY ROW_NUMBER() OVER (
  PARTITION BY video_id
  ORDER BY risk_score DESC, frame_id
) = 1
ORDER BY risk_score DESC, video_id;`,
      checks: [{ kind: 'Result', rows: 29, cells: [{ row: 1, column: 'frame_id', is: 'FRAME-0101' }] }],
      hint: {
        en: 'One row a video: number by PARTITION BY video_id and keep number 1.',
        zh: '每段视频一行：用 PARTITION BY video_id 编号，只保留 1 号。',
      },
    },
  ],
};
