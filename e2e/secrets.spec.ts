import type { Page } from 'playwright/test';
import { type S3Server, s3Server } from '../src/engine/test/s3/server.ts';
import { App } from './app.ts';
import { test as bucketTest, expect } from './bucket.ts';

const KEY = { id: 'AKIAOPENSESAME12', secret: 'hush+hush/neverToBeSeen0123456789abcdef' };
const PASSPHRASE = 'forty thieves';
/** Parts of each secret, so that one that is cut or encoded is found, too. */
const TRACES = /OPENSESAME12|neverToBeSeen|forty thieves/;

const LATER = { timeout: 60_000 };

const test = bucketTest.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it.
  bucket: async ({}, use) => {
    const server = await s3Server({ keys: { [KEY.id]: { secret: KEY.secret } }, buckets: { lake: {} } });
    server.put('lake', 'in/a.csv', '1,one\n2,two\n');
    await use(server);
    await server.close();
  },
});

function createConnection({ endpoint }: S3Server): string {
  return `CREATE CONNECTION lake STORAGE_TYPE = 's3' ENDPOINT_URL = '${endpoint}'
  ACCESS_KEY_ID = '${KEY.id}' SECRET_ACCESS_KEY = '${KEY.secret}';
CREATE STAGE landing URL = 's3://lake/in/' CONNECTION = (CONNECTION_NAME = 'lake') FILE_FORMAT = (TYPE = CSV);
SELECT $1, $2 FROM @landing/a.csv;`;
}

/** Everything that the browser keeps for the page, as one text: each file of OPFS, each record, each cache, each address. */
async function everythingKept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const latin = (bytes: ArrayBuffer | ArrayBufferView): string => {
      const view = ArrayBuffer.isView(bytes)
        ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
        : new Uint8Array(bytes);
      return new TextDecoder('latin1').decode(view) + new TextDecoder('utf-16le').decode(view);
    };
    const textOf = (value: unknown): string => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return latin(value);
      if (typeof value === 'object' && value !== null) return Object.entries(value).flat().map(textOf).join('\n');
      return String(value);
    };
    const found: string[] = [location.href, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    const walk = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
      // The DOM's types leave out that folders can be iterated.
      const entries = (folder as unknown as { values(): AsyncIterable<FileSystemHandle> }).values();
      for await (const entry of entries) {
        found.push(`${path}/${entry.name}`);
        if (entry instanceof FileSystemDirectoryHandle) await walk(entry, `${path}/${entry.name}`);
        if (entry instanceof FileSystemFileHandle) found.push(latin(await (await entry.getFile()).arrayBuffer()));
      }
    };
    await walk(await navigator.storage.getDirectory(), '');
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const records = database.transaction(store).objectStore(store);
        const [paths, values] = await Promise.all([settled(records.getAllKeys()), settled(records.getAll())]);
        found.push(`${name}/${store}`, paths.map(textOf).join('\n'), values.map(textOf).join('\n'));
      }
      database.close();
    }
    return found.join('\n');
  });
}

test.use({ serviceWorkers: 'allow' });

test('no secret is found in what the page keeps, prints, exports or shows', async ({ app, bucket }) => {
  const printed: string[] = [];
  app.page.on('console', (message) => printed.push(message.text()));
  await app.open();
  await app.openWorksheet();
  await app.run(createConnection(bucket));
  await expect
    .poll(() => app.rows(), LATER)
    .toEqual([
      ['1', 'one'],
      ['2', 'two'],
    ]);
  await app.run(`CREATE CONNECTION lake STORAGE_TYPE = 's3' SECRET_ACCESS_KEY = '${KEY.secret}' nonsense`);
  await expect(app.page.getByRole('alert').filter({ hasText: '1005' })).toBeVisible();
  await expect(app.page.getByText(/^saved/).first()).toBeVisible();
  await app.page.waitForTimeout(1500);

  const kept = await everythingKept(app.page);
  expect(kept).toContain("SECRET_ACCESS_KEY = '***'");
  expect(kept).toContain('boathouse.vault/sealed');
  expect(kept.match(TRACES)).toBeNull();
  await app.go('History');
  await expect(app.page.getByText("'***'").first()).toBeVisible();
  expect((await app.page.content()).match(TRACES)).toBeNull();
  const saving = app.page.waitForEvent('download');
  await app.page.getByRole('button', { name: 'Export' }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await saving).createReadStream()) chunks.push(Buffer.from(chunk));
  expect(Buffer.concat(chunks).toString()).not.toMatch(TRACES);
  expect(printed.join('\n')).not.toMatch(TRACES);
});

test('keys live for the session, or stay behind a passphrase that each tab asks for', async ({
  app,
  bucket,
  context,
}) => {
  const { page } = app;
  await app.open();
  await app.go('Connections');
  await page.getByRole('button', { name: 'New connection' }).click();
  const form = page.getByRole('dialog', { name: 'New connection' });
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('lake');
  await form.getByRole('textbox', { name: 'Endpoint URL' }).fill(bucket.endpoint);
  await form.getByRole('textbox', { name: 'Access key ID' }).fill(KEY.id);
  await form.getByLabel('Secret access key').fill(KEY.secret);
  await expect(form.locator('pre')).toContainText("SECRET_ACCESS_KEY = '***'");
  await form.getByRole('button', { name: 'Create connection' }).click();
  const detail = page.getByRole('complementary', { name: 'Connection' });
  await expect(detail.getByText('Its keys are here and can be used.')).toBeVisible();
  await detail.getByRole('textbox', { name: 'Bucket or folder' }).fill('s3://lake/in/');
  await detail.getByRole('button', { name: 'Test' }).click();
  await expect(detail.getByText('The bucket answered in', { exact: false })).toBeVisible(LATER);

  await page.reload();
  await expect(detail.getByText('Its keys are not in this browser', { exact: false })).toBeVisible(LATER);
  await detail.getByRole('button', { name: 'Enter the keys' }).click();
  const edit = page.getByRole('dialog', { name: 'Edit connection lake' });
  await edit.getByRole('textbox', { name: 'Access key ID' }).fill(KEY.id);
  await edit.getByLabel('Secret access key').fill(KEY.secret);
  await edit.getByRole('button', { name: 'Replace connection' }).click();
  await expect(detail.getByText('Its keys are here and can be used.')).toBeVisible();

  await page.getByRole('button', { name: 'Keys kept for this session' }).click();
  const vault = page.getByRole('dialog', { name: 'Where keys are kept' });
  await vault.getByRole('radio', { name: 'Behind a passphrase' }).click();
  await vault.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await vault.getByLabel('Passphrase again').fill(PASSPHRASE);
  await vault.getByRole('button', { name: 'Keep them there' }).click();
  await expect(page.getByText('Keys kept behind a passphrase')).toBeVisible();
  expect((await everythingKept(page)).match(TRACES)).toBeNull();

  await page.reload();
  const asked = page.getByRole('dialog', { name: 'Unlock the vault' });
  await asked.getByLabel('Passphrase').fill('open barley');
  await asked.getByRole('button', { name: 'Unlock' }).click();
  await expect(asked.getByText('That is not the passphrase.')).toBeVisible();
  await asked.getByLabel('Passphrase').fill(PASSPHRASE);
  await asked.getByRole('button', { name: 'Unlock' }).click();
  await expect(asked).toBeHidden();
  await expect(detail.getByText('Its keys are here and can be used.')).toBeVisible(LATER);

  const other = new App(await context.newPage());
  await other.open('#/connections/lake');
  await other.page.getByRole('button', { name: 'Later' }).click();
  await expect(other.page.getByText('Its keys are in the vault.', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'Lock the vault' }).click();
  await expect(detail.getByText('Its keys are in the vault.', { exact: false })).toBeVisible();
});

test('the files of a bucket are browsed by folders, uploaded and deleted', async ({ app, bucket }) => {
  for (let i = 0; i < 30; i++) bucket.put('lake', `in/day=${i % 3}/part-${i}.csv`, `${i},x\n`);
  bucket.pageSize = 10;
  const { page } = app;
  await app.open();
  await app.openWorksheet();
  await app.run(createConnection(bucket).split(';\n', 1).join());
  await expect(app.results).toHaveCount(1);
  await app.go('Stages');
  await page.getByRole('button', { name: 'New stage' }).click();
  const form = page.getByRole('dialog', { name: 'New stage' });
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('landing');
  await form.getByRole('textbox', { name: 'URL' }).fill('s3://lake/in/');
  await form.getByRole('combobox', { name: 'Connection' }).selectOption('lake');
  await form.getByRole('combobox', { name: 'Format' }).selectOption('CSV');
  await form.getByRole('button', { name: 'Create stage' }).click();
  const files = (path: string) => page.getByRole('grid', { name: `Files of @landing/${path}`, exact: true });
  await expect(files('').getByText('a.csv')).toBeVisible(LATER);
  await files('').getByText('day=1').dblclick();
  await expect(files('day=1/').getByText('part-28.csv')).toBeVisible(LATER);
  await expect(files('day=1/').getByRole('row')).toHaveCount(11);
  const picker = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Upload' }).click();
  await (await picker).setFiles({ name: 'new.csv', mimeType: 'text/csv', buffer: Buffer.from('99,new\n') });
  await expect(files('day=1/').getByText('new.csv')).toBeVisible(LATER);
  expect(bucket.read('lake', 'in/day=1/new.csv')?.toString()).toBe('99,new\n');
  await files('day=1/').getByRole('checkbox', { name: 'Select new.csv' }).check();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(files('day=1/').getByText('new.csv')).toHaveCount(0, LATER);
  // Ten seconds are left to undo it.
  await expect.poll(() => bucket.read('lake', 'in/day=1/new.csv'), { timeout: 40_000 }).toBeUndefined();
});

test('Test says what is wrong and what to do about it', async ({ app, bucket }) => {
  const { page } = app;
  await app.open();
  await app.openWorksheet();
  await app.run(`CREATE CONNECTION lake STORAGE_TYPE = 's3' ENDPOINT_URL = '${bucket.endpoint}'
    ACCESS_KEY_ID = '${KEY.id}' SECRET_ACCESS_KEY = 'wrong${KEY.secret}';
    CREATE NOTIFICATION INTEGRATION pager TYPE = WEBHOOK ENABLED = FALSE WEBHOOK = (URL = 'https://example.org/hook')`);
  await expect(app.results).toHaveCount(2);
  await page.goto('#/connections/lake');
  const detail = page.getByRole('complementary', { name: 'Connection' });
  const check = async () => {
    await detail.getByRole('textbox', { name: 'Bucket or folder' }).fill('s3://lake/in/');
    await detail.getByRole('button', { name: 'Test' }).click();
  };
  const told = page.getByRole('list', { name: 'Notification integrations' });
  await expect(told.getByRole('listitem')).toHaveText([/^pager.*https:\/\/example\.org\/hook.*off$/]);
  await check();
  await expect(
    detail.getByText('SECRET_ACCESS_KEY is not the one of this ACCESS_KEY_ID', { exact: false }),
  ).toBeVisible(LATER);
  bucket.cors = undefined;
  await check();
  await expect(detail.getByText('CORS rule of the bucket')).toBeVisible(LATER);
  await expect(detail.getByText(`"AllowedOrigins"`, { exact: false })).toContainText(new URL(page.url()).origin);
});

test('17: a pasted link counts down to its end, and a fresh one takes its place', async ({ app, bucket }) => {
  const { page } = app;
  await app.open();
  await app.openWorksheet();
  await app.run(createConnection(bucket));
  await expect(app.results).toHaveCount(3);
  const presign = async (seconds: number): Promise<string> => {
    await app.openWorksheet();
    await app.run(`PRESIGN DOWNLOAD @landing/a.csv EXPIRE = ${seconds}`);
    const linkOf = async () => (await app.rows())[0]?.find((cell) => cell.includes(`Expires=${seconds}`));
    await expect.poll(linkOf, LATER).toContain('X-Amz-Signature');
    return (await linkOf()) ?? '';
  };
  const [old, fresh] = [await presign(500), await presign(7200)];
  await app.go('Stages');
  await page.getByRole('button', { name: 'Paste a link' }).click();
  const paste = page.getByRole('dialog', { name: 'Query a file behind a link' });
  await paste.getByRole('textbox', { name: 'Link' }).fill(old);
  await expect(paste.getByText('It may be read until', { exact: false })).toBeVisible();
  bucket.clockOffset = 3_600_000;
  await paste.getByRole('button', { name: 'Query' }).click();
  await expect(page.getByText('the link to', { exact: false }).first()).toContainText('expired');
  const list = page.getByRole('region', { name: 'Links' });
  await expect(list.getByText(/^[78] min$/)).toBeVisible();
  await passSeconds(page, 445);
  await expect(list.getByText(/^\d+ s$/)).toBeVisible();
  await passSeconds(page, 120);
  await expect(list.getByText('expired')).toBeVisible();
  await passSeconds(page, -565);

  const renew = page.getByRole('dialog', { name: 'Fresh link to a.csv' });
  await app.openWorksheet();
  await app.run(`SELECT count(*) FROM '${old}' (FILE_FORMAT => 'CSV')`);
  await page.getByRole('button', { name: 'Paste a fresh link' }).click(LATER);
  bucket.clockOffset = 0;
  await renew.getByRole('textbox', { name: 'Link' }).fill(fresh);
  await renew.getByRole('button', { name: 'Use this link' }).click();
  await expect(renew).toHaveCount(0);
  await expect.poll(() => app.rows(), LATER).toEqual([['2']]);

  await app.go('Stages');
  await list.getByRole('button', { name: 'Renew the link to a.csv' }).click();
  await renew.getByRole('textbox', { name: 'Link' }).fill(fresh.replace('a.csv', 'b.csv'));
  await expect(renew.getByText('This link leads to another file.')).toBeVisible();
  await renew.getByRole('textbox', { name: 'Link' }).fill(fresh);
  await renew.getByRole('button', { name: 'Use this link' }).click();
  await expect(list.getByText(/^119 min$/)).toBeVisible();
  await list.getByRole('button', { name: 'a.csv', exact: true }).click();
  await expect
    .poll(() => app.rows(), LATER)
    .toEqual([
      ['1', 'one'],
      ['2', 'two'],
    ]);
  await page.waitForTimeout(1500);
  const kept = await everythingKept(page);
  for (const link of [old, fresh]) expect(kept).not.toContain(new URL(link).searchParams.get('X-Amz-Signature'));
});

/** Moves the page's clock on, and not the engine's. */
async function passSeconds(page: Page, seconds: number): Promise<void> {
  await page.evaluate((milliseconds) => {
    const now = Date.now;
    Date.now = () => now() + milliseconds;
  }, seconds * 1000);
}
