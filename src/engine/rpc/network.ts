import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';

export interface Network {
  /** Asks only where it may, and counts what comes. */
  readonly fetch: typeof fetch;
  /** The origins that may be asked; all of them where it is undefined. */
  allow(origins: readonly string[] | undefined): void;
}

/** The one way of the engine to the network. `onTraffic` is told of each request, and then of the bytes that it brings. */
export function openNetwork(onTraffic: (origin: string, bytes: number) => void, send = fetch): Network {
  let allowed: ReadonlySet<string> | undefined;
  return {
    allow: (origins) => {
      allowed = origins && new Set(origins);
    },
    fetch: async (input, init) => {
      const { origin } = new URL(input instanceof Request ? input.url : input);
      if (allowed && !allowed.has(origin)) throw refused(origin);
      onTraffic(origin, 0);
      // The engine keeps by itself what it may (`RangeCache`); a browser's cache could mix ranges of an object as it was.
      const response = await send(input, { ...init, cache: 'no-store' });
      // Only afterwards does a browser say where it was sent on to.
      const from = response.redirected ? new URL(response.url).origin : origin;
      if (allowed && !allowed.has(from)) {
        await response.body?.cancel();
        throw refused(from);
      }
      return counted(response, (bytes) => onTraffic(origin, bytes));
    },
  };
}

function refused(origin: string): SqlError {
  return new SqlError('StoragePermissionDenied', `this console may not contact ${origin}`, {
    hint: hint('allowAddress'),
  });
}

function counted(response: Response, onBytes: (bytes: number) => void): Response {
  if (!response.body) return response;
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      onBytes(chunk.length);
      controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(counter), { status, statusText, headers });
}
