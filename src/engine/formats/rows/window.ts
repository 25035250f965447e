import { yieldToMessages } from '../../base/async.ts';
import { SqlError } from '../../base/errors.ts';
import { hint } from '../../base/hints.ts';

/**
 * So many bytes are tokenized at once, as Databend's read buffer has by default: line numbers after a record of the
 * wrong width depend on it.
 */
const WINDOW_BYTES = 4 << 20;
/** The first windows are smaller, so that a preview need not wait for megabytes. */
const FIRST_WINDOW_BYTES = 256 << 10;
/** No record may be longer, so that a quote that is never closed does not fill the memory. */
const MAX_WINDOW_BYTES = 256 << 20;
/** Room after the data for the marks that stop a tokenizer's loops. */
const MARGIN = 16;

/**
 * The part of a file that is being tokenized. After `end` come a few bytes that a tokenizer may set, then `spare`
 * bytes as many as the window has, where decoded texts of fields may be put.
 */
export class ByteWindow {
  bytes = new Uint8Array(0);
  end = 0;
  /** Whether the file ends at `end`. */
  final = false;
  /** Where the next decoded text goes. */
  spare = 0;
  #capacity = 0;

  /** Forgets the bytes before `from` and makes room for `capacity` in all. */
  keepFrom(from: number, capacity: number): void {
    const kept = this.end - from;
    if (capacity > this.#capacity) {
      const larger = new Uint8Array(2 * (capacity + MARGIN));
      larger.set(this.bytes.subarray(from, this.end));
      this.bytes = larger;
      this.#capacity = capacity;
    } else {
      this.bytes.copyWithin(0, from, this.end);
    }
    this.end = kept;
    this.spare = this.#capacity + MARGIN;
  }
}

/** Reads one window; gives how many of its bytes are dealt with, 0 when the first record is not whole. */
export type WindowReader<Batch> = (window: ByteWindow) => {
  readonly consumed: number;
  readonly batch?: Batch | undefined;
};

/**
 * Cuts a stream into windows and reads each. Windows depend on the bytes alone, not on the chunks in which they come:
 * a window is filled before it is read, and grows while its first record is not whole.
 */
export async function* readWindows<Batch>(
  chunks: AsyncIterable<Uint8Array>,
  read: WindowReader<Batch>,
  signal: AbortSignal,
): AsyncGenerator<Batch, void, undefined> {
  const window = new ByteWindow();
  const source = chunkSource(chunks);
  try {
    let target = FIRST_WINDOW_BYTES;
    let consumed = 0;
    while (!window.final || consumed < window.end) {
      window.keepFrom(consumed, target);
      await source.fill(window, target);
      await yieldToMessages();
      signal.throwIfAborted();
      const result = read(window);
      consumed = result.consumed;
      if (result.batch !== undefined) yield result.batch;
      if (consumed > 0) target = Math.max(window.end - consumed, Math.min(target * 2, WINDOW_BYTES));
      else if (window.final) return;
      else target = widened(target);
    }
  } finally {
    await source.close();
  }
}

function widened(target: number): number {
  if (target < MAX_WINDOW_BYTES) return target * 2;
  throw new SqlError('BadBytes', `a record is longer than ${MAX_WINDOW_BYTES >> 20} MB`, {
    hint: hint('oneRecord'),
  });
}

interface ChunkSource {
  /** Fills the window up to `target` bytes, fewer only at the end of the stream. */
  fill(window: ByteWindow, target: number): Promise<void>;
  close(): Promise<void>;
}

function chunkSource(chunks: AsyncIterable<Uint8Array>): ChunkSource {
  const iterator = chunks[Symbol.asyncIterator]();
  let chunk: Uint8Array = new Uint8Array(0);
  return {
    async fill(window, target) {
      while (window.end < target) {
        if (chunk.length === 0) {
          const step = await iterator.next();
          if (step.done) {
            window.final = true;
            return;
          }
          chunk = step.value;
        }
        const part = chunk.subarray(0, target - window.end);
        window.bytes.set(part, window.end);
        window.end += part.length;
        chunk = chunk.subarray(part.length);
      }
    },
    async close() {
      await iterator.return?.();
    },
  };
}
