import { expect, test } from 'vitest';
import { keptWorksheet } from './kept-worksheets.ts';
import { changeWorksheet, conflicts, newWorksheet, saveNow, saving } from './worksheets.ts';

test('what is written while an earlier text is being written is no conflict with it', async () => {
  const { id } = newWorksheet('Race', 'SELECT 1');
  const first = saveNow();
  changeWorksheet(id, { text: 'SELECT 2' });
  await Promise.all([first, saveNow()]);
  const kept = await keptWorksheet(id);
  expect([kept?.sheet.text, conflicts.get().size, saving.get().kind]).toEqual(['SELECT 2', 0, 'Saved']);
});
