import { type App, expect, test } from './app.ts';

const TYPES = [
  ['id', 'BIGINT'],
  ['word', 'VARCHAR'],
  ['note', 'VARCHAR'],
  ['price', 'DECIMAL(38, 10)'],
  ['at', 'TIMESTAMP'],
  ['doc', 'VARIANT'],
] as const;

/** What harms a careless copy: NULL and empty, tab, quotes, line break, Chinese, many digits, JSON. */
const SOURCE = String.raw`SELECT * FROM (VALUES
  (9223372036854775807, '', 'a\tb', 1234567890123456789012345678.0123456789::DECIMAL(38, 10),
    '2025-01-02 03:04:05.678901'::TIMESTAMP, parse_json('{"a":[1,"x|y"],"b":"it''s"}')),
  (-1234567890123456789, NULL, 'say "hi", it''s \\ | *x* <br>', -0.0000000001::DECIMAL(38, 10), NULL, parse_json('[]')),
  (NULL, '中文', 'one\ntwo', NULL, '1969-12-31 23:59:59'::TIMESTAMP, NULL)
) AS t (id, word, note, price, at, doc);`;

const clipboard = (app: App) => app.page.evaluate(() => navigator.clipboard.readText());

async function copied(app: App, entry: string): Promise<string> {
  await app.page.evaluate(() => navigator.clipboard.writeText(''));
  await app.grid.focus();
  await app.page.keyboard.press('Control+A');
  await app.page.keyboard.press('Shift+F10');
  await app.page.getByRole('menuitem', { name: entry }).click();
  await expect.poll(() => clipboard(app)).toContain('9223372036854775807');
  return clipboard(app);
}

/** The columns of the source, each out of the SQL of a text. */
const typed = (field: (index: number, name: string) => string) =>
  TYPES.map(([name, type], index) => {
    const text = field(index, name);
    return type === 'VARIANT' ? `parse_json(${text}) AS ${name}` : `${text}::${type} AS ${name}`;
  }).join(', ');

const MARKS = ['|', '*', '_', '<', '>', '`'];

/** What a reader of Markdown undoes; escaped backslashes wait as `§`. */
function markdownField(index: number): string {
  const lines = String.raw`replace(nullif(s[${index + 1}], '*NULL*'), '<br>', '\n')`;
  const plain = MARKS.reduce((text, mark) => String.raw`replace(${text}, '\\${mark}', '${mark}')`, lines);
  return String.raw`replace(${plain}, '§', '\\')`;
}

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

test('23: what is copied in any form gives the same values back through the engine', async ({ app }) => {
  test.slow();
  await app.open();
  await app.openWorksheet();
  await app.run(SOURCE);
  await expect(app.result(/SELECT 3 rows/)).toBeVisible();
  const rows = await app.rows();
  expect(rows[0]?.slice(0, 4)).toEqual([
    '9223372036854775807',
    'empty',
    'a⇥b',
    '1234567890123456789012345678.0123456789',
  ]);
  expect(rows[2]?.slice(0, 3)).toEqual(['NULL', '中文', 'one↵two']);

  // The numbers of a selection are summed to the last digit.
  await app.page.getByRole('gridcell').first().click();
  await app.page.keyboard.press('Shift+ArrowDown');
  await app.page.keyboard.press('Shift+ArrowDown');
  await expect(app.foot).toContainText(
    '3 × 1 selected · 2 values · sum 7988804146731319018 · average 3994402073365659',
  );

  const forms = {
    tsv: await copied(app, 'Copy as TSV'),
    csv: await copied(app, 'Copy as CSV'),
    json: await copied(app, 'Copy as JSON'),
    markdown: await copied(app, 'Copy as Markdown'),
    sql: await copied(app, 'Copy as SQL VALUES'),
  };
  expect(forms.markdown).not.toContain('[object Object]');
  await app.dropFiles([
    { name: 'copied.tsv', bytes: Buffer.from(forms.tsv) },
    { name: 'copied.csv', bytes: Buffer.from(forms.csv) },
    { name: 'copied.md', bytes: Buffer.from(forms.markdown) },
  ]);
  // The statement over them stands in a worksheet once all are in the user stage.
  await expect(app.editor.getByText('copied.csv').first()).toBeVisible({ timeout: 60_000 });
  const back = {
    sql: forms.sql,
    tsv: `SELECT ${typed((index) => `$${index + 1}`)} FROM @~/copied.tsv (FILE_FORMAT => 'tabs');`,
    csv: `SELECT ${typed((index) => `$${index + 1}`)} FROM @~/copied.csv (FILE_FORMAT => 'headed');`,
    json: `SELECT ${typed((_, name) => `value['${name}']::VARCHAR`)} FROM flatten(input => parse_json(${quoted(forms.json)}));`,
    markdown: String.raw`SELECT ${typed(markdownField)} FROM (SELECT split(substr(l, 3, length(l) - 4), ' | ') AS s
      FROM (SELECT replace($1, '\\\\', '§') AS l FROM @~/copied.md (FILE_FORMAT => 'lines')));`,
  };
  await app.run(String.raw`CREATE FILE FORMAT tabs TYPE = CSV FIELD_DELIMITER = '\t';
CREATE FILE FORMAT headed TYPE = CSV SKIP_HEADER = 1;
CREATE FILE FORMAT lines TYPE = CSV FIELD_DELIMITER = '\x01' SKIP_HEADER = 2;
SELECT 1;`);
  await expect(app.result(/SELECT 1 row/)).toBeVisible();
  for (const [form, sql] of Object.entries(back)) {
    await app.run(sql);
    await expect(app.result(/SELECT 3 rows/), form).toBeVisible();
    await expect.poll(() => app.rows(), form).toEqual(rows);
  }
});
