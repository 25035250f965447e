import { collect, prefetch } from '../base/async.ts';

/** Files up to this size are read as a whole. */
const SMALL_BYTES = 256 * 1024;
const FILES_AHEAD = 8;

/** What files give, in their order. Small ones are read ahead: waiting for each takes longer than reading it. */
export async function* inFileOrder<File extends { readonly size: number }, Item>(
  files: readonly File[],
  read: (file: File) => AsyncIterable<Item>,
): AsyncGenerator<Item> {
  const makers = files.map((file) => async () => {
    return { items: file.size > SMALL_BYTES ? read(file) : await collect(read(file)) };
  });
  for await (const { items } of prefetch(makers, FILES_AHEAD)) yield* items;
}
