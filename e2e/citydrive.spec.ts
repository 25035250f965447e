import { type App, expect, test } from './app.ts';

const TOUR = 'CityDrive: from files to tables';

/** The rows of each COPY of the tour: file, rows loaded. */
const LOADS: readonly (readonly (readonly [file: string, rows: number])[])[] = [
  [
    ['videos/capture_date=2025-01-01/videos.parquet', 10],
    ['videos/capture_date=2025-01-02/videos.parquet', 9],
    ['videos/capture_date=2025-01-03/videos.parquet', 9],
  ],
  [
    ['frame-events/batch_2025_01_01.parquet', 4003],
    ['frame-events/batch_2025_01_02.parquet', 4001],
    ['frame-events/batch_2025_01_03.parquet', 4001],
    ['frame-events/batch_2025_01_04.parquet', 1],
  ],
  [
    ['manifests/manifest_2025_01_01.parquet', 403],
    ['manifests/manifest_2025_01_02.parquet', 401],
    ['manifests/manifest_2025_01_03.parquet', 401],
  ],
  [
    ['frame-embeddings/embeddings_2025_01_01.parquet', 107],
    ['frame-embeddings/embeddings_2025_01_02.parquet', 104],
    ['frame-embeddings/embeddings_2025_01_03.parquet', 105],
  ],
  [
    ['frame-locations/locations_2025_01_01.parquet', 4003],
    ['frame-locations/locations_2025_01_02.parquet', 4001],
    ['frame-locations/locations_2025_01_03.parquet', 4001],
  ],
  [
    ['traffic-lights/contacts_2025_01_01.parquet', 81],
    ['traffic-lights/contacts_2025_01_02.parquet', 80],
    ['traffic-lights/contacts_2025_01_03.parquet', 81],
  ],
  [],
];

/** The rows of each statement of the other worksheets; none for a statement without a result. */
const STARTERS: readonly (readonly [name: string, rows: readonly (number | undefined)[]])[] = [
  ['SQL analytics', [28, 12005, 1, 19, 28, 30, 12006, 12006]],
  ['JSON documents', [4, 2, 2, 20, 11]],
  ['Vector search', [3, 1, 5]],
  ['Geo analytics', [2, 2, 80, 2, 1, undefined, 20]],
];

async function loadAndTour(app: App): Promise<void> {
  await app.open();
  await app.page.getByRole('button', { name: 'Load CityDrive' }).click();
  await expect(app.page.getByRole('tab', { name: TOUR })).toBeVisible({ timeout: 60_000 });
  await expect(app.editor).toBeVisible({ timeout: 60_000 });
  await app.editor.click();
  await app.runAll();
  await expect(app.results).toHaveCount(24, { timeout: 60_000 });
  await expect(app.results.last()).toContainText('rows', { timeout: 60_000 });
}

test('CityDrive is loaded by one button, and its tour runs from top to bottom', async ({ app }) => {
  test.slow();
  await loadAndTour(app);
  const copies = app.results.filter({ hasText: /^COPY/ });
  await expect(copies).toHaveCount(LOADS.length);
  for (const [index, files] of LOADS.entries()) {
    await copies.nth(index).click();
    const loaded = files.map(([file, rows]) => [file, String(rows), '0', 'NULL', 'NULL']);
    await expect.poll(() => app.rows()).toEqual(loaded);
  }
  await app.results.nth(22).click();
  await expect.poll(async () => (await app.rows()).length).toBe(8);
  await app.results.nth(23).click();
  await expect.poll(async () => (await app.rows()).length).toBe(12);
});

test('the other starter worksheets run on what the tour loaded', async ({ app }) => {
  test.slow();
  await loadAndTour(app);
  for (const [name, counts] of STARTERS) {
    await app.showWorksheet(name);
    await app.editor.click();
    await app.runAll();
    await expect(app.results).toHaveCount(counts.length, { timeout: 60_000 });
    const words = counts.map((rows) => (rows === undefined ? 'done' : `${rows.toLocaleString('en')} row`));
    for (const [index, said] of words.entries()) {
      await expect(app.results.nth(index)).toContainText(said, { timeout: 60_000 });
    }
  }
});
