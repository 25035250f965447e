import { createHash } from 'node:crypto';
import { type App, expect, test } from './app.ts';

const MEGABYTE = 1024 * 1024;
const SMALL = Buffer.from('id,name\n1,Ann\n2,Bob\n');

/** Drops three files on the folder, one of them large; it is paused, and another cancelled, as soon as their buttons are there. */
async function dropFiles(app: App, megabytes: number): Promise<void> {
  await app.page.evaluate(
    ({ megabytes, small }) => {
      const large = new File(
        Array.from({ length: megabytes }, (_, at) => new Uint8Array(1024 * 1024).fill(at % 251)),
        'large.bin',
      );
      const data = new DataTransfer();
      for (const file of [large, new File([small], 'small.csv'), new File([large], 'other.bin')]) data.items.add(file);
      const press = (label: string) => document.querySelector<HTMLElement>(`[aria-label="${label}"]`)?.click();
      const done = new Set<string>();
      const look = () => {
        for (const label of ['Pause the upload of large.bin', 'Cancel the upload of other.bin']) {
          if (done.has(label) || !document.querySelector(`[aria-label="${label}"]`)) continue;
          press(label);
          done.add(label);
        }
        if (done.size < 2) requestAnimationFrame(look);
      };
      look();
      const folder = document.querySelector('.folder');
      folder?.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true }));
      folder?.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    { megabytes, small: SMALL.toString() },
  );
}

test('15: files are uploaded, paused, cancelled, renamed, downloaded and deleted, and LIST agrees', async ({ app }) => {
  const size = 200;
  await app.open();
  await app.openWorksheet();
  await app.run('CREATE STAGE kept');
  await expect(app.result(/CREATE STAGE/)).toBeVisible();
  const { page } = app;
  await page.goto('#/stages/kept/in');
  await expect(page.getByText('This stage holds no files yet.')).toBeVisible();
  await dropFiles(app, size);
  const uploads = page.getByRole('region', { name: 'Uploads' });
  const resume = uploads.getByRole('button', { name: 'Resume the upload of large.bin' });
  await expect(resume).toBeVisible();
  await expect(uploads.getByText(/^paused at .* of 200 MiB$/)).toBeVisible();
  await expect(uploads.getByText('cancelled')).toBeVisible();
  const files = page.getByRole('grid', { name: 'Files of @kept/in/' });
  await expect(files.getByText('small.csv')).toBeVisible();
  const paused = await uploads.getByText(/^paused at/).textContent();
  await page.waitForTimeout(300);
  expect(await uploads.getByText(/^paused at/).textContent()).toBe(paused);
  await resume.click();
  await expect(uploads.getByRole('progressbar', { name: 'Upload of large.bin' })).toBeVisible();
  await expect(files.getByText('large.bin')).toBeVisible({ timeout: 60_000 });
  await expect(files.getByText('other.bin')).toHaveCount(0);
  const small = files.getByRole('row', { name: /small\.csv/ });
  const md5 = createHash('md5').update(SMALL).digest('hex');
  await expect(small).toContainText(md5.slice(0, 8));
  await expect(small).toContainText(`${SMALL.length} B`);
  const large = createHash('md5');
  for (let at = 0; at < size; at++) large.update(Buffer.alloc(MEGABYTE, at % 251));
  await expect(files.getByRole('row', { name: /large\.bin/ })).toContainText(large.digest('hex').slice(0, 8), {
    timeout: 60_000,
  });

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
  await page.getByRole('dialog').getByRole('textbox', { name: 'New path in the stage' }).fill('done/people.csv');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  const moved = page.getByRole('grid', { name: 'Files of @kept/done/' });
  await expect(moved.getByText('people.csv')).toBeVisible();

  const downloading = page.waitForEvent('download');
  await moved.getByRole('row', { name: /people\.csv/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Download' }).click();
  const chunks = await (await (await downloading).createReadStream()).toArray();
  expect(createHash('md5').update(Buffer.concat(chunks)).digest('hex')).toBe(md5);

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
});
