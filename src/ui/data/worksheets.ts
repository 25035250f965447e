import { type ParameterValues, readParameters } from '../lib/parameters.ts';
import { persisted } from '../lib/persisted.ts';
import { type Store, store, useStore } from '../lib/store.ts';
import { allRecords, deleteRecord, putRecord } from './database.ts';
import {
  NO_TABS,
  readTabs,
  type Tabs,
  withBeside,
  withClosed,
  withMoved,
  withOnly,
  withoutSplit,
  withPinned,
  withShown,
} from './tab-set.ts';
import { type Sealed, seal, unseal } from './vault.ts';

export interface Worksheet {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  /** What was given for the parameters of its text, now or before. */
  readonly parameters: ParameterValues;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

export type Saving =
  | { readonly kind: 'Saved'; readonly at: number }
  | { readonly kind: 'Saving' }
  | { readonly kind: 'NotSaved'; readonly error: unknown };

/** Saved this long after the last key. */
const SAVE_AFTER = 150;
const SHOWN_CLOSED = 20;

type Worksheets = ReadonlyMap<string, Worksheet>;

/** All worksheets, open and closed; undefined until they are read. */
export const worksheets: Store<Worksheets | undefined> = store<Worksheets | undefined>(undefined);
export const tabs: Store<Tabs> = persisted('tabs', NO_TABS, readTabs);
export const saving: Store<Saving> = store<Saving>({ kind: 'Saved', at: 0 });

interface Kept {
  readonly id: string;
  readonly name: string;
  readonly changedAt: number;
  readonly sealed: Sealed;
  /** As JSON; absent where an older version kept the worksheet. */
  readonly sealedParameters?: Sealed;
}

/** Reads what was kept, once. Opens a first worksheet when there is none. */
export async function loadWorksheets(nameOf: (number: number) => string): Promise<void> {
  const kept = await allRecords('worksheets').catch((error: unknown) => {
    saving.set({ kind: 'NotSaved', error });
    return [];
  });
  const read = await Promise.all(kept.map((record) => unsealWorksheet(record as Kept)));
  worksheets.set(new Map(read.filter((sheet) => sheet !== undefined).map((sheet) => [sheet.id, sheet])));
  tabs.set(withOnly(tabs.get(), (id) => worksheets.get()?.has(id) === true));
  if (tabs.get().open.length === 0) newWorksheet(nameOf(1));
}

/** A record that the key does not open was sealed by a profile that is gone; it can only be left. */
async function unsealWorksheet({ sealed, sealedParameters, ...rest }: Kept): Promise<Worksheet | undefined> {
  const text = await unseal(sealed).catch(() => undefined);
  const parameters = sealedParameters && (await unseal(sealedParameters).catch(() => undefined));
  return text === undefined ? undefined : { ...rest, text, parameters: readParameters(JSON.parse(parameters ?? '{}')) };
}

export function useWorksheets(): Worksheets {
  return useStore(worksheets) ?? NONE;
}

const NONE: Worksheets = new Map();

export function useTabs(): Tabs {
  return useStore(tabs);
}

/** The worksheet that is shown. */
export function useActiveWorksheet(): Worksheet | undefined {
  return useWorksheets().get(useTabs().active ?? '');
}

/** The last ones that were closed, newest first. */
export function closedWorksheets(all: Worksheets, { open, closed }: Tabs): readonly Worksheet[] {
  const turn = ({ id }: Worksheet) => (closed.includes(id) ? closed.indexOf(id) : closed.length);
  return [...all.values()]
    .filter(({ id, text }) => !open.includes(id) && text.trim() !== '')
    .sort((a, b) => turn(a) - turn(b) || b.changedAt - a.changedAt)
    .slice(0, SHOWN_CLOSED);
}

export function newWorksheet(name: string, text = '', parameters: ParameterValues = {}): Worksheet {
  const sheet: Worksheet = { id: crypto.randomUUID(), name, text, parameters, changedAt: Date.now() };
  put(sheet);
  openWorksheet(sheet.id);
  return sheet;
}

/** A worksheet of the console's own under a fixed name, made when it is not there; no tab is opened for it. */
export function ownWorksheet(id: string, name: string): void {
  if (!worksheets.get()?.has(id)) put({ id, name, text: '', parameters: {}, changedAt: Date.now() });
}

/** The least number whose name is free. */
export function freeName(nameOf: (number: number) => string): string {
  const taken = new Set([...(worksheets.get() ?? NONE).values()].map(({ name }) => name));
  let number = 1;
  while (taken.has(nameOf(number))) number++;
  return nameOf(number);
}

export function openWorksheet(id: string): void {
  tabs.set(withShown(tabs.get(), id));
}

/** An empty one is forgotten, any other can be opened again. */
export function closeWorksheet(id: string): void {
  tabs.set(withClosed(tabs.get(), id));
  const sheet = worksheets.get()?.get(id);
  if (sheet && sheet.text.trim() === '') forget(id);
}

/** Opens the one that was closed last; false if there is none. */
export function reopenWorksheet(): boolean {
  const [last] = closedWorksheets(worksheets.get() ?? NONE, tabs.get());
  if (last) openWorksheet(last.id);
  return last !== undefined;
}

export function moveTab(id: string, step: 1 | -1): void {
  tabs.set(withMoved(tabs.get(), id, step));
}

export function pinTab(id: string, isPinned: boolean): void {
  tabs.set(withPinned(tabs.get(), id, isPinned));
}

/** Shows a worksheet beside the active one. */
export function showBeside(id: string): void {
  tabs.set(withBeside(tabs.get(), id));
}

export function showAlone(): void {
  tabs.set(withoutSplit(tabs.get()));
}

export function changeWorksheet(id: string, change: Partial<Pick<Worksheet, 'name' | 'text' | 'parameters'>>): void {
  const sheet = worksheets.get()?.get(id);
  if (sheet) put({ ...sheet, ...change, changedAt: Date.now() });
}

function put(sheet: Worksheet): void {
  worksheets.set(new Map([...(worksheets.get() ?? NONE), [sheet.id, sheet]]));
  scheduleSave(sheet.id);
}

function forget(id: string): void {
  const left = new Map(worksheets.get() ?? NONE);
  left.delete(id);
  worksheets.set(left);
  unsaved.delete(id);
  void deleteRecord('worksheets', id).catch(noteFailure);
}

const unsaved = new Set<string>();
let isOver = false;

/** Keeps nothing from now on: what is here is being erased. */
export function endSaving(): void {
  isOver = true;
}

/** Adds worksheets that were brought back; the page shows them when it is loaded anew. */
export async function addWorksheets(sheets: readonly Worksheet[]): Promise<void> {
  for (const sheet of sheets) await putRecord('worksheets', sheet.id, await sealWorksheet(sheet));
}

let timer: ReturnType<typeof setTimeout> | undefined;

function scheduleSave(id: string): void {
  unsaved.add(id);
  saving.set({ kind: 'Saving' });
  clearTimeout(timer);
  timer = setTimeout(() => void saveNow(), SAVE_AFTER);
}

/** Writes what is not written yet; also when the page is about to be hidden. */
export async function saveNow(): Promise<void> {
  clearTimeout(timer);
  const ids = [...unsaved];
  unsaved.clear();
  if (ids.length === 0 || isOver) return;
  try {
    await Promise.all(ids.map(saveOne));
    if (unsaved.size === 0) saving.set({ kind: 'Saved', at: Date.now() });
  } catch (error) {
    noteFailure(error);
  }
}

async function saveOne(id: string): Promise<void> {
  const sheet = worksheets.get()?.get(id);
  if (!sheet) return;
  await putRecord('worksheets', id, await sealWorksheet(sheet));
}

async function sealWorksheet({ text, parameters, ...rest }: Worksheet): Promise<Kept> {
  const [sealed, sealedParameters] = await Promise.all([seal(text), seal(JSON.stringify(parameters))]);
  return { ...rest, sealed, sealedParameters };
}

function noteFailure(error: unknown): void {
  saving.set({ kind: 'NotSaved', error });
}
