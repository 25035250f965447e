import { persisted } from '../lib/persisted.ts';
import { type Store, store, useStore } from '../lib/store.ts';
import { allRecords, deleteRecord, putRecord } from './database.ts';
import { type Sealed, seal, unseal } from './vault.ts';

export interface Worksheet {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

/** The tabs: which worksheets are open, in which order, which one is shown. */
export interface Tabs {
  readonly open: readonly string[];
  readonly active: string | undefined;
}

export type Saving =
  | { readonly kind: 'Saved'; readonly at: number }
  | { readonly kind: 'Saving' }
  | { readonly kind: 'NotSaved'; readonly error: unknown };

/** Saved this long after the last key. */
const SAVE_AFTER = 250;
const SHOWN_CLOSED = 20;

type Worksheets = ReadonlyMap<string, Worksheet>;

/** All worksheets, open and closed; undefined until they are read. */
export const worksheets: Store<Worksheets | undefined> = store<Worksheets | undefined>(undefined);
export const tabs: Store<Tabs> = persisted('tabs', { open: [], active: undefined }, readTabs);
export const saving: Store<Saving> = store<Saving>({ kind: 'Saved', at: 0 });

function readTabs(kept: unknown): Tabs | undefined {
  if (typeof kept !== 'object' || kept === null || !('open' in kept) || !Array.isArray(kept.open)) return undefined;
  const open = kept.open.filter((id): id is string => typeof id === 'string');
  const active = 'active' in kept && typeof kept.active === 'string' ? kept.active : undefined;
  return { open, active };
}

interface Kept {
  readonly id: string;
  readonly name: string;
  readonly changedAt: number;
  readonly sealed: Sealed;
}

/** Reads what was kept, once. Opens a first worksheet when there is none. */
export async function loadWorksheets(nameOf: (number: number) => string): Promise<void> {
  const kept = await allRecords('worksheets').catch((error: unknown) => {
    saving.set({ kind: 'NotSaved', error });
    return [];
  });
  const read = await Promise.all(kept.map((record) => unsealWorksheet(record as Kept)));
  worksheets.set(new Map(read.filter((sheet) => sheet !== undefined).map((sheet) => [sheet.id, sheet])));
  const open = tabs.get().open.filter((id) => worksheets.get()?.has(id));
  tabs.set({ open, active: open.includes(tabs.get().active ?? '') ? tabs.get().active : open[0] });
  if (open.length === 0) newWorksheet(nameOf(1));
}

/** A record that the key does not open was sealed by a profile that is gone; it can only be left. */
async function unsealWorksheet({ sealed, ...rest }: Kept): Promise<Worksheet | undefined> {
  const text = await unseal(sealed).catch(() => undefined);
  return text === undefined ? undefined : { ...rest, text };
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
export function closedWorksheets(all: Worksheets, { open }: Tabs): readonly Worksheet[] {
  return [...all.values()]
    .filter(({ id, text }) => !open.includes(id) && text.trim() !== '')
    .sort((a, b) => b.changedAt - a.changedAt)
    .slice(0, SHOWN_CLOSED);
}

export function newWorksheet(name: string, text = ''): Worksheet {
  const sheet: Worksheet = { id: crypto.randomUUID(), name, text, changedAt: Date.now() };
  put(sheet);
  openWorksheet(sheet.id);
  return sheet;
}

/** A worksheet of the console's own under a fixed name, made when it is not there; no tab is opened for it. */
export function ownWorksheet(id: string, name: string): void {
  if (!worksheets.get()?.has(id)) put({ id, name, text: '', changedAt: Date.now() });
}

/** The least number whose name is free. */
export function freeName(nameOf: (number: number) => string): string {
  const taken = new Set([...(worksheets.get() ?? NONE).values()].map(({ name }) => name));
  let number = 1;
  while (taken.has(nameOf(number))) number++;
  return nameOf(number);
}

export function openWorksheet(id: string): void {
  const { open } = tabs.get();
  tabs.set({ open: open.includes(id) ? open : [...open, id], active: id });
}

/** An empty one is forgotten, any other can be opened again. */
export function closeWorksheet(id: string): void {
  const { open, active } = tabs.get();
  const at = open.indexOf(id);
  const left = open.filter((other) => other !== id);
  tabs.set({ open: left, active: active === id ? (left[at] ?? left.at(-1)) : active });
  const sheet = worksheets.get()?.get(id);
  if (sheet && sheet.text.trim() === '') forget(id);
}

export function moveTab(id: string, step: 1 | -1): void {
  const open = [...tabs.get().open];
  const from = open.indexOf(id);
  const to = from + step;
  if (from < 0 || to < 0 || to >= open.length) return;
  open.splice(from, 1);
  open.splice(to, 0, id);
  tabs.set({ ...tabs.get(), open });
}

export function changeWorksheet(id: string, change: Partial<Pick<Worksheet, 'name' | 'text'>>): void {
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
  for (const { text, ...rest } of sheets) {
    const kept: Kept = { ...rest, sealed: await seal(text) };
    await putRecord('worksheets', rest.id, kept);
  }
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
  const { text, ...rest } = sheet;
  const kept: Kept = { ...rest, sealed: await seal(text) };
  await putRecord('worksheets', id, kept);
}

function noteFailure(error: unknown): void {
  saving.set({ kind: 'NotSaved', error });
}
