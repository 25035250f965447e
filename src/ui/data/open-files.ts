import { isAbort, toSqlError } from '../../engine/index.ts';
import { messages } from '../lib/messages/messages.ts';
import { navigate } from '../lib/router.ts';
import { toast } from '../lib/toasts.ts';
import { nameText } from './catalog.ts';
import { queryClient } from './client.ts';
import { currentDatabase } from './database-of.ts';
import { engine, engineState } from './engine.ts';
import { startRun } from './runs.ts';
import { selectOfFile, uploadFile } from './uploads.ts';
import { changeWorksheet, newWorksheet, openWorksheet, tabs, worksheets } from './worksheets.ts';

const USER_STAGE = '@~/';

/** Copies files of this device into the user stage and opens a worksheet with a statement that shows their rows. */
export async function openFiles(files: readonly File[]): Promise<void> {
  if (engineState.get().kind !== 'Ready') return;
  const done = await uploadAll(files);
  const [first] = done;
  if (first === undefined) return;
  await showFiles(
    first,
    done.map((name) => USER_STAGE + name),
  );
}

/** What the desktop hands to the installed console. Chromium's; TypeScript's DOM does not know it. */
interface LaunchWindow {
  readonly launchQueue?: {
    setConsumer(take: (launch: { readonly files: readonly FileSystemFileHandle[] }) => void): void;
  };
}

/** Opens the preview of a file that the desktop opens with the console. */
export function followLaunches(): void {
  const { launchQueue } = globalThis as LaunchWindow;
  launchQueue?.setConsumer(({ files }) => void openLaunched(files));
}

async function openLaunched(handles: readonly FileSystemFileHandle[]): Promise<void> {
  if (handles.length === 0) return;
  await engine().ready;
  const files = await Promise.all(handles.map((handle) => handle.getFile()));
  const [file] = await uploadAll(files);
  if (file !== undefined) navigate({ place: 'stages', path: ['~'], query: { file } });
}

/** Gives the names of those that are there now; of the others the person is told. */
async function uploadAll(files: readonly File[]): Promise<readonly string[]> {
  const { upload } = messages();
  const { signal } = new AbortController();
  const done: string[] = [];
  for (const file of files) {
    try {
      await uploadFile(file, USER_STAGE, { signal });
      done.push(file.name);
    } catch (error) {
      if (!isAbort(error)) toast({ title: upload.failed(file.name), text: toSqlError(error).message, isFailure: true });
    }
  }
  const [first] = done;
  if (first !== undefined) toast({ title: done.length === 1 ? upload.done(first) : upload.doneMany(done.length) });
  return done;
}

/** Opens a worksheet that shows the rows of staged files; what is no table is left out. */
export async function showFiles(title: string, paths: readonly string[]): Promise<void> {
  const { signal } = new AbortController();
  // A file that cannot be read says so when its statement is run, beside the statement.
  const selects = await Promise.all(paths.map((path) => selectOfFile(path, signal).catch(() => undefined)));
  const statements = selects.filter((sql) => sql !== undefined);
  if (statements.length > 0) showSql(title, statements.join('\n'));
}

/** In the worksheet that is shown if nothing is written there, else in a new one; gives its id. */
export function showSql(name: string, sql: string): string {
  const active = worksheets.get()?.get(tabs.get().active ?? '');
  navigate({ place: 'worksheets' });
  if (active?.text.trim() !== '') return newWorksheet(name, sql).id;
  changeWorksheet(active.id, { text: sql, name });
  openWorksheet(active.id);
  return active.id;
}

/** Shows a statement and runs it. In the database of another worksheet, where its names are looked up there. */
export async function runSql(name: string, sql: string, from?: string): Promise<void> {
  const database = from && (await queryClient.fetchQuery(currentDatabase(from)));
  const use = database && database !== 'default' ? `USE ${nameText(database)};\n` : '';
  const text = use + sql;
  await startRun(showSql(name, text), { text, span: { start: 0, end: text.length }, continueOnError: false });
}
