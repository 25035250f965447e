import { expect, test } from './app.ts';

test('a file is downloaded as it was uploaded', async ({ app }) => {
  const buffer = Buffer.from('id,name\n1,Ann\n2,Bob\n');
  await app.open();
  await app.go('Stages');
  const { page } = app;
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await (await choosing).setFiles({ name: 'drivers.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('row', { name: /drivers\.csv/ }).dblclick();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const chunks = await (await (await downloading).createReadStream()).toArray();
  expect(Buffer.concat(chunks).toString()).toBe(buffer.toString());
});
