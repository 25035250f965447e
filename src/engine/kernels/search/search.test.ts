import { expect, test } from 'vitest';
import { runKernel } from '../../test/run-kernel.ts';
import { type Analyzer, DEFAULT_ANALYZER, tokensOf } from './analyze.ts';
import { withinDistance } from './fuzzy.ts';
import { searchKernels } from './index.ts';
import { planSearch, type SearchPlan } from './plan.ts';
import { parseSearch } from './query.ts';
import { stemmed } from './stem.ts';

const kernel = (name: string) => {
  const found = searchKernels.find((one) => one.name === name);
  if (!found) throw new Error(`no kernel ${name}`);
  return found;
};

/** A search over one column. */
function planOf(text: string, isVariant: boolean, analyzer: Analyzer = DEFAULT_ANALYZER): SearchPlan {
  const columns = [{ isVariant, analyzer, positions: true }];
  const fieldsOf = (field: readonly string[] | undefined) => [
    { column: 0, path: isVariant && field ? field : [], boost: 1 },
  ];
  return planSearch(parseSearch(text, false), { columns, fieldsOf, fuzziness: 0 });
}

const matches = (text: string, document: string, isVariant = document.startsWith('{')) =>
  runKernel(kernel('search_matches'), [[JSON.stringify(planOf(text, isVariant)), document]])[0] === true;

/** The guide's five rows, as far as its boosting query looks at them. */
const ROWS = [
  '{"scene":{"weather_code":"rain","lighting":"day"},"camera":{"sensor_view":"roof"},"vehicle":{"speed_kmh":32.4},"detections":{"objects":[{"type":"vehicle","confidence":0.88},{"type":"brake_light","confidence":0.64}]},"media_meta":{"tagging":{"labels":["hard_brake","rain","downtown_loop"]}}}',
  '{"scene":{"weather_code":"rain","lighting":"day"},"camera":{"sensor_view":"roof"},"vehicle":{"speed_kmh":24.8},"detections":{"objects":[{"type":"pedestrian","confidence":0.92},{"type":"bike","confidence":0.35}]},"media_meta":{"tagging":{"labels":["pedestrian","swerve","crosswalk"]}}}',
  '{"scene":{"weather_code":"overcast","lighting":"day"},"camera":{"sensor_view":"front"},"vehicle":{"speed_kmh":48.1},"detections":{"objects":[{"type":"lane_merge","confidence":0.74},{"type":"vehicle","confidence":0.41}]},"media_meta":{"tagging":{"labels":["lane_merge","urban"]}}}',
  '{"scene":{"weather_code":"clear","lighting":"day"},"camera":{"sensor_view":"front"},"vehicle":{"speed_kmh":52.6},"detections":{"objects":[{"type":"vehicle","confidence":0.82},{"type":"hard_brake","confidence":0.59}]},"media_meta":{"tagging":{"labels":["hard_brake","highway"]}}}',
  '{"scene":{"weather_code":"lightfog","lighting":"night"},"camera":{"sensor_view":"rear"},"vehicle":{"speed_kmh":38.9},"detections":{"objects":[{"type":"traffic_light","confidence":0.78},{"type":"vehicle","confidence":0.36}]},"media_meta":{"tagging":{"labels":["night_lowlight","traffic_light"]}}}',
];

test('the score of the guide comes out of the counts of its five rows', () => {
  const plan = JSON.stringify(
    planOf(
      'scene.weather_code:rain AND (media_meta.tagging.labels:hard_brake^2 OR media_meta.tagging.labels:swerve)',
      true,
    ),
  );
  const counted = runKernel(
    kernel('search_counts'),
    ROWS.map((row) => [plan, row]),
  );
  const each = counted.map((text) => String(text).split(',').map(Number));
  const totals = each.reduce((sum, row) => sum.map((value, index) => value + (row[index] ?? 0)));
  expect(totals).toEqual([62, 2, 2, 2, 1]);
  const scores = runKernel(
    kernel('search_score'),
    ROWS.map((row) => [plan, [5, ...totals].join(','), row]),
  );
  expect(scores.map((score) => Number(score).toFixed(4))).toEqual(['7.0161', '3.6252', '0.0000', '0.0000', '0.0000']);
});

test.each([
  ['rust', 'Rust and C', true],
  ['rust AND go OR c', 'about C', true],
  ['rust AND (go OR c)', 'about C', false],
  ['+rust -go', 'rust, go', false],
  ['"a b"', 'b a', false],
  ['"b a"*', 'b abc', true],
  ['[b TO d}', 'c', true],
  ['{c TO *]', 'c', false],
  ['<=c', 'b', true],
  ['a\\:b', 'a b', true],
  ['*', 'anything', true],
])('%s over the text %s: %s', (query, text, expected) => {
  expect(matches(query, text)).toBe(expected);
});

test.each([
  ['a.b:1', '{"a":[{"b":1}]}', true],
  ['a.b:1 AND a.c:2', '{"a":[{"b":1},{"c":2}]}', false],
  ['a.b:1 AND (a.c:2 AND a.d:3)', '{"a":[{"b":1,"c":2},{"d":3}]}', false],
  ['a.b:1 AND a.c:2', '{"a":[{"b":1,"c":2}]}', true],
  ['a.b:1 OR a.c:3', '{"a":[{"b":1},{"c":2}]}', true],
  ['x\\.y:Z', '{"x.y":"z"}', true],
  ['t:IN [hard_brake]', '{"t":"hard_brake"}', false],
  ['t:IN [brake 7]', '{"t":7}', true],
  ['t:"hard brake"', '{"t":["hard","brake"]}', false],
  ['d:>2024-01-01T00:00:00Z', '{"d":"2024-06-01T00:00:00+02:00"}', true],
  ['n:>1', '{"n":"2"}', false],
])('%s over the document %s: %s', (query, document, expected) => {
  expect(matches(query, document)).toBe(expected);
});

test('stop words leave their places, Chinese is cut into words, stems are those of Snowball', () => {
  expect(tokensOf('Map of the World', { tokenizer: 'english', filters: ['english_stop'] })).toEqual([
    { text: 'map', position: 0 },
    { text: 'world', position: 3 },
  ]);
  const chinese = tokensOf('北京，你好!', { tokenizer: 'chinese', filters: ['chinese_stop'] });
  expect(chinese.map(({ text }) => text)).toEqual(['北京', '你好']);
  const words = 'running flies happily national hopefulness generously controlling skis agreed sky'.split(' ');
  expect(words.map(stemmed)).toEqual('run fli happili nation hope generous control ski agre sky'.split(' '));
});

test('an exchange of neighbours is one step', () => {
  expect(['abcd', 'abdc', 'acbd', 'ab', 'abcde'].map((word) => withinDistance('abcd', word, 1))).toEqual([
    true,
    true,
    true,
    false,
    true,
  ]);
});
