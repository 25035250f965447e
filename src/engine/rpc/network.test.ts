import { expect, test, vi } from 'vitest';
import { openNetwork } from './network.ts';

const answer = async () => new Response('12345', { status: 206, headers: { 'Content-Range': 'bytes 0-4/9' } });

test('what comes is counted by origin, and the answer is as it was', async () => {
  const seen = new Map<string, number>();
  const { fetch } = openNetwork((origin, bytes) => seen.set(origin, (seen.get(origin) ?? 0) + bytes), answer);
  const response = await fetch('https://host:8443/a/b?c');
  expect([response.status, response.headers.get('Content-Range')]).toEqual([206, 'bytes 0-4/9']);
  expect(await response.text()).toBe('12345');
  expect([...seen]).toEqual([['https://host:8443', 5]]);
});

test('nothing is taken from the cache of the browser', async () => {
  const send = vi.fn(answer);
  await openNetwork(() => {}, send).fetch('https://a.example/x', { headers: { Range: 'bytes=0-4' } });
  expect(send).toHaveBeenCalledWith('https://a.example/x', { headers: { Range: 'bytes=0-4' }, cache: 'no-store' });
});

test('an origin that is not listed is refused before anything is sent', async () => {
  const sent: string[] = [];
  const network = openNetwork((origin) => sent.push(origin), answer);
  network.allow(['https://a.example']);
  await expect(network.fetch('https://b.example/x')).rejects.toMatchObject({
    kind: 'StoragePermissionDenied',
    message: 'this console may not contact https://b.example',
  });
  await network.fetch('https://a.example/x');
  network.allow(undefined);
  await network.fetch('https://b.example/x');
  expect([...new Set(sent)]).toEqual(['https://a.example', 'https://b.example']);
});

test('an answer that an allowed origin has sent on to another one is refused unread', async () => {
  const cancel = vi.fn();
  const body = new ReadableStream({ cancel });
  const moved = async () =>
    Object.defineProperties(new Response(body), {
      redirected: { value: true },
      url: { value: 'https://b.example/moved' },
    });
  const network = openNetwork(() => {}, moved);
  network.allow(['https://a.example']);
  await expect(network.fetch('https://a.example/x')).rejects.toMatchObject({
    message: 'this console may not contact https://b.example',
  });
  expect(cancel).toHaveBeenCalledOnce();
});
