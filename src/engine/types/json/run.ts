import type { ByteSink } from './sink.ts';

/**
 * Source bytes that are canonical as they stand wait here and are copied together, so that canonical input costs
 * one pass and one copy.
 */
export class Run {
  readonly source: Uint8Array;
  readonly sink: ByteSink;
  #from: number;

  constructor(source: Uint8Array, start: number, sink: ByteSink) {
    this.source = source;
    this.sink = sink;
    this.#from = start;
  }

  /** Where the source's byte at `at` is going to stand in the sink. */
  offsetOf(at: number): number {
    return this.sink.length + at - this.#from;
  }

  /** Copies what waits up to `at`; the next to wait is at `resume`, and what is appended until then stands between. */
  flush(at: number, resume: number): ByteSink {
    if (at > this.#from) this.sink.append(this.source, this.#from, at);
    this.#from = resume;
    return this.sink;
  }
}
