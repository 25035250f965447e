import { type App, expect, test } from './app.ts';

/** Lines 3 and 5 hold a word where a number belongs. */
const BROKEN = 'id,name,qty\n1,a,10\n2,b,x\n3,c,30\n4,d,y\n5,e,50\n6,f,60\n';

const FIRST_ERROR = "Invalid value 'x' for column 2 (qty Int32 NULL): invalid text for number";

async function copy(app: App, onError: string): Promise<void> {
  await app.open();
  await app.dropFiles([{ name: 'broken.csv', bytes: Buffer.from(BROKEN) }]);
  await expect(app.editor.getByText('broken.csv').first()).toBeVisible({ timeout: 60_000 });
  await app.run('CREATE TABLE stock (id INT, name VARCHAR, qty INT)');
  await expect(app.result(/CREATE TABLE done/)).toBeVisible();
  await app.run(`COPY INTO stock FROM @~/ FILES = ('broken.csv')
FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1) ON_ERROR = ${onError}`);
}

async function expectLoaded(app: App, ids: readonly string[]): Promise<void> {
  await app.run('SELECT id FROM stock ORDER BY id');
  await expect(app.result(/SELECT \d+ rows/)).toBeVisible();
  await expect.poll(() => app.rows()).toEqual(ids.map((id) => [id]));
}

test('ON_ERROR = CONTINUE loads the good rows and names the first bad one', async ({ app }) => {
  await copy(app, 'CONTINUE');
  await expect.poll(() => app.rows()).toEqual([['broken.csv', '4', '2', FIRST_ERROR, '3']]);
  await expectLoaded(app, ['1', '3', '5', '6']);
});

test('ON_ERROR = ABORT loads nothing and says which value stood in the way', async ({ app }) => {
  await copy(app, 'ABORT');
  const card = app.page.getByRole('alert').filter({ hasText: '1046' });
  await expect(card).toContainText(FIRST_ERROR);
  await expect(card).toContainText("at file 'broken.csv', line 2");
  await expectLoaded(app, []);
});

test('ON_ERROR = ABORT_2 gives up at the second error', async ({ app }) => {
  await copy(app, 'ABORT_2');
  const card = app.page.getByRole('alert').filter({ hasText: '1046' });
  await expect(card).toContainText("abort after 2 errors! the last error: Invalid value 'y'");
  await expectLoaded(app, []);
});

test('ON_ERROR = ABORT_3 bears two errors', async ({ app }) => {
  await copy(app, 'ABORT_3');
  await expect.poll(() => app.rows()).toEqual([['broken.csv', '4', '0', 'NULL', 'NULL']]);
  await expectLoaded(app, ['1', '3', '5', '6']);
});
