import { expect, test } from 'vitest';
import { memoryStore } from '../stores/memory.ts';
import { foreignTables } from './foreign.ts';
import { commitPath } from './layout.ts';

const { signal } = new AbortController();

test('a table that was made anew is told by the time of its log where the store has no etags', async () => {
  let now = 1000;
  const memory = memoryStore(() => now);
  const store: typeof memory = {
    ...memory,
    async head(path) {
      const info = await memory.head(path, signal);
      return info && { ...info, etag: undefined };
    },
  };
  const make = (id: string) => {
    const metaData = { id, schemaString: '{"type":"struct","fields":[]}', partitionColumns: [], configuration: {} };
    const protocol = { minReaderVersion: 1, minWriterVersion: 2 };
    const text = `${JSON.stringify({ protocol })}\n${JSON.stringify({ metaData })}\n`;
    return memory.write(commitPath('t', 0), new TextEncoder().encode(text), { ifAbsent: false, signal });
  };
  const tables = foreignTables();
  const newestId = async () => (await tables.newest('t', { store, folder: 't' }, signal)).metadata.id;
  await make('first');
  expect(await newestId()).toBe('first');
  now = 2000;
  await make('other');
  expect(await newestId()).toBe('other');
});
