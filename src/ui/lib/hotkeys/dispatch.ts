import { useEffect, useRef } from 'react';
import { isTextField } from '../focus.ts';
import { persisted } from '../persisted.ts';
import { type Store, store, useStore } from '../store.ts';
import { COMMAND_IDS, COMMANDS, type Command, type CommandId } from './commands.ts';
import { matchesStroke, type Platform, parseKeys, platform, type Stroke } from './keys.ts';

/** How long the second key of a sequence may take. */
const LEADER_MS = 2000;
const DOUBLE_MS = 500;

/** Keys that the person chose instead of ours. */
export type Keymap = { readonly [K in CommandId]?: readonly string[] };

export const keymap: Store<Keymap> = persisted('keymap', {}, readKeymap);

function readKeymap(kept: unknown): Keymap | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const known = Object.entries(kept).filter(
    (entry): entry is [CommandId, string[]] =>
      entry[0] in COMMANDS && Array.isArray(entry[1]) && entry[1].every((keys) => typeof keys === 'string'),
  );
  return Object.fromEntries(known);
}

/** The keys of a command as they are now. */
export function keysOf(id: CommandId, map: Keymap = keymap.get()): readonly string[] {
  return map[id] ?? COMMANDS[id].keys;
}

export function useKeys(id: CommandId): readonly string[] {
  return keysOf(id, useStore(keymap));
}

/** What each command does now; the last that registered wins, so that a dialog may stand before the page. */
const handlers = new Map<CommandId, (() => void)[]>();
const available: Store<ReadonlySet<CommandId>> = store(new Set());

export function registerCommand(id: CommandId, run: () => void): () => void {
  handlers.set(id, [...(handlers.get(id) ?? []), run]);
  available.set(new Set(handlers.keys()));
  return () => {
    const left = (handlers.get(id) ?? []).filter((other) => other !== run);
    if (left.length > 0) handlers.set(id, left);
    else handlers.delete(id);
    available.set(new Set(handlers.keys()));
  };
}

/** Makes a command do something while the component is there (and `enabled`). */
export function useCommand(id: CommandId, run: () => void, enabled = true): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => (enabled ? registerCommand(id, () => latest.current()) : undefined), [id, enabled]);
}

/** The commands that would do something now, for the palette. */
export function useAvailableCommands(): ReadonlySet<CommandId> {
  return useStore(available);
}

export function runCommand(id: CommandId): boolean {
  const run = handlers.get(id)?.at(-1);
  run?.();
  return run !== undefined;
}

/** The first keys of a sequence that waits for its second. */
export const pendingKeys: Store<string> = store('');

interface Binding {
  readonly id: CommandId;
  readonly notation: string;
  readonly strokes: readonly Stroke[];
}

function bindings(map: Keymap): readonly Binding[] {
  return COMMAND_IDS.filter((id) => COMMANDS[id].scope !== 'grid').flatMap((id) =>
    keysOf(id, map).map((notation) => ({ id, notation, strokes: parseKeys(notation) })),
  );
}

/** Listens to the keys of the page. Returns the way to stop. */
export function followKeys(target: Window, on: Platform = platform()): () => void {
  let all = bindings(keymap.get());
  let begun: readonly Binding[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stopFollowing = keymap.subscribe(() => {
    all = bindings(keymap.get());
  });

  const begin = (next: readonly Binding[]) => {
    clearTimeout(timer);
    begun = next;
    const leader = next.find(isLeader);
    pendingKeys.set(leader?.notation.split(' ')[0] ?? '');
    if (next.length > 0) timer = setTimeout(() => begin([]), leader ? LEADER_MS : DOUBLE_MS);
  };

  const press = (event: KeyboardEvent) => {
    if (event.isComposing || event.defaultPrevented || isModifier(event.key)) return;
    const completed = begun.find(({ strokes: [, stroke] }) => stroke && matchesSecond(event, stroke, on));
    begin([]);
    if (completed) return take(event, completed.id);
    const found = all.filter(({ id, strokes: [stroke] }) => {
      return stroke && matchesStroke(event, stroke, on) && mayRun(id, event);
    });
    const single = found.find(({ strokes }) => strokes.length === 1);
    if (single) return take(event, single.id);
    begin(found);
    if (found.some(isLeader)) event.preventDefault();
  };

  target.addEventListener('keydown', press, true);
  return () => {
    begin([]);
    stopFollowing();
    target.removeEventListener('keydown', press, true);
  };
}

/** Nothing below hears a key that was a command: an editor takes no notice of what is prevented. */
function take(event: KeyboardEvent, id: CommandId): void {
  if (!runCommand(id)) return;
  event.preventDefault();
  event.stopPropagation();
}

/** The first key of a sequence belongs to us if something is held with it; Escape alone stays the page's. */
function isLeader({ strokes }: Binding): boolean {
  const [first] = strokes;
  return strokes.length > 1 && first !== undefined && (first.mod || first.ctrl || first.alt);
}

/** Ctrl may still be held from the leader. */
function matchesSecond(event: KeyboardEvent, stroke: Stroke, on: Platform): boolean {
  const { key, code, altKey, shiftKey } = event;
  const released = { key, code, altKey, shiftKey, ctrlKey: false, metaKey: false };
  return matchesStroke(event, stroke, on) || matchesStroke(released, stroke, on);
}

function mayRun(id: CommandId, event: KeyboardEvent): boolean {
  const { scope }: Command = COMMANDS[id];
  return scope === 'everywhere' || event.key.startsWith('F1') || !isTextField(event.target);
}

function isModifier(key: string): boolean {
  return key === 'Control' || key === 'Shift' || key === 'Alt' || key === 'Meta';
}
