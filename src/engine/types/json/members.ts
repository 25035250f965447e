import { APOSTROPHE, BACKSLASH, COMMA, QUOTE } from './bytes.ts';
import { Run } from './run.ts';
import { ByteSink } from './sink.ts';
import { unescapeInto } from './unescape.ts';

/** Words of a record: where the member will stand in the sink, its key as it reads, and where the key ended. */
const RECORD = 5;
const OFFSET = 0;
const KEY_START = 1;
const KEY_END = 2;
/** 1 where the key had escapes and stands unescaped in a buffer of its own. */
const IS_UNESCAPED = 3;
const POSITION = 4;

/** Up to this many members the simplest sort is the quickest. */
const FEW = 32;

export interface DuplicateKey {
  readonly key: string;
  /** Where the later of the two keys ended. */
  readonly position: number;
}

const decoder = new TextDecoder();

/** The members of the objects that are being read, those of the innermost last. */
export class Members {
  readonly #unescaped = new ByteSink();
  #run = new Run(new Uint8Array(0), 0, this.#unescaped);
  #records = new Int32Array(RECORD * 64);
  #order = new Int32Array(FEW);
  #top = 0;

  /** Forgets all and goes over to another document. */
  start(run: Run): void {
    this.#run = run;
    this.#top = 0;
    this.#unescaped.length = 0;
  }

  /** Opens an object; the result is for `close`. */
  open(): number {
    return this.#top;
  }

  /** Notes a member whose key was read from `start` up to `end` and is going to stand at `offset`. */
  add(offset: number, start: number, end: number): void {
    if (this.#top + RECORD > this.#records.length) this.#grow();
    const { source } = this.#run;
    const isQuoted = source[start] === QUOTE || source[start] === APOSTROPHE;
    const from = isQuoted ? start + 1 : start;
    const to = isQuoted ? end - 1 : end;
    this.#record(from, to, 0);
    this.#records[this.#top + OFFSET] = offset;
    this.#records[this.#top + POSITION] = end;
    if (hasEscape(source, from, to)) this.#unescape(offset, end);
    this.#top += RECORD;
  }

  #record(start: number, end: number, isUnescaped: number): void {
    this.#records[this.#top + KEY_START] = start;
    this.#records[this.#top + KEY_END] = end;
    this.#records[this.#top + IS_UNESCAPED] = isUnescaped;
  }

  #unescape(offset: number, end: number): void {
    const sink = this.#run.flush(end, end);
    const start = this.#unescaped.length;
    unescapeInto(sink.bytes, offset + 1, sink.length - 1, this.#unescaped);
    this.#record(start, this.#unescaped.length, 1);
  }

  #grow(): void {
    const larger = new Int32Array(this.#records.length * 2);
    larger.set(this.#records);
    this.#records = larger;
  }

  /** Puts the members of the object that `open` began and that ends at `at` into order, unless two keys are the same. */
  close(frame: number, at: number): DuplicateKey | undefined {
    const duplicate = this.#isSorted(frame) ? undefined : this.#sort(frame, at);
    this.#top = frame;
    return duplicate;
  }

  #isSorted(frame: number): boolean {
    for (let record = frame + RECORD; record < this.#top; record += RECORD) {
      if (this.#compare(record - RECORD, record) >= 0) return false;
    }
    return true;
  }

  #sort(frame: number, at: number): DuplicateKey | undefined {
    const count = this.#orderByKey(frame);
    const order = this.#order;
    for (let i = 1; i < count; i++) {
      const record = order[i] ?? 0;
      if (this.#compare(order[i - 1] ?? 0, record) === 0) return this.#duplicate(record);
    }
    this.#move(frame, count, this.#run.flush(at, at));
    return undefined;
  }

  /** Writes the members behind themselves in their order and moves the whole back to where they began. */
  #move(frame: number, count: number, sink: ByteSink): void {
    const first = this.#word(frame, OFFSET);
    const end = sink.length;
    const last = this.#top - RECORD;
    for (let i = 0; i < count; i++) {
      const record = this.#order[i] ?? 0;
      if (i > 0) sink.push(COMMA);
      sink.append(
        sink.bytes,
        this.#word(record, OFFSET),
        record === last ? end : this.#word(record + RECORD, OFFSET) - 1,
      );
    }
    sink.bytes.copyWithin(first, end, sink.length);
    sink.length = end;
  }

  /** Puts the records of an object into order by key, equal ones as they came; gives their number. */
  #orderByKey(frame: number): number {
    const count = (this.#top - frame) / RECORD;
    if (this.#order.length < count) this.#order = new Int32Array(count * 2);
    const order = this.#order;
    for (let i = 0; i < count; i++) order[i] = frame + i * RECORD;
    if (count > FEW) {
      order.subarray(0, count).sort((a, b) => this.#compare(a, b));
      return count;
    }
    for (let i = 1; i < count; i++) {
      const record = order[i] ?? 0;
      let to = i;
      for (; to > 0 && this.#compare(order[to - 1] ?? 0, record) > 0; to--) order[to] = order[to - 1] ?? 0;
      order[to] = record;
    }
    return count;
  }

  #duplicate(record: number): DuplicateKey {
    const bytes = this.#bytes(record).subarray(this.#word(record, KEY_START), this.#word(record, KEY_END));
    return { key: decoder.decode(bytes), position: this.#word(record, POSITION) };
  }

  #word(record: number, word: number): number {
    return this.#records[record + word] ?? 0;
  }

  #bytes(record: number): Uint8Array {
    return this.#word(record, IS_UNESCAPED) === 1 ? this.#unescaped.bytes : this.#run.source;
  }

  #compare(a: number, b: number): number {
    const left = this.#bytes(a);
    const right = this.#bytes(b);
    const leftStart = this.#word(a, KEY_START);
    const rightStart = this.#word(b, KEY_START);
    const leftLength = this.#word(a, KEY_END) - leftStart;
    const rightLength = this.#word(b, KEY_END) - rightStart;
    const shared = Math.min(leftLength, rightLength);
    for (let i = 0; i < shared; i++) {
      const difference = (left[leftStart + i] ?? 0) - (right[rightStart + i] ?? 0);
      if (difference !== 0) return difference;
    }
    return leftLength - rightLength;
  }
}

function hasEscape(source: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (source[at] === BACKSLASH) return true;
  return false;
}
