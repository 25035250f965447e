import { expect, test } from './app.ts';

test('a folder of this device is mounted, browsed and queried, and is there after a reload', async ({ app }) => {
  // The picker of the browser cannot be pressed by a test: it gives a real folder, one of the page's own file system.
  await app.page.addInitScript(() => {
    const give = async () => (await navigator.storage.getDirectory()).getDirectoryHandle('harvest', { create: true });
    Object.assign(window, { showDirectoryPicker: give });
  });
  await app.open();
  await app.page.evaluate(async () => {
    const write = async (folder: FileSystemDirectoryHandle, name: string, text: string) => {
      const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await stream.write(text);
      await stream.close();
    };
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('harvest', { create: true });
    await write(folder, 'apples.csv', 'Boskoop,12\nElstar,30\n');
    const pears = await folder.getDirectoryHandle('pears', { create: true });
    await write(pears, 'late.ndjson', '{"kind":"Conference","kg":7}\n');
  });
  await app.go('Home');
  await app.page.getByRole('button', { name: 'Mount a folder' }).click();
  await app.page.getByRole('textbox', { name: 'Name of the stage' }).fill('harvest');
  await app.page.getByRole('button', { name: 'Choose folder' }).click();
  const files = app.page.getByRole('grid', { name: 'Files of @harvest/' });
  await expect(files.getByText('apples.csv')).toBeVisible();
  await files.getByText('pears').dblclick();
  await expect(app.page.getByRole('grid', { name: 'Files of @harvest/pears/' }).getByText('late.ndjson')).toBeVisible();
  await app.openWorksheet();
  const query = "SELECT $1 AS sort, $2::INT AS kg FROM @harvest/apples.csv (FILE_FORMAT => 'CSV') ORDER BY kg DESC";
  await app.run(query);
  await expect
    .poll(() => app.rows())
    .toEqual([
      ['Elstar', '30'],
      ['Boskoop', '12'],
    ]);
  await app.page.reload();
  await app.open('#/stages/harvest');
  await expect(files.getByText('apples.csv')).toBeVisible();
  await app.openWorksheet();
  await app.run(
    "SELECT $1:kind::VARCHAR AS kind, $1:kg::INT AS kg FROM @harvest/pears/late.ndjson (FILE_FORMAT => 'NDJSON')",
  );
  await expect.poll(() => app.rows()).toEqual([['Conference', '7']]);
});
