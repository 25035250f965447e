import { SqlError, type WarehouseFile } from '../../engine/index.ts';
import { messages } from '../lib/messages/messages.ts';
import { allPersisted, forgetPersisted, restorePersisted } from '../lib/persisted.ts';
import { TarDamage } from '../lib/tar.ts';
import { saveBlob } from './download.ts';
import { consoleSession, engine } from './engine.ts';
import { withoutSecrets } from './keeping.ts';
import { forgetViews } from './kept-view.ts';
import { type Opened, openedBy } from './network.ts';
import { askRecords } from './rows.ts';
import { addVersions, allVersions } from './versions.ts';
import { addWorksheets, endSaving, saveNow, worksheets } from './worksheets.ts';
import {
  type CarriedSheet,
  type CarriedVersion,
  type Contents,
  conflictsOf,
  readWorkspace,
  sheetsToAdd,
  type Workspace,
  workspaceName,
  workspaceParts,
} from './workspace-file.ts';

/** How far something long has come. */
export interface Part {
  readonly files: number;
  readonly filesTotal: number;
  readonly bytes: number;
  readonly bytesTotal: number;
}

export interface Watched {
  readonly signal: AbortSignal;
  readonly onPart: (part: Part) => void;
}

/** Chromium's, as what follows; TypeScript's DOM does not know it. */
interface RemovableHandle extends FileSystemFileHandle {
  remove?(): Promise<void>;
}

interface SavingWindow {
  showSaveFilePicker?(options: { readonly suggestedName: string }): Promise<FileSystemFileHandle>;
}

const saving = globalThis as SavingWindow;

/**
 * Where the archive is to be written; must be called from what the person did. `Download` where the browser cannot
 * ask; undefined when the person changed their mind.
 */
export async function pickTarget(): Promise<FileSystemFileHandle | 'Download' | undefined> {
  if (!saving.showSaveFilePicker) return 'Download';
  try {
    return await saving.showSaveFilePicker({ suggestedName: workspaceName(new Date()) });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}

/** Writes everything but secrets into one file, piece by piece. */
export async function exportWorkspace(target: FileSystemFileHandle | 'Download', how: Watched): Promise<string> {
  try {
    return await writeWorkspace(target, how);
  } catch (error) {
    if (target !== 'Download') await removeEmpty(target);
    throw error;
  }
}

async function writeWorkspace(target: FileSystemFileHandle | 'Download', how: Watched): Promise<string> {
  const now = new Date();
  const warehouse = await engine().archive.files(how.signal);
  const carried = {
    exportedAt: now.getTime(),
    contents: await contentsHere(how.signal),
    files: warehouse.length,
    worksheets: await maskedSheets(),
    versions: await maskedVersions(),
    settings: allPersisted(),
  };
  const archive = new Blob([...workspaceParts(carried, warehouse)], { type: 'application/x-tar' });
  if (target === 'Download') {
    saveBlob(workspaceName(now), archive);
    return workspaceName(now);
  }
  const total = { filesTotal: warehouse.length, bytesTotal: archive.size };
  await pour(archive, await target.createWritable(), how.signal, (bytes) => how.onPart({ ...total, files: 0, bytes }));
  return target.name;
}

/** What fails leaves the file as it was before; one that the picker has just made was empty. */
async function removeEmpty(target: RemovableHandle): Promise<void> {
  if ((await target.getFile()).size === 0) await target.remove?.();
}

/** Not by a pipe: once that has read the last piece, it hears of no signal until all is written. */
async function pour(
  from: Blob,
  to: WritableStream<Uint8Array>,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const reader = from.stream().getReader();
  const writer = to.getWriter();
  // What is being written ends with the reason of the signal.
  const stop = () => void writer.abort(signal.reason).catch(() => undefined);
  signal.addEventListener('abort', stop);
  try {
    let bytes = 0;
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      signal.throwIfAborted();
      bytes += step.value.length;
      onBytes(bytes);
      await writer.write(step.value);
    }
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    await reader.cancel();
  }
}

async function maskedSheets(): Promise<readonly CarriedSheet[]> {
  const sheets = [...(worksheets.get()?.values() ?? [])].filter(({ text }) => text.trim() !== '');
  return Promise.all(
    sheets.map(async (sheet) => {
      const { id, name, changedAt } = sheet;
      const { sql, parameters } = await withoutSecrets(sheet);
      return { id, name, text: sql, parameters, changedAt };
    }),
  );
}

async function maskedVersions(): Promise<readonly CarriedVersion[]> {
  return Promise.all((await allVersions()).map(async (version) => ({ ...version, text: await mask(version.text) })));
}

function mask(text: string): Promise<string> {
  return consoleSession().mask(text);
}

const KINDS = {
  tables: `SELECT concat(database, '.', name) AS name FROM system.tables WHERE engine <> 'System'`,
  views: `SELECT concat(database, '.', name) AS name FROM system.views`,
  streams: `SELECT concat(database, '.', name) AS name FROM system.streams`,
  stages: 'SELECT name FROM system.stages',
  fileFormats: 'SELECT name FROM system.file_formats',
  tasks: 'SELECT name FROM system.tasks',
  connections: 'SELECT name FROM system.connections',
} as const;

async function contentsHere(signal: AbortSignal): Promise<Contents> {
  const found: { [kind: string]: readonly string[] } = {};
  for (const [kind, sql] of Object.entries(KINDS)) {
    found[kind] = (await askRecords(sql, signal)).map(({ name }) => name ?? '');
  }
  return found;
}

export interface Question {
  readonly workspace: Workspace;
  readonly replaced: readonly string[];
  readonly lost: readonly string[];
  readonly worksheets: number;
  /** Whom its statements might contact there, and may not here. */
  readonly opened: Opened | undefined;
}

/** What an import of the file would do; throws what a person can read where it is no workspace. */
export async function lookIntoWorkspace(file: File, signal: AbortSignal): Promise<Question> {
  const workspace = await readOrExplain(file);
  const added = sheetsOf(workspace).length;
  const opened = openedBy(workspace.settings['reach']);
  return { workspace, worksheets: added, opened, ...conflictsOf(await contentsHere(signal), workspace.contents) };
}

async function readOrExplain(file: File): Promise<Workspace> {
  const { workspace: words } = messages().settings;
  try {
    const workspace = await readWorkspace(file);
    if (workspace) return workspace;
  } catch (error) {
    if (!(error instanceof TarDamage)) throw error;
    if (error.kind === 'CutShort') throw new SqlError('BadBytes', words.cutShort(file.name), { cause: error });
  }
  throw new SqlError('BadBytes', words.noWorkspace(file.name));
}

function sheetsOf({ worksheets: carried }: Workspace): readonly CarriedSheet[] {
  const { workspace: words } = messages().settings;
  const rename = (sheet: CarriedSheet) => ({ ...sheet, id: crypto.randomUUID(), name: words.broughtBack(sheet.name) });
  return sheetsToAdd(worksheets.get() ?? new Map(), carried, rename);
}

/** Brings the workspace back. Until the last step nothing that is here has changed; then the page is loaded anew. */
export async function importWorkspace(workspace: Workspace, { signal, onPart }: Watched): Promise<void> {
  const total = { filesTotal: workspace.warehouse.length, bytesTotal: workspace.bytes };
  let [files, bytes] = [0, 0];
  const onFile = ({ content }: WarehouseFile) => {
    files++;
    bytes += content.size;
    onPart({ ...total, files, bytes });
  };
  await engine().archive.restore(inOrder(workspace.warehouse), { signal, onFile });
  await saveNow();
  const added = sheetsOf(workspace);
  await addWorksheets(added.map((sheet) => ({ ...sheet, parameters: sheet.parameters ?? {} })));
  await addVersions(workspace.versions);
  restorePersisted({ ...settingsOf(workspace), ...mergedTabs(workspace, added) });
}

/** All but a list that would let statements contact more than the one here. */
function settingsOf({ settings }: Workspace): Workspace['settings'] {
  const { reach, ...others } = settings;
  return openedBy(reach) ? others : settings;
}

async function* inOrder<Value>(values: readonly Value[]): AsyncGenerator<Value> {
  yield* values;
}

/** Those that are open here stay open, unless nothing is written there. */
function mergedTabs(workspace: Workspace, added: readonly CarriedSheet[]): { readonly [key: string]: string } {
  const { tabs: here } = allPersisted();
  const { tabs: there } = workspace.settings;
  const open = [...openOf(there), ...openOf(here).filter((id) => worksheets.get()?.get(id)?.text.trim())];
  const moved = added.filter(({ id }) => !open.includes(id)).map(({ id }) => id);
  return { tabs: JSON.stringify({ open: [...new Set([...open, ...moved])], active: open[0] }) };
}

function openOf(kept = '{}'): readonly string[] {
  const tabs: unknown = JSON.parse(kept);
  if (typeof tabs !== 'object' || tabs === null || !('open' in tabs) || !Array.isArray(tabs.open)) return [];
  return tabs.open.map(String);
}

/** Removes all that this browser keeps for the console. The page has to be loaded anew. */
export async function eraseEverything(): Promise<void> {
  endSaving();
  await engine().archive.erase();
  forgetPersisted();
  forgetViews();
}

/** Loads the page anew when another tab has erased the workspace or put another in its place. */
export function followRenewal(): void {
  engine().archive.onRenewal(({ kind, over }) => {
    if (kind === 'Erased') endSaving();
    void over.then(() => {
      if (kind === 'Erased') forgetViews();
      location.reload();
    });
  });
}
