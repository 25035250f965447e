import { afterEach, expect, test, vi } from 'vitest';
import { courtesy } from './courtesy.ts';

function tasks() {
  const began: string[] = [];
  const ends = new Map<string, () => void>();
  const task = (name: string) => () => {
    began.push(name);
    return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const end = async (name: string) => {
    ends.get(name)?.();
    await settled();
  };
  return { began, task, end, settled };
}

test('questions come one after another, and after every run', async () => {
  const { began, task, end, settled } = tasks();
  const { run, ask } = courtesy({ patience: 60_000, grace: 1 });
  void ask(task('list'));
  void ask(task('tree'));
  await settled();
  void run(task('first'));
  void run(task('second'));
  expect(began).toEqual(['list', 'first', 'second']);
  await end('list');
  await end('first');
  expect(began).toEqual(['list', 'first', 'second']);
  await end('second');
  await expect.poll(() => began).toEqual(['list', 'first', 'second', 'tree']);
  await end('tree');
  void ask(task('again'));
  await settled();
  expect(began.at(-1)).toBe('again');
});

test('a question does not wait for the end of a long run, and those behind it go on', async () => {
  const { began, task, end } = tasks();
  const { run, ask } = courtesy({ patience: 1, grace: 1 });
  void run(task('long'));
  const asked = ask(task('list'));
  await expect.poll(() => began).toEqual(['long', 'list']);
  await end('list');
  await expect(asked).resolves.toBe('list');
});

afterEach(() => vi.useRealTimers());

test('a run that is long under way keeps no question waiting, a new one beside it does', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { began, task, end } = tasks();
  const { run, ask } = courtesy({ patience: 300, grace: 50 });
  void run(task('long'));
  await vi.advanceTimersByTimeAsync(299);
  void ask(task('early'));
  await vi.advanceTimersByTimeAsync(0);
  expect(began).toEqual(['long']);
  await vi.advanceTimersByTimeAsync(2);
  expect(began).toEqual(['long', 'early']);
  await end('early');
  void run(task('new'));
  await end('new');
  void ask(task('late'));
  await vi.advanceTimersByTimeAsync(49);
  expect(began).toEqual(['long', 'early', 'new']);
  await vi.advanceTimersByTimeAsync(1);
  expect(began).toEqual(['long', 'early', 'new', 'late']);
});

test('the first rows of a run go before questions, however long it took', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { began, task, end } = tasks();
  const { run, ask } = courtesy({ patience: 300, grace: 50 });
  void run(task('long'));
  await vi.advanceTimersByTimeAsync(1000);
  await end('long');
  void ask(task('list'));
  await vi.advanceTimersByTimeAsync(49);
  expect(began).toEqual(['long']);
  await vi.advanceTimersByTimeAsync(1);
  expect(began).toEqual(['long', 'list']);
});

test('a task that fails makes room as one that succeeds', async () => {
  const { began, task } = tasks();
  const { run, ask } = courtesy({ patience: 60_000, grace: 1 });
  const failed = run(() => Promise.reject(new Error('no')));
  void ask(task('list'));
  await expect(failed).rejects.toThrow('no');
  await expect.poll(() => began).toEqual(['list']);
});
