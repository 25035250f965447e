import type { WireError } from '../base/errors.ts';
import type { ListedFile } from '../stores/file-list.ts';
import type { StartedBy } from '../system/query-history.ts';
import type { Schema } from '../types/type.ts';
import type { Change, RunEvent, WarehouseFile } from './api.ts';
import type { VaultKeys } from './vault/worker-secrets.ts';

/** What client and worker say to each other: plain data, batches as Arrow IPC streams that are transferred. */

export type Call =
  | { readonly method: 'start' }
  | { readonly method: 'openSession'; readonly session: string }
  | { readonly method: 'closeSession'; readonly session: string }
  | {
      readonly method: 'run';
      readonly session: string;
      readonly script: string;
      readonly continueOnError: boolean;
      readonly startedBy: StartedBy;
      readonly bytesLimit?: number | undefined;
    }
  | { readonly method: 'query'; readonly session: string; readonly sql: string }
  | { readonly method: 'split'; readonly text: string }
  | { readonly method: 'diagnose'; readonly session: string; readonly text: string }
  | {
      readonly method: 'complete' | 'hover' | 'signatures';
      readonly session: string;
      readonly text: string;
      readonly offset: number;
    }
  | { readonly method: 'format' | 'mask'; readonly text: string }
  | { readonly method: 'rows'; readonly result: string; readonly start: number; readonly count: number }
  | { readonly method: 'writeArrow'; readonly session: string; readonly result: string; readonly location: string }
  | { readonly method: 'forget'; readonly result: string }
  | { readonly method: 'offer'; readonly url: string; readonly file: File }
  | { readonly method: 'withdraw'; readonly url: string }
  | { readonly method: 'mountFiles'; readonly name: string; readonly files: readonly ListedFile[] }
  | { readonly method: 'hold'; readonly url: string; readonly isHeld: boolean }
  | { readonly method: 'take' | 'leave'; readonly path: string }
  | { readonly method: 'mount'; readonly name: string; readonly folder: FileSystemDirectoryHandle }
  | { readonly method: 'storage' | 'flush' }
  | { readonly method: 'warehouseFiles' | 'reservePlace' }
  | { readonly method: 'putFile'; readonly place: string; readonly file: WarehouseFile }
  | { readonly method: 'adoptPlace' | 'discardPlace'; readonly place: string }
  | { readonly method: 'vault'; readonly keys: VaultKeys }
  | { readonly method: 'allow'; readonly origins: readonly string[] | undefined };

export type ClientMessage =
  | { readonly kind: 'Call'; readonly id: number; readonly call: Call }
  | { readonly kind: 'Abort'; readonly id: number };

export type WorkerMessage =
  | { readonly kind: 'Reply'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'Failure'; readonly id: number; readonly error: WireError }
  | { readonly kind: 'Event'; readonly id: number; readonly event: WireEvent }
  | { readonly kind: 'Changes'; readonly changes: readonly Change[] }
  /** A request to an origin, or bytes of its answer. */
  | { readonly kind: 'Traffic'; readonly origin: string; readonly bytes: number };

type Failed = Extract<RunEvent, { readonly kind: 'failed' }>;

/** `RunEvent` with its error as plain data. */
export type WireEvent = Exclude<RunEvent, Failed> | (Omit<Failed, 'error'> & { readonly error: WireError });

export interface WireRows {
  readonly columns: Schema;
  readonly ipc: Uint8Array<ArrayBuffer>;
}

/** Held by the page that exchanges or erases the warehouse; all others load anew once it is free again. */
export const RENEWAL_LOCK = 'boathouse/renewal';
