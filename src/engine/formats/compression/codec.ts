import { isAbort, SqlError } from '../../base/errors.ts';

/** A chunk holds until the next one is asked for. */
export type Chunks = AsyncIterable<Uint8Array<ArrayBuffer>>;

/** What came out of compressed chunks; nothing holds more of it than a piece of input can become. */
export type Decompress = (chunks: Chunks) => Chunks;

export function corrupt(reason: string, cause?: unknown): SqlError {
  return new SqlError('InvalidCompressionData', `compression data invalid: ${reason}`, { cause });
}

/** What a decoder threw over bad data, as the engine's error. */
export function asCorrupt(error: unknown): unknown {
  if (error instanceof SqlError || isAbort(error)) return error;
  return corrupt(error instanceof Error ? error.message : String(error), error);
}

/** A decoder that is fed, and may hold what it is given. */
export interface PushDecoder {
  /** Gives what has become of the bytes so far. */
  push(bytes: Uint8Array<ArrayBuffer>): Iterable<Uint8Array<ArrayBuffer>>;
  /** Gives the rest, or throws if the data is not whole. */
  finish(): Iterable<Uint8Array<ArrayBuffer>>;
  close(): void;
}

/** So much is fed at once: a bomb's chunk of this size becomes some 32 MB at most. */
const PUSH_BYTES = 32 << 10;

/** Chunks cut into what is fed at once, which may be held. */
export async function* portions(chunks: Chunks): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += PUSH_BYTES) yield chunk.slice(start, start + PUSH_BYTES);
  }
}

/** Feeds a decoder; errors of its own become InvalidCompressionData, those of the source stay. */
export async function* pushThrough(
  chunks: Chunks,
  open: () => PushDecoder | Promise<PushDecoder>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const decoder = await open();
  try {
    for await (const portion of portions(chunks)) yield* guarded(() => decoder.push(portion));
    yield* guarded(() => decoder.finish());
  } finally {
    decoder.close();
  }
}

function* guarded(decode: () => Iterable<Uint8Array<ArrayBuffer>>): Generator<Uint8Array<ArrayBuffer>> {
  try {
    yield* decode();
  } catch (error) {
    throw asCorrupt(error);
  }
}
