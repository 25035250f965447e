import type { RecordBatch } from 'apache-arrow';
import { SqlError, toWire } from '../base/errors.ts';
import { NO_PROGRESS } from '../base/progress.ts';
import { complete } from '../complete/complete.ts';
import { diagnose } from '../complete/diagnose.ts';
import { hover } from '../complete/hover.ts';
import { signatures } from '../complete/signature.ts';
import type { EngineCore } from '../session/engine.ts';
import { rowsAsIpc } from '../session/results.ts';
import { NO_LISTENER, runScript } from '../session/run.ts';
import { statementContext } from '../session/statement-context.ts';
import { writeArrow } from '../session/write-arrow.ts';
import { maskSecrets } from '../sql/mask.ts';
import { locationOf } from '../sql/parse-location.ts';
import { splitStatements } from '../sql/split.ts';
import type { SessionState } from '../statements/context.ts';
import { formatSql } from '../statements/syntax/format.ts';
import { endSession } from '../statements/temporary.ts';
import type { ListedFile } from '../stores/file-list.ts';
import { ipcStream } from '../types/ipc.ts';
import type { Schema } from '../types/type.ts';
import type { Change, EngineInfo, StorageInfo } from './api.ts';
import { adoptPlace, putFile, reservePlace, warehouseFiles } from './archive.ts';
import { courtesy } from './courtesy.ts';
import { progressSink, runEvents, wireChange } from './run-events.ts';
import type { VaultKeys } from './vault/worker-secrets.ts';
import { removePlace } from './warehouse-place.ts';
import type { Call, ClientMessage, WireEvent, WireRows, WorkerMessage } from './wire.ts';

/** What a page's worker adds to the engine: files and folders that the page hands over. */
export interface PageFiles {
  offer(url: string, file: File): void;
  withdraw(url: string): void;
  hold(url: string, isHeld: boolean): void;
  take(path: string): Promise<File>;
  leave(path: string): Promise<void>;
  mount(name: string, folder: FileSystemDirectoryHandle): Promise<void>;
  mountFiles(name: string, files: readonly ListedFile[]): void;
  storage(): Promise<StorageInfo>;
  /** Takes the keys of the page's vault. */
  lend(keys: VaultKeys): void;
  /** The origins that the network may be asked for. */
  allow(origins: readonly string[] | undefined): void;
}

export interface Port {
  postMessage(message: WorkerMessage, transfer: Transferable[]): void;
}

interface Server {
  readonly core: EngineCore;
  readonly files: PageFiles;
  readonly sessions: Map<string, SessionState>;
}

/** Answers a client's messages. The engine may still be opening: calls wait for it. */
export function serve(opening: Promise<EngineCore>, files: PageFiles, port: Port): (message: ClientMessage) => void {
  const running = new Map<number, AbortController>();
  const { run: asRun, ask: asQuestion } = courtesy();
  const inTurn = (method: Call['method'], task: () => Promise<unknown>) => {
    if (method === 'run' || method === 'rows' || method === 'writeArrow') return asRun(task);
    return method === 'query' ? asQuestion(task) : task();
  };
  const sessions = new Map<string, SessionState>();
  const post = (message: WorkerMessage, transfer: Transferable[] = []) => port.postMessage(message, transfer);
  void opening.then((core) =>
    core.services.warehouse.onChange((changes) => post({ kind: 'Changes', changes: changes.map(wireChange) })),
  );
  const answer = async (id: number, call: Call) => {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const emit = (event: WireEvent) => post({ kind: 'Event', id, event });
      const context = { signal: controller.signal, emit };
      const opened = async () => handle({ core: await opening, files, sessions }, call, context);
      const value = textAnswer(call) ?? (await inTurn(call.method, opened));
      post({ kind: 'Reply', id, value }, transferable(value));
    } catch (error) {
      post({ kind: 'Failure', id, error: toWire(error) });
    } finally {
      running.delete(id);
    }
  };
  return (message) => {
    if (message.kind === 'Abort') running.get(message.id)?.abort();
    else void answer(message.id, message.call);
  };
}

function transferable(value: unknown): Transferable[] {
  const ipc = typeof value === 'object' && value !== null && 'ipc' in value ? value.ipc : value;
  return ipc instanceof Uint8Array && ipc.buffer instanceof ArrayBuffer ? [ipc.buffer] : [];
}

interface CallContext {
  readonly signal: AbortSignal;
  emit(event: WireEvent): void;
}

async function handle(server: Server, call: Call, context: CallContext): Promise<unknown> {
  const { core, files, sessions } = server;
  switch (call.method) {
    case 'start':
      return start(core);
    case 'openSession':
      sessions.set(call.session, core.session());
      return undefined;
    case 'closeSession':
      return closeSession(server, call.session, context.signal);
    case 'run':
      return run(server, call, context);
    case 'query':
      return query(server, call, context);
    case 'rows':
      return ipcStream([await core.results.rows(call.result, call, context.signal)]);
    case 'writeArrow':
      return exportArrow(server, call, context);
    case 'forget':
      return core.results.forget(call.result);
    case 'offer':
      return files.offer(call.url, call.file);
    case 'withdraw':
      return files.withdraw(call.url);
    case 'hold':
      return files.hold(call.url, call.isHeld);
    case 'take':
      return files.take(call.path);
    case 'leave':
      return files.leave(call.path);
    case 'mount':
      return files.mount(call.name, call.folder);
    case 'flush':
      return core.services.history.flush();
    case 'mountFiles':
      return files.mountFiles(call.name, call.files);
    case 'storage':
      return files.storage();
    case 'vault':
      return files.lend(call.keys);
    case 'allow':
      return files.allow(call.origins);
    case 'warehouseFiles':
      return warehouseFiles(core, context.signal);
    case 'reservePlace':
      return reservePlace();
    case 'putFile':
      return putFile(call.place, call.file, context.signal);
    case 'adoptPlace':
      return adoptPlace(call.place, context.signal);
    case 'discardPlace':
      return removePlace(call.place);
    case 'diagnose':
    case 'complete':
    case 'hover':
    case 'signatures':
      return handleText(server, call, context);
    default:
      return undefined;
  }
}

/** What takes nothing but a text is answered before the engine is open: a run waits for its text to be split. */
function textAnswer(call: Call): unknown {
  switch (call.method) {
    case 'split':
      return splitStatements(call.text);
    case 'mask':
      return maskSecrets(call.text);
    case 'format':
      return formatSql(call.text);
    default:
      return undefined;
  }
}

type TextCall = Extract<Call, { method: 'diagnose' | 'complete' | 'hover' | 'signatures' }>;

/** What the editor asks about a text and the objects that it names; nothing is run. */
async function handleText(server: Server, call: TextCall, { signal }: CallContext): Promise<unknown> {
  const { services } = server.core;
  const session = sessionOf(server, call.session);
  const ctx = statementContext({ services, session, signal, progress: NO_PROGRESS, onChange: () => {} });
  if (call.method === 'diagnose') return diagnose(call.text, ctx);
  const answer = { complete, hover, signatures }[call.method];
  return answer(call.text, call.offset, ctx);
}

async function start({ services }: EngineCore): Promise<EngineInfo> {
  const { workspace } = await services.executor();
  return { version: services.version, duckdbVersion: workspace.duckdbVersion };
}

function sessionOf({ sessions }: Server, id: string): SessionState {
  const session = sessions.get(id);
  if (!session) throw new SqlError('Internal', `there is no session ${id}`);
  return session;
}

async function closeSession({ core, sessions }: Server, id: string, signal: AbortSignal): Promise<void> {
  const session = sessions.get(id);
  sessions.delete(id);
  if (session) await endSession(session, core.services, signal);
}

async function run(server: Server, call: Call & { method: 'run' }, { signal, emit }: CallContext): Promise<void> {
  const { services, results } = server.core;
  await runScript(call.script, {
    services,
    session: sessionOf(server, call.session),
    signal,
    continueOnError: call.continueOnError,
    startedBy: call.startedBy,
    listener: runEvents(results, services.newId, emit, call.bytesLimit),
  });
}

async function exportArrow(
  server: Server,
  { session, result, location }: Extract<Call, { method: 'writeArrow' }>,
  { signal, emit }: CallContext,
): Promise<readonly Change[]> {
  const { services, results } = server.core;
  const changes: Change[] = [];
  const sink = progressSink((progress) => emit({ kind: 'progress', index: 0, progress }));
  const ctx = statementContext({
    ...{ services, session: sessionOf(server, session), signal, progress: { ...NO_PROGRESS, ...sink } },
    onChange: (change) => changes.push(wireChange(change)),
  });
  await services.warehouse.refresh(signal);
  await writeArrow(results.read(result), locationOf(location, { start: 0, end: location.length }), ctx);
  return changes;
}

/** The whole result of one statement, for lists that the console itself needs. */
async function query(server: Server, call: Call & { method: 'query' }, { signal }: CallContext): Promise<WireRows> {
  let columns: Schema = [];
  const batches: RecordBatch[] = [];
  const failure: { error: unknown } = { error: undefined };
  const { services } = server.core;
  await runScript(call.sql, {
    services,
    session: sessionOf(server, call.session),
    signal,
    continueOnError: false,
    startedBy: 'Console',
    listener: {
      ...NO_LISTENER,
      columns: (_index, schema) => {
        columns = schema;
      },
      batch: async (_index, batch) => {
        batches.push(batch);
      },
      failed: (_index, error) => {
        failure.error = error;
      },
      cancelled: () => {
        failure.error = signal.reason;
      },
    },
  });
  if (failure.error !== undefined) throw failure.error;
  return { columns, ipc: rowsAsIpc(batches, columns) };
}
