import type { Lesson } from '../lesson.ts';

export const geoLesson: Lesson = {
  id: 'geo',
  title: { en: 'Geo', zh: '地理分析' },
  about: { en: 'Polygons, hexagons, distances', zh: '多边形、六边形、距离' },
  steps: [
    {
      id: 'zone',
      title: { en: 'Inside a school zone', zh: '学校区域之内' },
      text: {
        en: 'A polygon is a ring of points that ends where it began. Which rare events fell inside this one? Choose a position in the result to see it on the map.',
        zh: '多边形是一圈首尾相接的点。哪些少见事件落在这个区域里？在结果里选中一个位置，就能在地图上看到它。',
      },
      why: {
        en: '`ST_CONTAINS` asks whether the first holds the second. Inside or outside needs no metres, so nothing is transformed.',
        zh: '`ST_CONTAINS` 判断前者是否包含后者。里外与距离无关，所以不必转换坐标。',
      },
      sql: `SELECT l.frame_id, f.event_tag, l.position_wgs84
FROM frame_geo_points AS l
JOIN frame_events AS f USING (frame_id)
WHERE ST_CONTAINS(
  TO_GEOMETRY('SRID=4326;POLYGON((114.0505 22.5500, 114.0630 22.5500, 114.0630 22.5420, 114.0505 22.5420, 114.0505 22.5500))'),
  l.position_wgs84
)
ORDER BY l.frame_id;`,
      checks: [
        {
          kind: 'Result',
          rows: 2,
          cells: [
            { row: 1, column: 'frame_id', is: 'FRAME-0101' },
            { row: 2, column: 'event_tag', is: 'pedestrian' },
          ],
        },
      ],
      hint: {
        en: 'The polygon comes first, the point second: a point contains no polygon.',
        zh: '多边形在前，点在后：点不可能包含多边形。',
      },
    },
    {
      id: 'hexagons',
      title: { en: 'Risk by hexagon', zh: '按六边形看风险' },
      text: {
        en: 'H3 covers the earth with hexagons, each with a number. Turn positions into cells of resolution 8, some 900 metres across, and average the risk of each.',
        zh: 'H3 用带编号的六边形铺满地球。把坐标换成 8 级网格（每格宽约 900 米），计算每格的平均风险。',
      },
      why: {
        en: 'Places that are near get the same number, so `GROUP BY` can do what a map would. All six neighbours of a hexagon are equally far; those of a square are not.',
        zh: '相近的位置得到同一个编号，`GROUP BY` 就能做地图的事。六边形到六个邻居的距离都相等，正方形做不到。',
      },
      sql: `SELECT GEO_TO_H3(ST_X(l.position_wgs84), ST_Y(l.position_wgs84), 8) AS h3_cell,
       COUNT(*) AS frames,
       AVG(f.risk_score) AS avg_risk
FROM frame_geo_points AS l
JOIN frame_events AS f USING (frame_id)
GROUP BY h3_cell
ORDER BY avg_risk DESC;`,
      checks: [{ kind: 'Result', rows: 80, cells: [{ row: 1, column: 'h3_cell', is: '613635011200942079' }] }],
      hint: {
        en: 'Fewer cells mean a coarser grid: the last argument is the resolution, 8.',
        zh: '格子太少说明网格太粗：最后一个参数是级别，应为 8。',
      },
    },
    {
      id: 'signals',
      title: { en: 'Which signals were close?', zh: '哪些信号灯离得近？' },
      text: {
        en: '`signal_contact_points` pairs traffic lights with frames and stores their distance. Take those below 0.03 and compute the distance again from the two points.',
        zh: '`signal_contact_points` 把信号灯与帧配对，并存了距离。取出小于 0.03 的，再用两个点重新计算一次。',
      },
      why: {
        en: 'The computed number is in degrees. The stored one says metres by its name, yet no frame was taken 9 millimetres from a light. A derived column is worth checking against what it was derived from.',
        zh: '算出来的是度。存下来的那列名字里写着米，可没有哪一帧离信号灯只有 9 毫米。派生列值得和它的来源核对一遍。',
      },
      sql: `SELECT node_id,
       frame_id,
       ST_DISTANCE(signal_position, frame_position) AS computed,
       distance_m AS stored
FROM signal_contact_points
WHERE distance_m < 0.03
ORDER BY distance_m;`,
      checks: [
        {
          kind: 'Result',
          rows: 2,
          cells: [
            { row: 1, column: 'node_id', is: 'SIG-0002' },
            { row: 1, column: 'stored', is: '0.008765' },
          ],
        },
      ],
      hint: { en: 'Below 0.03, the least first: two rows.', zh: '小于 0.03，最小的排在最前：共两行。' },
    },
  ],
};
