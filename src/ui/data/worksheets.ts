import type { ParameterValues } from '../lib/parameters.ts';
import { persisted } from '../lib/persisted.ts';
import { type Store, store, useStore } from '../lib/store.ts';
import { deleteRecord } from './database.ts';
import { type KeptWorksheet, keptWorksheet, keptWorksheets, putWorksheet, writeWorksheet } from './kept-worksheets.ts';
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

/** Reads what was kept, once. Opens a first worksheet when there is none. */
export async function loadWorksheets(nameOf: (number: number) => string): Promise<void> {
  const kept = await keptWorksheets().catch((error: unknown) => {
    saving.set({ kind: 'NotSaved', error });
    return [];
  });
  for (const { sheet, edition } of kept) editions.set(sheet.id, edition);
  worksheets.set(new Map(kept.map(({ sheet }) => [sheet.id, sheet])));
  tabs.set(withOnly(tabs.get(), (id) => worksheets.get()?.has(id) === true));
  if (tabs.get().open.length === 0) newWorksheet(nameOf(1));
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
  if (!sheet) return;
  const { name = sheet.name, text = sheet.text, parameters = sheet.parameters } = change;
  // An editor also tells what it was given to show.
  if (name === sheet.name && text === sheet.text && parameters === sheet.parameters) return;
  put({ ...sheet, ...change, changedAt: Date.now() });
}

function put(sheet: Worksheet): void {
  show(sheet);
  scheduleSave(sheet.id);
}

function show(sheet: Worksheet): void {
  worksheets.set(new Map([...(worksheets.get() ?? NONE), [sheet.id, sheet]]));
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
  for (const sheet of sheets) await putWorksheet(sheet);
}

let timer: ReturnType<typeof setTimeout> | undefined;

function scheduleSave(id: string): void {
  unsaved.add(id);
  saving.set({ kind: 'Saving' });
  clearTimeout(timer);
  timer = setTimeout(() => void saveNow(), SAVE_AFTER);
}

let written: Promise<void> = Promise.resolve();

/**
 * Writes what is not written yet; also when the page is about to be hidden. One after another: only then is it known
 * which edition a text was made from, and none is taken for that of another tab.
 */
export function saveNow(): Promise<void> {
  clearTimeout(timer);
  written = written.then(saveUnsaved);
  return written;
}

async function saveUnsaved(): Promise<void> {
  const ids = [...unsaved];
  unsaved.clear();
  if (ids.length === 0 || isOver) return;
  const ends = await Promise.allSettled(ids.map(saveOne));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) noteFailure(failed.reason);
  else if (unsaved.size === 0) saving.set({ kind: 'Saved', at: Date.now() });
}

async function saveOne(id: string): Promise<void> {
  const sheet = worksheets.get()?.get(id);
  // Until the person has chosen one of two versions, both stay.
  if (!sheet || conflicts.get().has(id)) return;
  writing.add(id);
  try {
    const written = await writeWorksheet(sheet, editions.get(id));
    if (written.kind === 'Overtaken') meet(sheet, written.by);
    else editions.set(id, written.edition);
    channel.postMessage(id);
  } catch (error) {
    // With the next one that is written.
    unsaved.add(id);
    throw error;
  } finally {
    writing.delete(id);
  }
}

function noteFailure(error: unknown): void {
  saving.set({ kind: 'NotSaved', error });
}

/** The edition of each worksheet that this tab's text was made from. */
const editions = new Map<string, string | undefined>();
const writing = new Set<string>();
const channel = new BroadcastChannel('boathouse/worksheets');

/** Worksheets that were changed here and in another tab at once, as the other tab has them. */
export const conflicts: Store<Worksheets> = store<Worksheets>(NONE);

/** What another tab has written while this one has changes of its own. */
function meet(mine: Worksheet, { sheet: theirs, edition }: KeptWorksheet): void {
  editions.set(mine.id, edition);
  if (theirs.text !== mine.text) conflicts.set(new Map([...conflicts.get(), [mine.id, theirs]]));
}

/** Shows what other tabs write. Returns the way to stop. */
export function followWorksheets(): () => void {
  channel.onmessage = ({ data: id }: MessageEvent<string>) => void takeOver(id);
  return () => {
    channel.onmessage = null;
  };
}

async function takeOver(id: string): Promise<void> {
  const kept = await keptWorksheet(id);
  // What is about to be written here finds out by itself that it was overtaken.
  if (!kept || isOver || kept.edition === editions.get(id) || unsaved.has(id) || writing.has(id)) return;
  const mine = worksheets.get()?.get(id);
  if (mine && conflicts.get().has(id)) return meet(mine, kept);
  editions.set(id, kept.edition);
  show(kept.sheet);
}

/** Ends a conflict: one of the two texts stays, or theirs becomes a worksheet of its own. */
export function settleConflict(id: string, keep: 'mine' | 'theirs' | 'both'): void {
  const theirs = conflicts.get().get(id);
  if (!theirs) return;
  const left = new Map(conflicts.get());
  left.delete(id);
  conflicts.set(left);
  if (keep === 'both') addBeside(theirs);
  if (keep === 'theirs') show(theirs);
  else scheduleSave(id);
}

/** In a tab of its own, which is not shown yet. */
function addBeside(sheet: Worksheet): void {
  const copy = { ...sheet, id: crypto.randomUUID(), changedAt: Date.now() };
  put(copy);
  tabs.set({ ...tabs.get(), open: [...tabs.get().open, copy.id] });
}

/** Writes what is not written yet; of two texts that nobody has chosen from, this tab's becomes a worksheet of its own. */
export async function leaveWorksheets(): Promise<void> {
  for (const id of conflicts.get().keys()) {
    const mine = worksheets.get()?.get(id);
    if (mine) addBeside(mine);
  }
  await saveNow();
}
