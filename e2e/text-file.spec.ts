import { type App, expect, test } from './app.ts';
import { medianFigure } from './figures.ts';

/** GB18030 of the words that the file holds. */
const WORDS: { readonly [word: string]: readonly number[] } = {
  编号: [0xb1, 0xe0, 0xba, 0xc5],
  路线: [0xc2, 0xb7, 0xcf, 0xdf],
  风险: [0xb7, 0xe7, 0xcf, 0xd5],
  港口: [0xb8, 0xdb, 0xbf, 0xda],
  未知: [0xce, 0xb4, 0xd6, 0xaa],
};

/** 300 records in GB18030 between bars, twelve of them with a risk that is no number. */
function chineseFile(): Buffer {
  const lines = Array.from(
    { length: 300 },
    (_, row) => `${row + 1}|港口|${(row + 1) % 25 === 0 ? '未知' : row / 100}\n`,
  );
  const text = ['编号|路线|风险\n', ...lines].join('');
  const parts = text.split(/(编号|路线|风险|港口|未知)/);
  return Buffer.concat(parts.map((part) => Buffer.from(WORDS[part] ?? Buffer.from(part))));
}

/** From a choice to the frame that shows what it changes. */
function timeOf(app: App, label: string, value: string, shown: string): Promise<number> {
  return app.page.evaluate(
    ({ label, value, shown }) => {
      const name = [...document.querySelectorAll('.text-options label')].find((one) => one.textContent === label);
      const select = document.getElementById(name?.getAttribute('for') ?? '');
      if (!(select instanceof HTMLSelectElement)) throw new Error(`There is no ${label}.`);
      const start = performance.now();
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
      return new Promise<number>((resolve) => {
        const look = () => {
          if (document.querySelector('.text-view [role=grid]')?.textContent?.includes(shown))
            resolve(performance.now() - start);
          else requestAnimationFrame(look);
        };
        look();
      });
    },
    { label, value, shown },
  );
}

test('19: a CSV of the real world is detected, read in other ways, its bad cells shown, and kept as a file format', async ({
  app,
}) => {
  await app.open();
  await app.go('Stages');
  const { page } = app;
  const picker = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Upload' }).click();
  await (await picker).setFiles({ name: 'routes.csv', mimeType: 'text/csv', buffer: chineseFile() });
  await page.getByRole('grid', { name: 'Files of @~/' }).getByText('routes.csv').dblclick();
  const preview = page.getByRole('region', { name: 'Preview of routes.csv' });
  const grid = preview.getByRole('grid', { name: 'Records of routes.csv' });
  await expect(preview.getByRole('combobox', { name: 'Encoding' })).toHaveValue('gb18030');
  await expect(preview.getByRole('combobox', { name: 'Delimiter' })).toHaveValue('|');
  await expect(preview.getByRole('combobox', { name: 'Header' })).toHaveValue('1');
  await expect(grid.getByRole('columnheader', { name: '路线' })).toBeVisible();
  await expect(grid.getByText('港口').first()).toBeVisible();

  await expect(preview.getByText('12 cells do not fit')).toBeVisible();
  await preview.getByRole('switch', { name: 'Show only bad rows' }).click();
  await expect(grid.locator('mark')).toHaveText(Array(12).fill(/未知/));
  await expect(grid.getByRole('row')).toHaveCount(13);
  await preview.getByRole('switch', { name: 'Show only bad rows' }).click();

  const times = [
    await timeOf(app, 'Encoding', 'UTF-8', '\ufffd'),
    await timeOf(app, 'Encoding', 'gb18030', '港口'),
    await timeOf(app, 'Delimiter', ',', '1|港口|0'),
    await timeOf(app, 'Delimiter', '|', '港口'),
    await timeOf(app, 'Header', '0', '$1'),
    await timeOf(app, 'Quote', "'", '港口'),
    await timeOf(app, 'Header', '1', '路线'),
  ];
  medianFigure('from a choice until the preview shows it', times, 200);

  await preview.getByRole('button', { name: 'Save as file format…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('routes_csv');
  await expect(dialog).toContainText(
    "CREATE FILE FORMAT routes_csv TYPE = CSV FIELD_DELIMITER = '|' QUOTE = '''' ENCODING = 'gb18030' SKIP_HEADER = 1",
  );
  await dialog.getByRole('button', { name: 'Save and query' }).click();
  await expect(app.editor.getByText('routes_csv').first()).toBeVisible();
  await app.editor.click();
  await app.runAll();
  await expect(app.result(/SELECT/)).toContainText('300 rows');
  await expect
    .poll(async () => (await app.rows()).slice(0, 2))
    .toEqual([
      ['1', '港口', '0'],
      ['2', '港口', '0.01'],
    ]);
});
