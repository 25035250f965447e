import { createHash } from 'node:crypto';
import { type S3Server, TEST_KEY } from '../src/engine/test/s3/server.ts';
import { type App, expect, test } from './app.ts';
import { BUCKET, test as bucketTest } from './bucket.ts';

const MEGABYTE = 1024 * 1024;
const PART = 16 * MEGABYTE;
const SMALL = Buffer.from('id,name\n1,Ann\n2,Bob\n');

/**
 * Drops three files on the folder, one of them large; it is paused, and another cancelled, as soon as their buttons are
 * there. Ends when that is done and a rate was told.
 */
async function dropFiles(app: App, megabytes: number): Promise<void> {
  await app.page.evaluate(
    ({ megabytes, small }) => {
      const large = new File(
        Array.from({ length: megabytes }, (_, at) => new Uint8Array(1024 * 1024).fill(at % 251)),
        'large.bin',
      );
      const data = new DataTransfer();
      for (const file of [large, new File([small], 'small.csv'), new File([large], 'other.bin')]) data.items.add(file);
      let seen = () => {};
      const all = new Promise<void>((resolve) => {
        seen = resolve;
      });
      const press = (label: string) => {
        const button = document.querySelector<HTMLElement>(`[aria-label="${label}"]`);
        button?.click();
        return button !== null;
      };
      const told = () => [...document.querySelectorAll('.upload')].map(({ textContent }) => textContent);
      const done = new Set<string>();
      const look = () => {
        if (told().some((line) => / of \d+ MiB · .+\/s/.test(line))) done.add('rate');
        for (const label of ['Pause the upload of large.bin', 'Cancel the upload of other.bin'])
          if (!done.has(label) && press(label)) done.add(label);
        if (done.size < 3) requestAnimationFrame(look);
        else seen();
      };
      const folder = document.querySelector('.folder');
      folder?.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true }));
      folder?.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
      look();
      return all;
    },
    { megabytes, small: SMALL.toString() },
  );
}

test('15: files are uploaded, paused, cancelled, renamed, downloaded and deleted, and LIST agrees', async ({ app }) => {
  await app.open();
  await app.openWorksheet();
  await app.run('CREATE STAGE kept');
  await expect(app.result(/CREATE STAGE/)).toBeVisible();
  await manageFiles(app, { megabytes: 200, hashOf: md5, whilePaused: () => undefined });
});

bucketTest(
  '15: the same in a bucket, where files go up in parts and nothing is left of one that is cancelled',
  async ({ app, bucket }) => {
    await app.open();
    await app.openWorksheet();
    await app.run(`${connection(bucket)}
CREATE STAGE kept URL = 's3://${BUCKET}/up/' CONNECTION = (CONNECTION_NAME = 'lake');`);
    await expect(app.result(/CREATE STAGE/)).toBeVisible();
    await manageFiles(app, {
      megabytes: 72,
      hashOf: hashOfParts,
      whilePaused: () => expect(bucket.keys(BUCKET)).toEqual(['up/in/small.csv']),
    });
    expect(bucket.keys(BUCKET)).toEqual([]);
    expect(bucket.openUploads(BUCKET)).toBe(0);
  },
);

function connection({ endpoint }: S3Server): string {
  return `CREATE CONNECTION lake STORAGE_TYPE = 's3' ENDPOINT_URL = '${endpoint}'
  ACCESS_KEY_ID = '${TEST_KEY.id}' SECRET_ACCESS_KEY = '${TEST_KEY.secret}';`;
}

/** Of the large file: `n` MiB, each of one byte. */
function contentOf(megabytes: number): Buffer {
  return Buffer.concat(Array.from({ length: megabytes }, (_, at) => Buffer.alloc(MEGABYTE, at % 251)));
}

const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest();

/** What a bucket calls the hash of an object that came in parts. */
function hashOfParts(bytes: Buffer): Buffer {
  const parts = Array.from({ length: Math.ceil(bytes.length / PART) }, (_, at) =>
    bytes.subarray(at * PART, (at + 1) * PART),
  );
  return md5(Buffer.concat(parts.map(md5)));
}

interface Managed {
  readonly megabytes: number;
  readonly hashOf: (bytes: Buffer) => Buffer;
  readonly whilePaused: () => void;
}

/** Everything that is done with the files of the stage `kept`, which is empty at the end as at the start. */
async function manageFiles(app: App, { megabytes: size, hashOf, whilePaused }: Managed): Promise<void> {
  const { page } = app;
  await page.goto('#/stages/kept/in');
  await expect(page.getByText('This stage holds no files yet.')).toBeVisible();
  await dropFiles(app, size);
  const uploads = page.getByRole('region', { name: 'Uploads' });
  const resume = uploads.getByRole('button', { name: 'Resume the upload of large.bin' });
  await expect(resume).toBeVisible();
  await expect(uploads.getByText(/^paused at .* of \d+ MiB$/)).toBeVisible();
  await expect(uploads.getByText('cancelled')).toBeVisible();
  const files = page.getByRole('grid', { name: 'Files of @kept/in/' });
  await expect(files.getByText('small.csv')).toBeVisible();
  const paused = await uploads.getByText(/^paused at/).textContent();
  await page.waitForTimeout(300);
  expect(await uploads.getByText(/^paused at/).textContent()).toBe(paused);
  whilePaused();
  await resume.click();
  await expect(uploads.getByRole('progressbar', { name: 'Upload of large.bin' })).toBeVisible();
  await expect(files.getByText('large.bin')).toBeVisible({ timeout: 60_000 });
  await expect(files.getByText('other.bin')).toHaveCount(0);
  const small = files.getByRole('row', { name: /small\.csv/ });
  await expect(small).toContainText(md5(SMALL).toString('hex').slice(0, 8));
  await expect(small).toContainText(`${SMALL.length} B`);
  const large = hashOf(contentOf(size)).toString('hex');
  await expect(files.getByRole('row', { name: /large\.bin/ })).toContainText(large.slice(0, 8), { timeout: 60_000 });

  await app.openWorksheet();
  await app.run('LIST @kept; REMOVE @kept/in/large.bin;');
  await app.result(/LIST/).click();
  await expect
    .poll(async () => (await app.rows()).map(([name, bytes]) => [name, bytes]))
    .toEqual([
      ['in/large.bin', String(size * MEGABYTE)],
      ['in/small.csv', String(SMALL.length)],
    ]);

  await page.goto('#/stages/kept/in');
  await small.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Rename or move…' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'New path in the stage' }).fill('all (done)/people.csv');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  const moved = page.getByRole('grid', { name: 'Files of @kept/all (done)/' });
  await expect(moved.getByText('people.csv')).toBeVisible();

  const downloading = page.waitForEvent('download');
  await moved.getByRole('row', { name: /people\.csv/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Download' }).click();
  const chunks = await (await (await downloading).createReadStream()).toArray();
  expect(md5(Buffer.concat(chunks))).toEqual(md5(SMALL));

  const remove = async () => {
    await moved.getByRole('row', { name: /people\.csv/ }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(moved.getByText('people.csv')).toHaveCount(0);
  };
  await remove();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(moved.getByText('people.csv')).toBeVisible();
  await remove();
  await expect(page.getByText('1 file goes away in ten seconds')).toHaveCount(0, { timeout: 20_000 });
  await app.openWorksheet();
  const left = async () => {
    await app.run("SELECT count(*) FROM list_stage(location => '@kept')");
    await page.waitForTimeout(500);
    return app.rows();
  };
  await expect.poll(left).toEqual([['0']]);
}
