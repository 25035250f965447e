import type { Lesson } from '../lesson.ts';

export const jsonLesson: Lesson = {
  id: 'json',
  title: { en: 'Search JSON', zh: '检索 JSON' },
  about: { en: 'Paths, casts, arrays as rows', zh: '路径、类型转换、数组展开成行' },
  steps: [
    {
      id: 'path',
      title: { en: 'Reach into a document', zh: '取出文档里的值' },
      text: {
        en: '`meta_json` is a VARIANT: one JSON document a row. Follow its keys in brackets and cast what you find. Which frames were driven at 30 to 80 km/h?',
        zh: '`meta_json` 是 VARIANT 类型，每行一份 JSON 文档。用方括号逐级取键，再转换类型。哪些帧的车速在 30 到 80 km/h 之间？',
      },
      why: {
        en: 'A path gives a VARIANT, a cast gives a number that compares as numbers do. A path that a document lacks gives NULL, not an error: documents need not be alike.',
        zh: '路径取出的仍是 VARIANT，转换之后才按数值比较。文档里没有的路径得到 NULL 而不是报错，所以文档不必长得一样。',
      },
      sql: `SELECT doc_id,
       meta_json['scene']['weather_code']::STRING AS weather,
       meta_json['vehicle']['speed_kmh']::DOUBLE AS speed
FROM frame_metadata_catalog
WHERE meta_json['vehicle']['speed_kmh']::DOUBLE > 30
  AND meta_json['vehicle']['speed_kmh']::DOUBLE < 80
ORDER BY speed DESC;`,
      checks: [
        {
          kind: 'Result',
          rows: 4,
          cells: [
            { row: 1, column: 'doc_id', is: 'FRAME-0301' },
            { row: 4, column: 'speed', is: '32.4' },
          ],
        },
      ],
      hint: {
        en: 'Speeds lie under vehicle, then speed_kmh. Above 30 and below 80, the fastest first.',
        zh: '车速在 vehicle 下的 speed_kmh。大于 30、小于 80，最快的排在最前。',
      },
    },
    {
      id: 'flatten',
      title: { en: 'An array becomes rows', zh: '把数组展开成行' },
      text: {
        en: 'Each frame has an array of objects that the camera made out. `FLATTEN` turns one array into as many rows as it has members. What is on FRAME-0102, the surest first?',
        zh: '每一帧都有一个数组，记着摄像头识别出的物体。`FLATTEN` 把数组的每个元素变成一行。FRAME-0102 上有什么？最确定的排在最前。',
      },
      why: {
        en: '`LATERAL` lets the right side see the row at the left: the array of this document is joined to this document only.',
        zh: '`LATERAL` 让右边能看到左边的当前行：每份文档只与自己的数组连接。',
      },
      sql: `SELECT meta.doc_id,
       obj.value['type']::STRING AS object,
       obj.value['confidence']::DOUBLE AS confidence
FROM frame_metadata_catalog AS meta,
     LATERAL FLATTEN(input => meta.meta_json['detections']['objects']) AS obj
WHERE meta.doc_id = 'FRAME-0102'
ORDER BY confidence DESC;`,
      checks: [
        {
          kind: 'Result',
          rows: 2,
          cells: [
            { row: 1, column: 'object', is: 'pedestrian' },
            { row: 1, column: 'confidence', is: '0.92' },
          ],
        },
      ],
      hint: {
        en: 'The surest first is ORDER BY confidence DESC.',
        zh: '最确定的排最前，要写 ORDER BY confidence DESC。',
      },
    },
    {
      id: 'labels',
      title: { en: 'Search by label', zh: '按标签检索' },
      text: {
        en: 'Labels are an array as well. Unfold it, count each label, and you have an index of what there is to search for.',
        zh: '标签也是数组。把它展开，数一数每个标签，就知道有什么可以检索。',
      },
      why: {
        en: "Once labels are rows, every tool of SQL works on them: group, join, filter. To find frames by label, add `WHERE label.value::STRING = 'crosswalk'`.",
        zh: "标签变成行之后，SQL 的分组、连接、过滤全都能用。想按标签找帧，加上 `WHERE label.value::STRING = 'crosswalk'` 即可。",
      },
      sql: `SELECT label.value::STRING AS label, COUNT(*) AS frames
FROM frame_metadata_catalog AS meta,
     LATERAL FLATTEN(input => meta.meta_json['media_meta']['tagging']['labels']) AS label
GROUP BY label
ORDER BY frames DESC, label;`,
      checks: [
        {
          kind: 'Result',
          rows: 20,
          cells: [
            { row: 1, column: 'label', is: 'motorway' },
            { row: 1, column: 'frames', is: '600' },
          ],
        },
      ],
      hint: {
        en: 'There are 20 labels: media_meta, then tagging, then labels.',
        zh: '共有 20 个标签，路径是 media_meta、tagging、labels。',
      },
    },
  ],
};
