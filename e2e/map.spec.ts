import { TEST_KEY } from '../src/engine/test/s3/server.ts';
import { type App, expect, test } from './app.ts';
import { BUCKET, test as bucketTest } from './bucket.ts';
import { pixelPng, tileArchive, vectorTileBytes } from './pmtiles.ts';

test.use({ serviceWorkers: 'allow' });

const PLACES = [
  [113.94, 22.54],
  [113.95, 22.55],
  [113.96, 22.53],
  [113.97, 22.56],
  [113.98, 22.52],
] as const;

const POINTS = `SELECT * FROM (VALUES ${PLACES.map(([x, y], index) => `(${index + 1}, st_geometryfromwkt('POINT(${x} ${y})', 4326))`).join(', ')}) AS t (frame, place)`;

const map = (app: App) => app.page.getByRole('region', { name: 'Map of the rows' });
const canvas = (app: App) => map(app).getByRole('img');

async function showMap(app: App): Promise<void> {
  await app.page.getByRole('radio', { name: 'Map' }).click();
  await expect(canvas(app)).toBeVisible();
}

/** How many pixels of the map have the colour of shapes. */
function marks(app: App): Promise<number> {
  return canvas(app).evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) return 0;
    const { data } = element.getContext('2d')?.getImageData(0, 0, element.width, element.height) ?? { data: [] };
    let count = 0;
    for (let at = 0; at < data.length; at += 4) if ((data[at + 2] ?? 0) > 180 && (data[at] ?? 255) < 90) count++;
    return count;
  });
}

/** How many pixels of the map have nearly a colour, of the theme by its name or as it is; a thin line has no other. */
function pixels(app: App, colour: string): Promise<number> {
  return canvas(app).evaluate((element, wish) => {
    if (!(element instanceof HTMLCanvasElement)) return 0;
    const colour = wish.startsWith('--') ? getComputedStyle(element).getPropertyValue(wish).trim() : wish;
    const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    const { data } = element.getContext('2d')?.getImageData(0, 0, element.width, element.height) ?? { data: [] };
    let count = 0;
    for (let at = 0; at < data.length; at += 4)
      if (wanted.every((part, index) => Math.abs((data[at + index] ?? 0) - part) < 16)) count++;
    return count;
  }, colour);
}

const [STREETS, WATER] = ['--mark-null', '--mark-4'];

/** Avenues that cross and a pond of each tile around the places. */
function streets(): Buffer {
  const bytes = vectorTileBytes([
    {
      name: 'roads',
      kind: 'line',
      properties: { kind: 'major_road' },
      points: [
        [0, 2560],
        [4096, 2560],
        [2560, 4096],
        [2560, 0],
      ],
    },
    {
      name: 'water',
      kind: 'area',
      properties: {},
      points: [
        [1024, 2048],
        [3072, 2048],
        [3072, 3072],
        [1024, 3072],
      ],
    },
    { name: 'places', kind: 'point', properties: { name: 'Nanshan' }, points: [[2048, 1536]] },
  ]);
  const tiles = [12, 13].flatMap((z) => {
    const [x, y] = z === 12 ? [3340, 1780] : [6680, 3560];
    return Array.from({ length: 256 }, (_, index) => ({ z, x: x + (index >> 4), y: y + (index & 15), bytes }));
  });
  return tileArchive('Vector', tiles, { attribution: '<a href="https://example.org">&copy; Survey of Boathouse</a>' });
}

/** One tile of the globe, all of one colour. */
const PHOTO = '#c87828';

const photo = () =>
  tileArchive('Raster', [{ z: 0, x: 0, y: 0, bytes: pixelPng(0xc8, 0x78, 0x28) }], {
    attribution: 'Photo of Boathouse',
  });

test('25: a column of points is a map offline; rows and points choose each other', async ({ app, context }) => {
  await app.open();
  await app.go('Stages');
  await app.dropFiles([
    { name: 'streets.pmtiles', bytes: streets() },
    { name: 'photo.pmtiles', bytes: photo() },
  ]);
  const file = (name: string) => app.page.getByRole('gridcell', { name, exact: true });
  await expect(file('streets.pmtiles')).toBeVisible();
  // An archive is chosen where it lies, too.
  await file('photo.pmtiles').click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Use as base map' }).click();
  const told = app.page.locator('.toast').filter({ hasText: 'Maps of results are drawn over photo.pmtiles now.' });
  await told.getByRole('button', { name: 'Close' }).click();
  await app.openWorksheet();
  await app.run(POINTS);
  await expect(app.result(/SELECT 5 rows/)).toBeVisible();
  await app.keptOffline();
  await context.setOffline(true);
  const requests: string[] = [];
  await showMap(app);
  app.page.on('request', (request) => requests.push(request.url()));
  await expect(canvas(app)).toHaveAccessibleName('Map of place, 5 shapes over photo.pmtiles');
  await expect(map(app).getByText('Photo of Boathouse')).toBeVisible();
  await expect.poll(() => pixels(app, PHOTO)).toBeGreaterThan(50_000);
  const bases = map(app).getByRole('combobox', { name: 'Base map' });
  await bases.selectOption('no base map');
  await expect(canvas(app)).toHaveAccessibleName('Map of place, 5 shapes');
  await expect.poll(() => pixels(app, PHOTO)).toBe(0);
  await expect(map(app)).toContainText('5 shapes · SRID 4326');
  const scale = map(app).locator('.map-scale');
  await expect(scale).toHaveText(/^\d+ (m|km)$/);
  const whole = (await scale.textContent()) ?? '';
  await expect.poll(() => marks(app)).toBeGreaterThan(5 * 30);

  // A row chooses its point.
  await app.page.getByRole('gridcell', { name: '4', exact: true }).click();
  await expect(canvas(app)).toHaveAttribute('data-chosen', '3');
  // The point in the east chooses its row.
  const box = (await canvas(app).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const [x, y] = placed(PLACES[4], box);
  await app.page.mouse.click(box.x + x, box.y + y);
  await expect(canvas(app)).toHaveAttribute('data-chosen', '4');
  await expect(app.page.locator('[role=row].is-row')).toHaveAttribute('aria-rowindex', '6');

  await map(app).getByText('Summary as a table').click();
  const summary = map(app).getByRole('table', { name: 'Summary of place' });
  await expect(summary.getByRole('row').nth(1)).toHaveText(/Point.*5.*113\.94000.*22\.52000.*113\.98000.*22\.56000/);
  expect(requests).toEqual([]);

  // Streets from an archive in a stage lie under the points, where one looks, also after a reload.
  expect(await pixels(app, STREETS)).toBeLessThan(400);
  await bases.selectOption('@~/streets.pmtiles');
  await streetsShow(app);
  await map(app).getByRole('button', { name: 'Zoom in' }).click();
  await canvas(app).focus();
  await app.page.keyboard.press('ArrowRight');
  await streetsShow(app);
  await expect(scale).not.toHaveText(whole);
  await map(app).getByRole('button', { name: 'Show all shapes' }).click();
  await expect(scale).toHaveText(whole);
  await app.page.reload();
  await expect(app.page.getByText('Engine ready')).toBeVisible({ timeout: 60_000 });
  await app.openWorksheet();
  await app.run(POINTS);
  await expect(app.result(/SELECT 5 rows/)).toBeVisible();
  await showMap(app);
  await streetsShow(app);
  await context.setOffline(false);
});

async function streetsShow(app: App): Promise<void> {
  await expect(map(app).getByText('© Survey of Boathouse')).toBeVisible();
  await expect(canvas(app)).toHaveAccessibleName('Map of place, 5 shapes over streets.pmtiles');
  await expect.poll(() => pixels(app, STREETS)).toBeGreaterThan(800);
  await expect.poll(() => pixels(app, WATER)).toBeGreaterThan(5000);
  await expect.poll(() => marks(app)).toBeGreaterThan(30);
}

/** Where a place stands on a map that shows them all, with its margin. */
function placed([x, y]: readonly [number, number], { width, height }: { width: number; height: number }) {
  const squeeze = Math.cos((22.54 * Math.PI) / 180);
  const per = Math.max((0.04 * squeeze * 1.3) / width, (0.04 * 1.3) / height);
  return [width / 2 + ((x - 113.96) * squeeze) / per, height / 2 - (y - 22.54) / per] as const;
}

bucketTest('25: streets of an archive in a bucket are read by ranges', async ({ app, bucket }) => {
  const archive = streets();
  bucket.put(BUCKET, 'maps/streets.pmtiles', archive);
  await app.open();
  await app.openWorksheet();
  await app.run(`CREATE CONNECTION maps STORAGE_TYPE = 's3' ENDPOINT_URL = '${bucket.endpoint}'
  ACCESS_KEY_ID = '${TEST_KEY.id}' SECRET_ACCESS_KEY = '${TEST_KEY.secret}';
CREATE STAGE maps URL = 's3://${BUCKET}/maps/' CONNECTION = (CONNECTION_NAME = 'maps');
${POINTS}`);
  await expect(app.result(/SELECT 5 rows/)).toBeVisible();
  await app.go('Stages');
  await app.page.getByRole('treeitem', { name: '@maps' }).click();
  await app.page.getByRole('gridcell', { name: 'streets.pmtiles', exact: true }).click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Use as base map' }).click();
  bucket.requests.length = 0;
  await app.openWorksheet();
  await showMap(app);
  await streetsShow(app);
  const reads = bucket.requests.filter(({ method, path }) => method === 'GET' && path.endsWith('streets.pmtiles'));
  expect(reads.length).toBeGreaterThan(2);
  expect(reads.every(({ range, status }) => range !== undefined && status === 206)).toBe(true);
  expect(Math.max(...reads.map(({ bytes }) => bytes))).toBeLessThan(archive.length);
});

test('25: polygons and H3 cells are drawn', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.run(
    "SELECT 1 AS id, st_geometryfromwkt('POLYGON((113.9 22.5, 113.95 22.5, 113.95 22.55, 113.9 22.5))', 4326) AS area UNION ALL SELECT 2, st_geometryfromwkt('LINESTRING(113.9 22.5, 114 22.6)', 4326)",
  );
  await expect(app.result(/SELECT 2 rows/)).toBeVisible();
  await showMap(app);
  await expect(map(app)).toContainText('2 shapes · SRID 4326');
  await expect.poll(() => marks(app)).toBeGreaterThan(100);
  await app.run('SELECT geo_to_h3(113.94 + number / 50, 22.54, 8) AS h3 FROM numbers(4)');
  await expect(app.result(/SELECT 4 rows/)).toBeVisible();
  await showMap(app);
  await expect(canvas(app)).toHaveAccessibleName('Map of h3, 4 shapes');
  await expect.poll(() => marks(app)).toBeGreaterThan(100);
});
