import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { type S3Server, s3Server, TEST_KEY } from '../src/engine/test/s3/server.ts';
import { App, test as base, expect, watch } from './app.ts';

const SHARED = resolve(process.env['BOATHOUSE_SHARED'] ?? '../shared');
const RAW = join(SHARED, 'data/citydrive/raw');
const GUIDE = join(SHARED, 'reference/etl-guide.md');

/** The bucket's name in the guide. */
export const BUCKET = 'citydrive-lakehouse';

/** Whether the guide and the exports are there. */
export const hasGuide = existsSync(GUIDE) && existsSync(RAW);

interface Fixtures {
  readonly bucket: S3Server;
  /** The console, which may speak with the bucket and no other origin. */
  readonly app: App;
}

/** Journeys beside a bucket; what it refuses stands in the browser's console and is no fault of the page. */
export const test = base.extend<Fixtures>({
  bucket: async ({ browserName: _ }, use) => {
    const server = await s3Server({ buckets: { [BUCKET]: {} } });
    await use(server);
    await server.close();
  },
  app: async ({ page, bucket, baseURL }, use) => {
    const wrong = watch(page, baseURL ?? '');
    await use(new App(page));
    expect(wrong.filter((text) => !text.includes(bucket.endpoint))).toEqual([]);
  },
});

export { expect };

/** Puts the exports of some days into the bucket, as the guide names them. */
export function uploadDays(bucket: S3Server, days: readonly string[]): void {
  for (const path of readdirSync(RAW, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.parquet') || !days.some((day) => path.replaceAll('_', '-').includes(day))) continue;
    const bytes = readFileSync(join(RAW, path));
    bucket.put(BUCKET, `raw/${relative('.', path).split(sep).join('/')}`, bytes);
  }
}

/** The statements of the guide as they are written, by section, but for the address of the bucket. */
export function guideSections(bucket: S3Server): readonly string[] {
  const sections = readFileSync(GUIDE, 'utf8')
    .split(/^## \d\. /m)
    .slice(1);
  return sections.map((section) =>
    [...section.matchAll(/```sql\n(.*?)```/gs)]
      .map(([, sql]) => sql ?? '')
      .join('\n')
      .replace("STORAGE_TYPE = 's3'", `STORAGE_TYPE = 's3'\n  ENDPOINT_URL = '${bucket.endpoint}'`),
  );
}

export function withKeys(sql: string): string {
  return sql.replace('<AWS_ACCESS_KEY_ID>', TEST_KEY.id).replace('<AWS_SECRET_ACCESS_KEY>', TEST_KEY.secret);
}

/** The tables of the guide, as the tour of the console creates them. */
export function guideTables(): string {
  const tour = readFileSync('public/worksheets/01-tour.sql', 'utf8');
  return [...tour.matchAll(/^CREATE OR REPLACE TABLE .*?;/gms)].map(([sql]) => sql).join('\n');
}
