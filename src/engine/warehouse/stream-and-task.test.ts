import { describe, expect, test } from 'vitest';
import { append, createTable, insert, rowsOf, signal, tableDefinition, twoEngines } from '../test/warehouse.ts';
import type { Warehouse } from './contract.ts';
import { findDatabase, findStream, findTable, streamsOn } from './find.ts';

describe('streams and tasks', () => {
  async function withStream() {
    const [one, two] = await twoEngines();
    const table = await createTable(one, 't');
    const making = one.begin();
    const { databaseId, id: tableId } = table;
    const stream = {
      kind: 'Stream',
      name: 's',
      comment: '',
      databaseId,
      tableId,
      appendOnly: true,
      offset: 0,
    } as const;
    const created = making.create<'Stream'>(stream);
    await making.commit(signal);
    await two.refresh(signal);
    return { one, two, table, stream: created };
  }

  test('a stream is consumed once, together with what was made of it', async () => {
    const { one, two, table, stream } = await withStream();
    await insert(one, table, [2]);
    await two.refresh(signal);
    const consume = async (warehouse: Warehouse) => {
      const transaction = warehouse.begin();
      await append(transaction, table, [1]);
      transaction.alter<'Stream'>({ ...stream, offset: 1 });
      return transaction;
    };
    const [first, second] = [await consume(one), await consume(two)];
    await first.commit(signal);
    await expect(second.commit(signal)).rejects.toMatchObject({ code: 2734 });
    expect(await rowsOf(one, 't')).toEqual([2, 1]);
  });

  test('a stream shares the names of tables and knows its table', async () => {
    const { one, table, stream } = await withStream();
    const state = one.state();
    const database = findDatabase(state, 'default');
    expect(streamsOn(state, table.id)).toEqual([stream]);
    expect(() => findStream(state, database, 'x')).toThrow("unknown stream `default`.`x` in catalog 'default'");
    expect(() => findTable(state, database, 's')).toThrow(expect.objectContaining({ code: 1302 }));
    expect(() => one.begin().create<'Table'>(tableDefinition(state, 's'))).toThrow(
      expect.objectContaining({ code: 2732 }),
    );
  });

  test('a run of a task is recorded when it begins and when it ends', async () => {
    const [one, two] = await twoEngines();
    const run = {
      id: 'r1',
      taskId: 7,
      task: 'nightly',
      definition: 'SELECT 1',
      rootTaskId: 7,
      trigger: 'Execute' as const,
      atomic: true,
      interrupted: false,
      queryId: 'q1',
      attempt: 1,
      scheduledOn: 1,
      completedOn: undefined,
      errorCode: 0,
      errorText: undefined,
    };
    for (const state of ['EXECUTING', 'SUCCEEDED'] as const) {
      const transaction = one.begin();
      transaction.recordRun({ ...run, state });
      await transaction.commit(signal);
    }
    await two.refresh(signal);
    expect([...two.state().taskRuns.values()].map(({ id, state }) => [id, state])).toEqual([['r1', 'SUCCEEDED']]);
    expect(() => two.begin().recordRun({ ...run, state: 'FAILED' })).toThrow(expect.objectContaining({ code: 4001 }));
  });

  test('of two engines that begin a run of a task, one does', async () => {
    const [one, two] = await twoEngines();
    const begin = (id: string) => ({
      ...{ id, taskId: 7, task: 'nightly', definition: 'SELECT 1', state: 'EXECUTING' as const, queryId: id },
      ...{ rootTaskId: 7, trigger: 'Schedule' as const, atomic: true, interrupted: false, attempt: 1 },
      ...{ scheduledOn: 1, completedOn: undefined, errorCode: 0, errorText: undefined },
    });
    const [first, second] = [one.begin(), two.begin()];
    first.recordRun(begin('r1'));
    second.recordRun(begin('r2'));
    await first.commit(signal);
    await expect(second.commit(signal)).rejects.toMatchObject({ code: 4001 });
  });
});
