import { expect, test } from 'vitest';
import { withRetries } from './retry.ts';

const LIVE = new AbortController().signal;

function failing(times: number) {
  let calls = 0;
  const task = async () => {
    calls++;
    if (calls <= times) throw new Error(`failure ${calls}`);
    return calls;
  };
  return task;
}

test('a task is run again while its failure may pass, each delay up to twice the last', async () => {
  const delays: number[] = [];
  const wait = async (milliseconds: number) => {
    delays.push(milliseconds);
  };
  const options = { attempts: 4, signal: LIVE, mayPass: () => true, wait };
  expect(await withRetries(failing(3), options)).toBe(4);
  expect(delays.map((delay, index) => delay >= 75 * 2 ** index && delay <= 150 * 2 ** index)).toEqual([
    true,
    true,
    true,
  ]);
  await expect(withRetries(failing(4), options)).rejects.toThrow('failure 4');
});

test('what does not pass is not tried again, and the other side may say when to come back', async () => {
  await expect(withRetries(failing(1), { attempts: 4, signal: LIVE, mayPass: () => false })).rejects.toThrow(
    'failure 1',
  );
  const delays: number[] = [];
  const wait = async (milliseconds: number) => {
    delays.push(milliseconds);
  };
  await withRetries(failing(2), { attempts: 4, signal: LIVE, mayPass: (_, attempt) => attempt * 1000, wait });
  expect(delays).toEqual([1000, 2000]);
});

test('an abort ends the wait', async () => {
  const controller = new AbortController();
  const running = withRetries(failing(1), { attempts: 2, signal: controller.signal, mayPass: () => 5000 });
  setTimeout(() => controller.abort(), 5);
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
});
