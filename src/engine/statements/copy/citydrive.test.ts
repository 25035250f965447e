import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type TestEngine, testEngine } from '../../test/engine.ts';
import { sharedData } from '../../test/parquet.ts';

const { path: DATA, present } = sharedData('citydrive');

/** CREATE TABLE and COPY INTO of the ETL guide, as the tour says them. */
const tour = readFileSync(resolve(import.meta.dirname, '../../../../public/worksheets/01-tour.sql'), 'utf8');
const statements = tour.split(';').map((statement) => statement.replaceAll(/^\s*--.*$/gm, '').trim());
const tables = statements.filter((statement) => statement.startsWith('CREATE OR REPLACE TABLE'));
const copies = statements.filter((statement) => statement.startsWith('COPY INTO')).slice(0, 6);

describe.skipIf(!present)('the ETL guide over exports by several writers (skipped without shared data)', () => {
  let engine: TestEngine;
  const runs: (readonly (readonly unknown[])[])[] = [];

  beforeAll(async () => {
    engine = await testEngine();
    const stage = `CREATE STAGE citydrive_stage URL = 'fs://${join(DATA, 'raw')}/' FILE_FORMAT = (TYPE = 'PARQUET')`;
    await engine.rows([stage, ...tables].join(';'));
    for (const copy of copies) runs.push(await engine.rows(copy));
  }, 120_000);

  test('each COPY loads its eight files', () => {
    expect(runs.map((files) => files.map(([, rows, errors]) => [Number(rows), Number(errors)]))).toEqual(
      [12, 480, 36, 24, 120, 30].map((rows) => Array.from({ length: 8 }, () => [rows, 0])),
    );
  });

  test('a second run loads nothing', async () => {
    for (const copy of copies) expect(await engine.rows(copy)).toEqual([]);
  });

  test('the tables hold what the writers wrote', async () => {
    const expected = JSON.parse(readFileSync(join(DATA, 'expected.json'), 'utf8'));
    const one = async (sql: string) => (await engine.rows(`SELECT ${sql}`))[0]?.map(Number);
    expect(await one('COUNT(*), SUM(duration_sec) FROM citydrive_videos')).toEqual([
      expected.videos,
      expected.duration,
    ]);
    expect(await one('COUNT(*), COUNT_IF(risk_score IS NULL) FROM frame_events')).toEqual([
      expected.events,
      expected.risk_null,
    ]);
    const [speed, risk] = (await one('SUM(speed_kmh), SUM(risk_score) FROM frame_events')) ?? [];
    expect(speed).toBeCloseTo(expected.speed, 6);
    expect(risk).toBeCloseTo(expected.risk, 2);
    expect(await one('COUNT(*) FROM frame_metadata_catalog')).toEqual([expected.docs]);
    expect(await one('COUNT(*) FROM frame_embeddings')).toEqual([expected.embeddings]);
    expect(await one('COUNT(*) FROM frame_geo_points')).toEqual([expected.points]);
    const [contacts, distance] = (await one('COUNT(*), SUM(distance_m) FROM signal_contact_points')) ?? [];
    expect(contacts).toBe(expected.contacts);
    expect(distance).toBeCloseTo(expected.dist, 6);
  });

  test('whatever a file calls its types, its days and places are the same', async () => {
    const days = 'SELECT capture_date, COUNT(*) FROM citydrive_videos GROUP BY 1 ORDER BY 1';
    expect(await engine.rows(days)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((day) => [`2025-01-0${day}`, '12']));
    const events =
      'SELECT to_date(collected_at), COUNT(*) FROM frame_events GROUP BY 1 HAVING COUNT(*) < 480 ORDER BY 1';
    expect(await engine.rows(events)).toEqual([]);
    const bounds = `SELECT COUNT_IF(ST_X(position_wgs84) BETWEEN 113.9 AND 114 AND ST_Y(position_wgs84) BETWEEN 22.5 AND 22.6)
      FROM frame_geo_points`;
    expect(await engine.rows(bounds)).toEqual([['960']]);
    expect(await engine.rows('SELECT DISTINCT json_typeof(meta_json) FROM frame_metadata_catalog')).toEqual([
      ['OBJECT'],
    ]);
    const nulls =
      'SELECT COUNT_IF(embedding IS NULL), COUNT_IF(l2_distance(embedding, embedding) <> 0) FROM frame_embeddings';
    expect(await engine.rows(nulls)).toEqual([['0', '0']]);
  });
});
