import { type RecordBatch, RecordBatchReader } from 'apache-arrow';
import { fromWire, isAbort } from '../base/errors.ts';
import type { Completion, Diagnostic, Hover, Signatures } from '../complete/answer.ts';
import type { Change, RunEvent, RunOptions, Session, StatementSpan } from './api.ts';
import type { Connection } from './connection.ts';
import type { Call, WireEvent, WireRows } from './wire.ts';

/** A session of the worker. What it remembers is told again to a worker that takes the place of another. */
export function openSession(connection: Connection): Session {
  const id = crypto.randomUUID();
  const remembered: string[] = [];
  let closed = false;
  connection.tell({ method: 'openSession', session: id });
  connection.onRestart(() => (closed ? [] : replayCalls(id, remembered)));
  return {
    id,
    run: (script, options) => runScript(connection, id, { script, remembered }, options),
    query: async (sql, signal) => {
      const { columns, ipc } = await connection.call<WireRows>({ method: 'query', session: id, sql }, { signal });
      return { columns, batches: readIpc(ipc) };
    },
    writeArrow: (result, location, { signal, onProgress }) =>
      connection.call<readonly Change[]>(
        { method: 'writeArrow', session: id, result, location },
        // Its cancel waits until nothing is left of the file.
        { signal, isPatient: true, onEvent: (event) => event.kind === 'progress' && onProgress(event.progress) },
      ),
    split: (text) => connection.call<readonly StatementSpan[]>({ method: 'split', text }),
    diagnose: (text, signal) =>
      connection.call<readonly Diagnostic[]>({ method: 'diagnose', session: id, text }, { signal }),
    complete: (text, offset, signal) =>
      connection.call<readonly Completion[]>({ method: 'complete', session: id, text, offset }, { signal }),
    hover: (text, offset, signal) =>
      connection.call<Hover | undefined>({ method: 'hover', session: id, text, offset }, { signal }),
    signatures: (text, offset, signal) =>
      connection.call<Signatures | undefined>({ method: 'signatures', session: id, text, offset }, { signal }),
    mask: (text) => connection.call<string>({ method: 'mask', text }),
    format: (text) => connection.call<string>({ method: 'format', text }),
    close: () => {
      closed = true;
      connection.tell({ method: 'closeSession', session: id });
    },
  };
}

function replayCalls(session: string, remembered: readonly string[]): readonly Call[] {
  const script = remembered.join(';\n');
  const open: Call = { method: 'openSession', session };
  return script === ''
    ? [open]
    : [open, { method: 'run', session, script, continueOnError: true, startedBy: 'Console' }];
}

interface Script {
  readonly script: string;
  /** Statements that changed the session itself: USE, SET. */
  readonly remembered: string[];
}

async function runScript(
  connection: Connection,
  session: string,
  { script, remembered }: Script,
  options: RunOptions,
): Promise<void> {
  const running = new Map<number, { readonly statement: StatementSpan; readonly since: number }>();
  const onEvent = (event: WireEvent) => {
    if (event.kind === 'started') running.set(event.index, { statement: event.statement, since: performance.now() });
    else if (event.kind !== 'progress' && event.kind !== 'files' && event.kind !== 'rows') {
      const { span } = running.get(event.index)?.statement ?? {};
      if (span && event.kind === 'finished' && event.changes.some(isOfSession))
        remembered.push(script.slice(span.start, span.end));
      running.delete(event.index);
    }
    options.onEvent(localEvent(event, options.offset));
  };
  const { continueOnError, bytesLimit } = options;
  const call: Call = { method: 'run', session, script, continueOnError, startedBy: 'User', bytesLimit };
  try {
    await connection.call(call, { signal: options.signal, onEvent, isPatient: options.isPatient });
  } catch (error) {
    if (!isAbort(error)) throw error;
    // The worker was ended: what ran in it is over, and its rows are gone.
    for (const [index, { since }] of running)
      options.onEvent({ kind: 'cancelled', index, result: undefined, duration: performance.now() - since });
  }
}

const isOfSession = ({ kind }: { readonly kind: string }) => kind === 'Setting' || kind === 'Session';

/** Spans of the script become spans of the text that it was cut from. */
function localEvent(event: WireEvent, offset: number): RunEvent {
  if (event.kind === 'failed') {
    const { span, ...rest } = event.error;
    return { ...event, error: fromWire(span ? { ...rest, span: moved(span, offset) } : rest) };
  }
  if (event.kind === 'started' || event.kind === 'skipped') {
    const { statement } = event;
    return { ...event, statement: { ...statement, span: moved(statement.span, offset) } };
  }
  return event;
}

const moved = ({ start, end }: StatementSpan['span'], offset: number) => ({ start: start + offset, end: end + offset });

export function readIpc(ipc: Uint8Array): RecordBatch[] {
  return [...RecordBatchReader.from(ipc)];
}
