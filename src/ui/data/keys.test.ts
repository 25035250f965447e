import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { keys, refreshAfter } from './keys.ts';

/** A query that is looked at; each answer of its engine is let go by hand. */
function lookedAt(client: QueryClient) {
  const answers: ((value: string) => void)[] = [];
  const queryFn = () => new Promise<string>((resolve) => answers.push(resolve));
  const observer = new QueryObserver(client, {
    queryKey: keys.pending('default.s', 'counts'),
    queryFn,
    staleTime: Number.POSITIVE_INFINITY,
  });
  observer.subscribe(() => undefined);
  return { answers, shown: () => observer.getCurrentResult().data };
}

test.each(['first', 'second'])('a %s answer that a change overtook is not kept', async (which) => {
  const client = new QueryClient();
  const { answers, shown } = lookedAt(client);
  if (which === 'second') {
    answers[0]?.('at first');
    await vi.waitFor(() => expect(shown()).toBe('at first'));
    refreshAfter(client, [{ kind: 'Stream', name: 'default.s' }]);
  }
  const old = answers.length - 1;
  refreshAfter(client, [{ kind: 'Table', name: 'default.t' }]);
  answers[old]?.('before the change');
  await vi.waitFor(() => expect(answers).toHaveLength(old + 2));
  answers[old + 1]?.('after it');
  await vi.waitFor(() => expect(shown()).toBe('after it'));
  client.clear();
});
