import { type Chunks, portions } from './codec.ts';

/** Chunks, cut to portions, as a stream of the platform, and what has become of them. */
export interface ReadableSource {
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
  isOver(): boolean;
  /** What the chunks ended with, if that was an error. */
  failure(): unknown;
}

export function readableOf(chunks: Chunks): ReadableSource {
  const iterator = portions(chunks);
  let isOver = false;
  let failure: unknown;
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      try {
        const step = await iterator.next();
        if (!step.done) return controller.enqueue(step.value);
        isOver = true;
        controller.close();
      } catch (error) {
        failure = error;
        throw error;
      }
    },
    async cancel() {
      await iterator.return();
    },
  });
  return { stream, isOver: () => isOver, failure: () => failure };
}
