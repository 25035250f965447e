import { expect, test } from 'vitest';
import {
  type Carried,
  conflictsOf,
  readWorkspace,
  sheetsToAdd,
  workspaceName,
  workspaceParts,
} from './workspace-file.ts';

const SHEET = { id: 'w1', name: 'Routes', text: 'SELECT 1', changedAt: 5 };
const CARRIED: Carried = {
  exportedAt: 1_700_000_000_000,
  contents: { tables: ['default.t'] },
  files: 2,
  worksheets: [SHEET],
  versions: [{ id: 'v1', worksheet: 'w1', text: 'SELECT 0', at: 4 }],
  settings: { look: '{"theme":"dark"}' },
};
const WAREHOUSE = [
  { path: '_catalog/1.json', content: new Blob(['{}']) },
  { path: 'stages/1/a b.csv', content: new Blob(['1,2\n']) },
];

test('a workspace is read as it was written', async () => {
  const read = await readWorkspace(new Blob([...workspaceParts(CARRIED, WAREHOUSE)]));
  expect(read).toMatchObject({ ...CARRIED, bytes: 6 });
  expect(read?.warehouse.map(({ path }) => path)).toEqual(['_catalog/1.json', 'stages/1/a b.csv']);
  expect(await read?.warehouse[1]?.content.text()).toBe('1,2\n');
});

test('an archive that misses a file, or is none of ours, is refused', async () => {
  expect(await readWorkspace(new Blob([...workspaceParts(CARRIED, WAREHOUSE.slice(1))]))).toBeUndefined();
  expect(await readWorkspace(new Blob([new Uint8Array(1024)]))).toBeUndefined();
});

test('what an archive replaces is told from what it takes away', () => {
  const here = { tables: ['default.t', 'default.u'], stages: ['t'] };
  expect(conflictsOf(here, CARRIED.contents)).toEqual({ replaced: ['default.t'], lost: ['default.u', 't'] });
});

test('a worksheet that went another way here comes as a second one', () => {
  const rename = (sheet: typeof SHEET) => ({ ...sheet, id: 'w2' });
  const here = (text: string) => new Map([['w1', { ...SHEET, text }]]);
  expect(sheetsToAdd(new Map(), [SHEET], rename)).toEqual([SHEET]);
  expect(sheetsToAdd(here('SELECT 1'), [SHEET], rename)).toEqual([]);
  expect(sheetsToAdd(here('SELECT 2'), [SHEET], rename)).toEqual([{ ...SHEET, id: 'w2' }]);
});

test('the name of the file says when it was written', () => {
  expect(workspaceName(new Date('2026-03-04T05:06:07Z'))).toBe('boathouse_202603040506.tar');
});
