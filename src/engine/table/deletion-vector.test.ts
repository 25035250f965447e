import { expect, test } from 'vitest';
import { directoryStore } from '../stores/directory.ts';
import { sharedData } from '../test/parquet.ts';
import { readDeletionVector } from './deletion-vector.ts';

const shared = sharedData('delta');
const { signal } = new AbortController();
const RELATIVE = {
  storageType: 'u',
  pathOrInlineDv: 'vBn[lx{q8@P<9BNH/isA',
  offset: 1,
  sizeInBytes: 36,
  cardinality: 2,
};
const FILE = 'deletion_vector_61d16c75-6994-46b7-a15b-8b538852e50e.bin';

test.skipIf(!shared.present)('a vector is found by a path of any form (wants ../shared/data/delta)', async () => {
  const store = directoryStore(shared.path, { ownsFolders: false });
  const read = async (pathOrInlineDv: string, folder = 'table-with-dv-small') => [
    ...(await readDeletionVector({ store, folder }, { ...RELATIVE, storageType: 'p', pathOrInlineDv }, signal)),
  ];
  const table = { store, folder: 'table-with-dv-small' };
  expect([...(await readDeletionVector(table, RELATIVE, signal))]).toEqual([0, 9]);
  expect(await read(`s3://lake/tables/table-with-dv-small/${FILE}`)).toEqual([0, 9]);
  expect(await read(`file:///data/table-with-dv-small/${FILE}`)).toEqual([0, 9]);
  await expect(read(`s3://elsewhere/${FILE}`)).rejects.toMatchObject({ code: 1002 });
});
