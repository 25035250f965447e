import './WorksheetTabs.css';
import { Columns2, Copy, Download, PencilLine, Pin, PinOff, Plus, Square, SquareTerminal, X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { IconButton } from '../../components/Button.tsx';
import { Dot } from '../../components/Chip.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import { TextField } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { ContextMenu, type MenuEntry } from '../../components/Menu.tsx';
import { saveText } from '../../data/download.ts';
import { forgetView } from '../../data/kept-view.ts';
import { unseenEnds } from '../../data/run-ends.ts';
import { endRuns, runOf } from '../../data/runs.ts';
import {
  changeWorksheet,
  closedWorksheets,
  closeWorksheet,
  freeName,
  moveTab,
  newWorksheet,
  openWorksheet,
  pinTab,
  reopenWorksheet,
  showAlone,
  showBeside,
  tabs,
  useTabs,
  useWorksheets,
  type Worksheet,
} from '../../data/worksheets.ts';
import { cx } from '../../lib/cx.ts';
import { useCommand } from '../../lib/hotkeys/dispatch.ts';
import { messages, useMessages } from '../../lib/messages/messages.ts';
import { useStore } from '../../lib/store.ts';
import { useChosenInView } from '../../lib/use-chosen-in-view.ts';

export function WorksheetTabs() {
  const { worksheet: words } = useMessages();
  const all = useWorksheets();
  const { open, active, pinned, split } = useTabs();
  const [renamed, setRenamed] = useState<Worksheet>();
  const list = useChosenInView(`${active} ${open.length}`);
  useTabCommands();
  useCommand('renameWorksheet', () => setRenamed(all.get(active ?? '')), active !== undefined);
  const sheets = open.flatMap((id) => all.get(id) ?? []);
  return (
    <div className="tabs">
      <div ref={list} className="tab-list" role="tablist" aria-label={words.tabs}>
        {sheets.map((sheet) => (
          <Tab
            key={sheet.id}
            sheet={sheet}
            isActive={sheet.id === active}
            isBeside={sheet.id !== active && (sheet.id === split?.left || sheet.id === split?.right)}
            isPinned={pinned.includes(sheet.id)}
            onRename={() => setRenamed(sheet)}
          />
        ))}
      </div>
      <IconButton icon={Plus} label={words.new} command="newWorksheet" className="tab-new" onClick={addWorksheet} />
      {renamed && <RenameDialog sheet={renamed} onClose={() => setRenamed(undefined)} />}
    </div>
  );
}

function addWorksheet(): void {
  newWorksheet(freeName(messages().worksheet.untitled));
}

/** Closes it, ends what runs in it and forgets what was seen in it. */
function close(id: string): void {
  closeWorksheet(id);
  endRuns(id);
  forgetView(id);
}

function useTabCommands(): void {
  const { open, active, pinned, split } = useTabs();
  const isOpen = active !== undefined;
  const isPinned = pinned.includes(active ?? '');
  const go = (step: 1 | -1) => {
    const next = beside(open, active, step);
    if (next !== undefined) openWorksheet(next);
  };
  useCommand('newWorksheet', addWorksheet);
  useCommand('closeWorksheet', () => close(active ?? ''), isOpen);
  useCommand('reopenWorksheet', reopenWorksheet);
  useCommand('nextWorksheet', () => go(1), open.length > 1);
  useCommand('previousWorksheet', () => go(-1), open.length > 1);
  useCommand('pinWorksheet', () => pinTab(active ?? '', !isPinned), isOpen);
  useCommand(
    'splitWorksheets',
    () => (split ? showAlone() : showBeside(beside(open, active, 1) ?? '')),
    open.length > 1,
  );
}

/** Around the ends. */
function beside(open: readonly string[], id: string | undefined, step: 1 | -1): string | undefined {
  return open[(open.indexOf(id ?? '') + step + open.length) % open.length];
}

interface TabProps {
  readonly sheet: Worksheet;
  readonly isActive: boolean;
  /** Shown, but not the active one. */
  readonly isBeside: boolean;
  readonly isPinned: boolean;
  readonly onRename: () => void;
}

function Tab({ sheet, isActive, isBeside, isPinned, onRename }: TabProps) {
  const { worksheet: words, ended } = useMessages();
  const unseen = useStore(unseenEnds).get(sheet.id);
  const isRunning = useStore(runOf(sheet.id))?.isActive === true;
  return (
    <ContextMenu entries={tabEntries(sheet, isPinned, onRename)}>
      <div className={cx('tab', isActive && 'is-active', isBeside && 'is-beside')} role="presentation">
        <button
          type="button"
          className="tab-name"
          role="tab"
          aria-selected={isActive}
          tabIndex={isActive ? 0 : -1}
          onClick={() => openWorksheet(sheet.id)}
          onDoubleClick={onRename}
          onKeyDown={(event) => pressTab(event, sheet.id, onRename)}
          onAuxClick={(event) => event.button === 1 && close(sheet.id)}
        >
          {isRunning && <Dot tone="info" isLive />}
          {!isRunning && unseen && <Dot tone={unseen === 'failed' ? 'err' : 'ok'} />}
          {!isRunning && !unseen && <Icon of={isPinned ? Pin : SquareTerminal} />}
          <span className="cut">{sheet.name}</span>
          {isPinned && <span className="sr">{words.pinned}</span>}
          {isRunning && <span className="sr"> {words.running}</span>}
          {!isRunning && unseen && <span className="sr"> {ended.badge}</span>}
        </button>
        {isActive && !isPinned && (
          // For the pointer only, since a tab list may hold nothing but tabs: Delete and the menu do the same.
          <span className="tab-close" title={words.close(sheet.name)} aria-hidden onClick={() => close(sheet.id)}>
            <Icon of={X} size="s" />
          </span>
        )}
      </div>
    </ContextMenu>
  );
}

/** Arrows go along the tabs, with Alt they take the tab along. */
function pressTab(event: KeyboardEvent, id: string, onRename: () => void): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : undefined;
  if (step !== undefined && event.altKey) moveTab(id, step);
  else if (step !== undefined) goBeside(event.currentTarget, id, step);
  else if (event.key === 'Delete') close(id);
  else if (event.key === 'F2') onRename();
  else return;
  event.preventDefault();
}

function goBeside(tab: EventTarget & Element, id: string, step: 1 | -1): void {
  const { open } = tabs.get();
  const next = open[open.indexOf(id) + step];
  if (next === undefined) return;
  openWorksheet(next);
  const list = tab.closest('[role=tablist]');
  requestAnimationFrame(() => list?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus());
}

function tabEntries(sheet: Worksheet, isPinned: boolean, onRename: () => void): readonly MenuEntry[] {
  const { worksheet: words, common } = messages();
  const { open, pinned, split } = tabs.get();
  const { id, name } = sheet;
  const others = open.filter((other) => other !== id && !pinned.includes(other));
  return [
    { kind: 'Action', label: common.rename, icon: PencilLine, run: onRename },
    {
      kind: 'Action',
      label: words.duplicate,
      icon: Copy,
      run: () => void newWorksheet(freeName(words.untitled), sheet.text),
    },
    { kind: 'Action', label: words.download, icon: Download, run: () => download(sheet) },
    { kind: 'Line' },
    {
      kind: 'Action',
      label: isPinned ? words.unpin : words.pin,
      icon: isPinned ? PinOff : Pin,
      run: () => pinTab(id, !isPinned),
    },
    ...(open.length > 1 && split?.right !== id
      ? [{ kind: 'Action', label: words.showBeside, icon: Columns2, run: () => showBeside(id) } as const]
      : []),
    ...(split ? [{ kind: 'Action', label: words.showAlone, icon: Square, run: showAlone } as const] : []),
    { kind: 'Line' },
    { kind: 'Action', label: words.close(name), icon: X, run: () => close(id) },
    { kind: 'Action', label: words.closeOthers, run: () => others.forEach(close) },
  ];
}

/** Worksheets that were closed, to open again. */
export function useClosedEntries(): readonly MenuEntry[] {
  const all = useWorksheets();
  const open = useTabs();
  return closedWorksheets(all, open).map(({ id, name }) => ({
    kind: 'Action',
    label: name,
    icon: SquareTerminal,
    run: () => openWorksheet(id),
  }));
}

function download({ name, text }: Worksheet): void {
  saveText(`${name}.sql`, text);
}

function RenameDialog({ sheet, onClose }: { readonly sheet: Worksheet; readonly onClose: () => void }) {
  const { worksheet: words, common } = useMessages();
  const [name, setName] = useState(sheet.name);
  const rename = () => {
    if (name.trim() !== '') changeWorksheet(sheet.id, { name: name.trim() });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={words.rename}>
      <DialogForm action={common.rename} onClose={onClose} onSubmit={rename}>
        <TextField label={words.name} value={name} onChange={setName} onFocus={(event) => event.target.select()} />
      </DialogForm>
    </Dialog>
  );
}
