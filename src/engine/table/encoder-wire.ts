import type { WireError } from '../base/errors.ts';
import type { EncodedRows } from './data-file.ts';
import type { WireRows } from './moved-rows.ts';
import type { RowsForm } from './rows-encoder.ts';

/** To a thread that encodes. The first message says where parquet-wasm is. */
export type EncoderCall =
  | { readonly kind: 'Start'; readonly glueUrl: string; readonly module: WebAssembly.Module }
  | { readonly kind: 'Encode'; readonly id: number; readonly form: RowsForm; readonly rows: WireRows };

export type EncoderReply =
  | { readonly kind: 'Ready' }
  | { readonly kind: 'Encoded'; readonly id: number; readonly rows: EncodedRows }
  | { readonly kind: 'Failed'; readonly id: number; readonly error: WireError };

/** A thread that runs `serveEncoder`, as its host makes it. */
export interface EncoderThread {
  post(call: EncoderCall, transfer: readonly ArrayBuffer[]): void;
  end(): void;
}

export interface EncoderListener {
  reply(reply: EncoderReply): void;
  /** The thread has ended by itself, or cannot be had at all; no reply will follow. */
  died(cause: unknown): void;
}

export type OpenEncoderThread = (listener: EncoderListener) => EncoderThread;
