import { resolve } from 'node:path';
import { type App, expect, test } from './app.ts';

test('16: a folder of this device is mounted, browsed and queried, and is there after a reload', async ({ app }) => {
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

test('rows are unloaded into a folder of this device, in one file and by partitions', async ({ app }) => {
  await app.page.addInitScript(() => {
    const give = async () => (await navigator.storage.getDirectory()).getDirectoryHandle('barn', { create: true });
    Object.assign(window, { showDirectoryPicker: give });
  });
  await app.open();
  await app.go('Home');
  await app.page.getByRole('button', { name: 'Mount a folder' }).click();
  await app.page.getByRole('textbox', { name: 'Name of the stage' }).fill('barn');
  await app.page.getByRole('button', { name: 'Choose folder' }).click();
  await expect(app.page.getByRole('grid', { name: 'Files of @barn/' })).toBeVisible();
  await app.openWorksheet();
  await app.run(`COPY INTO @barn/out/list.csv FROM (SELECT * FROM (VALUES (1, 'hay'), (2, 'oats')) AS v (n, s) ORDER BY n)
    FILE_FORMAT = (TYPE = CSV) SINGLE = TRUE USE_RAW_PATH = TRUE`);
  await expect.poll(() => app.rows()).toEqual([['2', '17', '17']]);
  await app.run(`COPY INTO @barn/days/ FROM (SELECT number AS n, number % 2 AS odd FROM numbers(5))
    PARTITION BY ('odd=' || odd::VARCHAR) FILE_FORMAT = (TYPE = PARQUET)`);
  await expect.poll(async () => (await app.rows())[0]?.[0]).toBe('5');
  await app.run("SELECT odd, count(*), sum(n) FROM @barn/days/ (FILE_FORMAT => 'PARQUET') GROUP BY odd ORDER BY odd");
  await expect
    .poll(() => app.rows())
    .toEqual([
      ['0', '3', '6'],
      ['1', '2', '4'],
    ]);
  const found = await app.page.evaluate(async () => {
    const paths: string[] = [];
    const visit = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
      for await (const [name, entry] of folder.entries()) {
        if (entry instanceof FileSystemDirectoryHandle) await visit(entry, `${path}${name}/`);
        else paths.push(`${path}${name}`);
      }
    };
    const barn = await (await navigator.storage.getDirectory()).getDirectoryHandle('barn');
    await visit(barn, '');
    const list = await (await barn.getDirectoryHandle('out')).getFileHandle('list.csv');
    return { paths: paths.sort(), list: await (await list.getFile()).text() };
  });
  expect(found.list).toBe('1,"hay"\n2,"oats"\n');
  expect(found.paths.map((path) => path.replace(/data_.*[.]/, 'data.'))).toEqual([
    'days/odd=0/data.parquet',
    'days/odd=1/data.parquet',
    'out/list.csv',
  ]);
});

/** In the worker of the engine: a folder called orchard may be read only while there is a file called granted. */
const GUARD = `
const isDenied = async ({ name }) => {
  if (name !== 'orchard') return false;
  const root = await navigator.storage.getDirectory();
  return root.getFileHandle('granted').then(() => false, () => true);
};
const { prototype } = FileSystemDirectoryHandle;
const refuse = () => { throw new DOMException('', 'NotAllowedError'); };
for (const method of ['getFileHandle', 'getDirectoryHandle']) {
  const own = prototype[method];
  prototype[method] = async function (...args) {
    return (await isDenied(this)) ? refuse() : own.apply(this, args);
  };
}
for (const method of ['entries', 'values', 'keys', Symbol.asyncIterator]) {
  const own = prototype[method];
  prototype[method] = async function* () {
    if (await isDenied(this)) refuse();
    yield* own.call(this);
  };
}
`;

/** Gives the picker a real folder, of the page's own file system, with the permission that browsers forget. */
async function giveOrchard({ page }: App): Promise<void> {
  await page.route(/worker[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: GUARD + (await response.text()) });
  });
  await page.addInitScript(() => {
    const write = async (folder: FileSystemDirectoryHandle, name: string, text: string) => {
      const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await stream.write(text);
      await stream.close();
    };
    const grant = async () => write(await navigator.storage.getDirectory(), 'granted', '');
    const pick = async () => {
      await grant();
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('orchard', { create: true });
      await write(folder, 'apples.csv', 'Boskoop,12\n');
      return folder;
    };
    Object.assign(window, { showDirectoryPicker: pick });
    Object.assign(FileSystemDirectoryHandle.prototype, { requestPermission: () => grant().then(() => 'granted') });
  });
}

test.describe('a folder whose permission is forgotten', () => {
  // The worker's script is changed on its way, which a service worker would not let happen.
  test.use({ serviceWorkers: 'block' });

  test('16: a folder shows what is added to it, and one click brings it back after a reload', async ({ app }) => {
    await giveOrchard(app);
    await app.open();
    const { page } = app;
    await app.go('Stages');
    await page.getByRole('button', { name: 'Mount a folder' }).click();
    await page.getByRole('textbox', { name: 'Name of the stage' }).fill('orchard');
    await page.getByRole('button', { name: 'Choose folder' }).click();
    const files = page.getByRole('grid', { name: 'Files of @orchard/' });
    await expect(files.getByText('apples.csv')).toBeVisible();
    await page.evaluate(async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('orchard');
      const stream = await (await folder.getFileHandle('pears.csv', { create: true })).createWritable();
      await stream.write('Conference,7\n');
      await stream.close();
    });
    await page.getByRole('button', { name: 'Refresh' }).last().click();
    await expect(files.getByText('pears.csv')).toBeVisible();

    await page.evaluate(async () => (await navigator.storage.getDirectory()).removeEntry('granted'));
    await page.reload();
    await page.getByRole('button', { name: 'Reconnect' }).click();
    await expect(files.getByText('apples.csv')).toBeVisible();
    await app.openWorksheet();
    await app.run("SELECT $1, $2 FROM @orchard/apples.csv (FILE_FORMAT => 'CSV')");
    await expect.poll(() => app.rows()).toEqual([['Boskoop', '12']]);
  });
});

test('16: a browser that cannot keep a folder reads it for this session, and says so', async ({ app }) => {
  await app.page.addInitScript(() => Reflect.deleteProperty(window, 'showDirectoryPicker'));
  await app.open();
  const { page } = app;
  await app.go('Stages');
  const choose = async () => {
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose folder' }).click();
    await (await choosing).setFiles(resolve('e2e/files'));
  };
  await page.getByRole('button', { name: 'Mount a folder' }).click();
  await page.getByRole('textbox', { name: 'Name of the stage' }).fill('orchard');
  await expect(page.getByRole('dialog').getByText('this session only')).toBeVisible();
  await choose();
  const files = page.getByRole('grid', { name: 'Files of @orchard/' });
  await expect(files.getByText('anatomy.parquet')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Files of @orchard/' }).getByText('this session only')).toBeVisible();
  const count = async () => {
    await app.openWorksheet();
    await app.run("SELECT count(*) FROM @orchard/anatomy.parquet (FILE_FORMAT => 'PARQUET')");
    await expect.poll(() => app.rows()).toEqual([['4000']]);
  };
  await count();
  await page.reload();
  await app.open('#/stages/orchard');
  await expect(page.getByText('This browser forgets a folder when the page is closed.')).toBeVisible();
  await choose();
  await expect(files.getByText('anatomy.parquet')).toBeVisible();
  await count();
});
