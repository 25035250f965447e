import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { StatementResult } from '../../../engine/cli/collect.ts';
import { type TestEngine, testEngine } from '../../../engine/test/engine.ts';
import { fillTables } from '../../data/sample-tables.ts';
import { CLEAN_UP, COURSE, stepKey } from './course.ts';
import { type Answer, type AnswerRow, type Difference, judge, ROWS_LOOKED_AT } from './judge.ts';
import type { Words } from './lesson.ts';

const SAMPLE = resolve(import.meta.dirname, '../../../../public/sample/raw');

let engine: TestEngine;

beforeAll(async () => {
  engine = await testEngine();
  await engine.rows(`CREATE STAGE citydrive_stage URL = 'fs://${SAMPLE}/' FILE_FORMAT = (TYPE = 'PARQUET')`);
  await engine.rows(fillTables().join('\n'));
}, 120_000);

type Good = Extract<StatementResult, { readonly ok: true }>;

function records({ columns, rows }: Good): readonly AnswerRow[] {
  const names = columns.map(({ name }) => name.toLowerCase());
  return rows
    .slice(0, ROWS_LOOKED_AT)
    .map((row) => Object.fromEntries(row.map((cell, index) => [names[index], cell === null ? null : String(cell)])));
}

async function answerTo(sql: string): Promise<Answer> {
  const results = await engine.run(sql);
  const failed = results.find((result) => !result.ok);
  const last = results.filter((result) => result.ok).findLast(({ columns }) => columns.length > 0);
  return {
    error: failed && { code: failed.error.code, message: failed.error.message },
    result: last && {
      columns: last.columns.map(({ name }) => name.toLowerCase()),
      rows: last.rows.length,
      first: records(last),
    },
  };
}

async function ask(sql: string): Promise<readonly AnswerRow[]> {
  const result = (await engine.run(sql)).at(-1);
  if (result && !result.ok) throw result.error;
  return result ? records(result) : [];
}

interface Wrong {
  /** The statement, or how the right one is changed. */
  readonly sql: string | ((right: string) => string);
  readonly said: readonly unknown[];
}

const rows = (found: number, expected: number): Difference => ({ kind: 'Rows', found, expected });
const cell = (row: number, column: string, found: string | null) =>
  expect.objectContaining({ kind: 'Cell', cell: expect.objectContaining({ row, column }), found });
const state = (found: string | null, expected: string) => expect.objectContaining({ kind: 'State', found, expected });

/** An answer that somebody might give to each step, and what it is told. */
const WRONG: { readonly [step: string]: Wrong } = {
  'stage/list': { sql: 'LIST @citydrive_stage/videos/', said: [rows(3, 19)] },
  'stage/folder': { sql: 'LIST @citydrive_stage', said: [rows(19, 4)] },
  'stage/create': { sql: 'CREATE STAGE my_stage', said: [state('0', '1')] },
  'stage/tables': {
    sql: (right) => right.replace('DESC', ''),
    said: [cell(1, 'name', 'citydrive_videos'), cell(1, 'num_rows', '28'), cell(6, 'num_rows', '12006')],
  },
  'peek/file': { sql: (right) => right.replace(';', ' LIMIT 5'), said: [rows(5, 10)] },
  'peek/folder': {
    sql: (right) => right.replace('frame-events/', 'frame-events/batch_2025_01_04.parquet'),
    said: [rows(1, 12)],
  },
  'peek/schema': {
    sql: (right) => right.replace('column_name, type', 'type'),
    said: [{ kind: 'NoColumn', column: 'column_name' }],
  },
  'copy/create': {
    sql: (right) => right.replace('OR REPLACE ', ''),
    said: [{ kind: 'Failed', message: expect.stringContaining('citydrive_videos') }],
  },
  'copy/load': {
    sql: (right) => right.replace('videos/', 'videos/capture_date=2025-01-01/'),
    said: [state('10', '28')],
  },
  'copy/again': { sql: 'SELECT * FROM citydrive_videos', said: [rows(28, 0)] },
  'analytics/near': { sql: (right) => right.replace('<= 400', '<= 100'), said: [rows(0, 2)] },
  'analytics/routes': {
    sql: (right) => right.replace('DESC', ''),
    said: [cell(1, 'route_name', 'Logistics Park Run'), cell(1, 'frames', '3000')],
  },
  'analytics/orphan': { sql: (right) => right.replace('NOT ', ''), said: [rows(12005, 1)] },
  'analytics/worst': { sql: (right) => right.replace('= 1', '<= 2'), said: [rows(54, 29)] },
  'errors/unload': {
    sql: (right) => right.replace(/,\s*\('FRAME-0201', '48.1'\)/, ''),
    said: [cell(1, 'rows_unloaded', '2')],
  },
  'errors/abort': { sql: (right) => right.slice(0, right.indexOf('COPY')), said: [{ kind: 'NotFailed', code: 1046 }] },
  'errors/continue': { sql: 'SELECT * FROM course_speeds', said: [state('0', '2')] },
  'errors/find': { sql: (right) => right.replace('IS NULL', 'IS NOT NULL'), said: [rows(2, 1)] },
  'streams/create': {
    sql: (right) => right.slice(0, right.indexOf('CREATE OR REPLACE STREAM')),
    said: [{ kind: 'Failed', message: expect.stringContaining('course_new_alerts') }],
  },
  'streams/peek': { sql: 'SELECT * FROM course_new_alerts', said: [rows(0, 2)] },
  'streams/consume': {
    sql: (right) => right.slice(0, right.indexOf('INSERT')),
    said: [state('0', '2'), state('2', '0')],
  },
  'tasks/create': {
    sql: (right) => right.slice(0, right.indexOf('CREATE OR REPLACE TASK')),
    said: [state(null, 'Suspended')],
  },
  'tasks/execute': { sql: 'SELECT * FROM course_counts', said: [rows(0, 1)] },
  'tasks/history': { sql: (right) => right.replace("'course_count'", "'course_counts'"), said: [rows(0, 1)] },
  'tasks/resume': { sql: (right) => right.replace('RESUME', 'SUSPEND'), said: [cell(1, 'state', 'Suspended')] },
  'json/path': { sql: (right) => right.replace('> 30', '> 40'), said: [rows(2, 4)] },
  'json/flatten': {
    sql: (right) => right.replace(' DESC', ''),
    said: [cell(1, 'object', 'bike'), cell(1, 'confidence', '0.35')],
  },
  'json/labels': { sql: (right) => right.replace(';', ' LIMIT 5'), said: [rows(5, 20)] },
  'geo/zone': { sql: 'SELECT 1', said: [rows(1, 2)] },
  'geo/hexagons': { sql: (right) => right.replace(', 8)', ', 7)'), said: [rows(34, 80)] },
  'geo/signals': { sql: (right) => right.replace('0.03', '0.01'), said: [rows(1, 2)] },
  'vectors/nearest': {
    sql: (right) => right.replace('ORDER BY distance', 'ORDER BY distance DESC, frame_id'),
    said: [
      cell(1, 'frame_id', expect.any(String)),
      cell(2, 'frame_id', expect.any(String)),
      cell(3, 'frame_id', expect.any(String)),
    ],
  },
  'vectors/filter': { sql: (right) => right.replace(/WHERE e.*/, ''), said: [rows(5, 1)] },
  'vectors/events': { sql: (right) => right.replace('LIMIT 5', 'LIMIT 3'), said: [rows(3, 5)] },
  'travel/delete': { sql: (right) => right.slice(0, right.indexOf('DELETE')), said: [state('4', '3')] },
  'travel/at': { sql: (right) => right.replace('AT (STREAM => course_mark)', ''), said: [rows(3, 4)] },
  'travel/restore': { sql: 'SELECT * FROM course_notes', said: [state('3', '4')] },
  'travel/undrop': {
    sql: "SELECT COUNT(*) AS notes FROM course_notes WHERE event_tag = 'pedestrian'",
    said: [cell(1, 'notes', '1')],
  },
};

const STEPS = COURSE.flatMap((lesson) => lesson.steps.map((step) => ({ key: stepKey(lesson, step), step })));

describe('the course, from top to bottom', () => {
  test.each(STEPS)(
    '$key is told what differs when wrong and passes when right',
    { timeout: 60_000 },
    async ({ key, step }) => {
      const wrong = WRONG[key];
      const sql = typeof wrong?.sql === 'function' ? wrong.sql(step.sql) : (wrong?.sql ?? '');
      expect(await judge(step.checks, await answerTo(sql), ask)).toEqual(wrong?.said);
      expect(await judge(step.checks, await answerTo(step.sql), ask)).toEqual([]);
    },
  );

  test('cleaning up leaves nothing that the lessons made, and the sample as it was', async () => {
    await engine.rows(CLEAN_UP.join('\n'));
    for (const kind of ['tables', 'stages', 'streams', 'tasks'])
      expect(await ask(`SELECT name FROM system.${kind} WHERE name LIKE 'course%'`)).toEqual([]);
    expect(await ask('SELECT COUNT(*) AS n FROM citydrive_videos')).toEqual([{ n: '28' }]);
    expect(await ask('SELECT COUNT(*) AS n FROM frame_events')).toEqual([{ n: '12006' }]);
  });
});

test('every step has a wrong answer, and no two have one name', () => {
  expect(Object.keys(WRONG).sort()).toEqual(STEPS.map(({ key }) => key).sort());
});

test('what is said in Chinese keeps the code of the English and mixes in no half-width punctuation', () => {
  const spoken: readonly Words[] = COURSE.flatMap(({ title, about, steps }) => [
    ...[title, about],
    ...steps.flatMap(({ title, text, why, hint }) => [title, text, why, hint]),
  ]);
  const code = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1]).sort();
  for (const { en, zh } of spoken) {
    expect(code(zh)).toEqual(code(en));
    expect(zh).toMatch(/[一-鿿]/);
    expect(zh.replaceAll(/`[^`]+`/g, '')).not.toMatch(/[一-鿿] ?[,;:?!]|[,;:?!] ?[一-鿿]/);
  }
});
