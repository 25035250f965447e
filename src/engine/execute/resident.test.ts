import { expect, test } from 'vitest';
import { nodeHost } from '../cli/host.ts';
import { chunkOf, computedColumn } from '../scan/chunk.ts';
import { plain } from '../types/type.ts';
import { openResidents, type ResidentRequest } from './resident.ts';

const workspace = await nodeHost({ data: undefined, version: 'test' }).workspace();
const connection = workspace.connect();
const { signal } = new AbortController();
const INT = plain('Int32');
const schema = ['a', 'b', 'c'].map((name) => ({ name, type: INT, nullable: true }));

/** A relation of three columns, whose row `row` of part `p` is `p * 100 + row`, with the column's index as its hundredths. */
function relation(rowsOf: (part: string, columns: readonly number[]) => number = () => 3) {
  const residents = openResidents(workspace);
  const asked: string[] = [];
  const load: ResidentRequest['load'] = async function* (part, columns) {
    asked.push(`${part}: ${columns}`);
    const rows = rowsOf(part, columns);
    for (const from of [0, 2]) {
      const length = Math.max(0, Math.min(rows - from, 2));
      const cellOf = (index: number) => (row: number) => index * 10_000 + Number(part) * 100 + from + row;
      const data = columns.map((index) => ({ index, type: INT, data: computedColumn(INT, length, cellOf(index)) }));
      yield chunkOf(data, length);
    }
    if (rows > 3) throw new Error('it broke');
  };
  const read = async (parts: readonly string[], columns: readonly number[]) => {
    asked.length = 0;
    const request = { key: 'r', parts, columns, schema, connection, signal, filesOf: () => [], load, cast: () => '' };
    const { sql, release } = await residents.lease(request);
    const rows: unknown[] = [];
    for await (const batch of workspace.query(connection, `SELECT * FROM ${sql}`, signal))
      for (const row of batch) rows.push(Object.values(row.toJSON()));
    release();
    return { asked: [...asked], rows };
  };
  return { read };
}

const expected = (parts: readonly number[], columns: readonly number[]) =>
  parts.flatMap((part) => [0, 1, 2].map((row) => columns.map((index) => index * 10_000 + part * 100 + row)));

test('of rows that are there only columns and parts are read that are not', async () => {
  const { read } = relation();
  expect((await read(['1', '2'], [1])).asked).toEqual(['1: 1', '2: 1']);
  expect(await read(['1', '2'], [0, 1])).toEqual({ asked: ['1: 0', '2: 0'], rows: expected([1, 2], [0, 1]) });
  expect(await read(['1', '2', '3'], [2])).toEqual({
    asked: ['1: 2', '2: 2', '3: 1', '3: 0', '3: 2'],
    rows: expected([1, 2, 3], [2]),
  });
  expect(await read(['1', '3'], [0, 2])).toEqual({ asked: [], rows: expected([1, 3], [0, 2]) });
});

test('what is left of a relation is read anew when it gets columns, with those that it had', async () => {
  const { read } = relation();
  await read(['1', '2'], [0]);
  expect(await read(['2'], [1])).toEqual({ asked: ['2: 0,1'], rows: expected([2], [1]) });
});

test('columns that come with fewer rows than those that are there are not put beside them', async () => {
  const { read } = relation((_, columns) => (columns.length === 1 && columns[0] === 1 ? 2 : 3));
  await read(['1'], [0]);
  expect(await read(['1'], [0, 1])).toEqual({ asked: ['1: 1', '1: 0,1'], rows: expected([1], [0, 1]) });
});

test('a part that fails half-way leaves no row beside another one', async () => {
  let isBroken = true;
  const { read } = relation((part, [first]) => (isBroken && part === '2' && first === 1 ? 4 : 3));
  await read(['1'], [0]);
  await read(['1'], [1]);
  await expect(read(['1', '2'], [0, 1])).rejects.toThrow('it broke');
  isBroken = false;
  expect((await read(['1', '2'], [0, 1])).rows).toEqual(expected([1, 2], [0, 1]));
});
