import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestEngine, testEngine } from '../../test/engine.ts';
import { sharedData } from '../../test/parquet.ts';
import { type S3Server, s3Server, TEST_KEY } from '../../test/s3/server.ts';

const { path: DATA, present } = sharedData('citydrive', 'raw');
const GUIDE = sharedData('..', 'reference', 'etl-guide.md');

const tour = readFileSync(resolve(import.meta.dirname, '../../../../public/worksheets/01-tour.sql'), 'utf8');
const tables = tour
  .split(';')
  .map((statement) => statement.replaceAll(/^\s*--.*$/gm, '').trim())
  .filter((statement) => statement.startsWith('CREATE OR REPLACE TABLE'));

/** The statements of the guide's first three sections, as they stand there. */
function guideStatements(): readonly string[] {
  const [sections = ''] = readFileSync(GUIDE.path, 'utf8').split('## 4. Streams');
  return [...sections.matchAll(/```sql\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
    block
      .split(';')
      .map((statement) => statement.trim())
      .filter(Boolean),
  );
}

describe.skipIf(!present || !GUIDE.present)('the ETL guide over a bucket (skipped without shared data)', () => {
  let server: S3Server;
  let engine: TestEngine;
  let keys: { id: string; secret: string } = { id: '<AWS_ACCESS_KEY_ID>', secret: '<AWS_SECRET_ACCESS_KEY>' };

  /** The guide's own text but for the keys, and an endpoint behind them. */
  const withKeys = (statement: string) =>
    statement
      .replace("'<AWS_ACCESS_KEY_ID>'", `'${keys.id}'`)
      .replace("'<AWS_SECRET_ACCESS_KEY>'", `'${keys.secret}' ENDPOINT_URL = '${server.endpoint}'`);
  const statements = (start: string) => guideStatements().filter((statement) => statement.startsWith(start));
  const runAll = async (start: string) => {
    const results = [];
    for (const statement of statements(start)) results.push(await engine.rows(withKeys(statement)));
    return results;
  };

  beforeAll(async () => {
    server = await s3Server({ buckets: { 'citydrive-lakehouse': { region: 'us-west-2' } } });
    for (const name of readdirSync(DATA, { recursive: true, encoding: 'utf8' })) {
      const file = join(DATA, name);
      if (statSync(file).isFile()) server.put('citydrive-lakehouse', `raw/${name}`, readFileSync(file));
    }
    engine = await testEngine();
    await engine.rows(tables.join(';'));
  });
  afterAll(() => server.close());

  test('with the placeholders for keys every use of the stage is a 403', async () => {
    await runAll('CREATE');
    for (const statement of [...statements('LIST'), ...statements('SELECT'), ...statements('COPY')]) {
      await expect(engine.rows(statement)).rejects.toMatchObject({
        code: 3002,
        message: expect.stringContaining('InvalidAccessKeyId (HTTP 403)'),
      });
    }
    expect(statements('COPY').length).toBe(6);
  });

  test('with keys the files are listed and looked into', async () => {
    keys = TEST_KEY;
    await runAll('CREATE');
    expect((await runAll('LIST')).map((files) => files.length)).toEqual([8, 8, 8, 8, 8, 8]);
    expect((await runAll('SELECT')).map((rows) => rows.length)).toEqual([5, 5]);
  });

  test('every COPY loads its eight files, and a second run nothing', async () => {
    const loaded = await runAll('COPY');
    expect(loaded.map((files) => files.map(([, rows, errors]) => [Number(rows), Number(errors)]))).toEqual(
      [12, 480, 36, 24, 120, 30].map((rows) => Array.from({ length: 8 }, () => [rows, 0])),
    );
    server.requests.length = 0;
    expect(await runAll('COPY')).toEqual([[], [], [], [], [], []]);
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(
      Array.from({ length: 6 }, () => 'GET /citydrive-lakehouse'),
    );
  });

  test('no request would have had a page ask the server first', () => {
    expect(server.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});
