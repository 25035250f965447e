import './WorksheetTabs.css';
import { Copy, Download, PencilLine, Plus, SquareTerminal, X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { Button, IconButton } from '../../components/Button.tsx';
import { Dot } from '../../components/Chip.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { TextField } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { ContextMenu, type MenuEntry } from '../../components/Menu.tsx';
import { saveText } from '../../data/download.ts';
import { endRuns, runOf } from '../../data/runs.ts';
import {
  changeWorksheet,
  closedWorksheets,
  closeWorksheet,
  freeName,
  moveTab,
  newWorksheet,
  openWorksheet,
  tabs,
  useTabs,
  useWorksheets,
  type Worksheet,
} from '../../data/worksheets.ts';
import { cx } from '../../lib/cx.ts';
import { useCommand } from '../../lib/hotkeys/dispatch.ts';
import { messages, useMessages } from '../../lib/messages/messages.ts';
import { useStore } from '../../lib/store.ts';

export function WorksheetTabs() {
  const { worksheet: words } = useMessages();
  const all = useWorksheets();
  const { open, active } = useTabs();
  const [renamed, setRenamed] = useState<Worksheet>();
  useTabCommands(open, active);
  const sheets = open.flatMap((id) => all.get(id) ?? []);
  return (
    <div className="tabs">
      <div className="tab-list" role="tablist" aria-label={words.tabs}>
        {sheets.map((sheet) => (
          <Tab key={sheet.id} sheet={sheet} isActive={sheet.id === active} onRename={() => setRenamed(sheet)} />
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

/** Ends what runs in it, then closes it. */
function close(id: string): void {
  closeWorksheet(id);
  endRuns(id);
}

function useTabCommands(open: readonly string[], active: string | undefined): void {
  const go = (step: 1 | -1) => {
    const next = open[(open.indexOf(active ?? '') + step + open.length) % open.length];
    if (next !== undefined) openWorksheet(next);
  };
  useCommand('newWorksheet', addWorksheet);
  useCommand('closeWorksheet', () => close(active ?? ''), active !== undefined);
  useCommand('nextWorksheet', () => go(1), open.length > 1);
  useCommand('previousWorksheet', () => go(-1), open.length > 1);
}

interface TabProps {
  readonly sheet: Worksheet;
  readonly isActive: boolean;
  readonly onRename: () => void;
}

function Tab({ sheet, isActive, onRename }: TabProps) {
  const { worksheet: words } = useMessages();
  const isRunning = useStore(runOf(sheet.id))?.isActive === true;
  return (
    <ContextMenu entries={tabEntries(sheet, onRename)}>
      <div className={cx('tab', isActive && 'is-active')} role="presentation">
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
          {isRunning ? <Dot tone="info" isLive /> : <Icon of={SquareTerminal} />}
          <span className="cut">{sheet.name}</span>
          {isRunning && <span className="sr">{words.running}</span>}
        </button>
        {isActive && (
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

function tabEntries(sheet: Worksheet, onRename: () => void): readonly MenuEntry[] {
  const { worksheet: words, common } = messages();
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
    { kind: 'Action', label: words.close(sheet.name), icon: X, run: () => close(sheet.id) },
    {
      kind: 'Action',
      label: words.closeOthers,
      run: () => {
        for (const id of tabs.get().open) if (id !== sheet.id) close(id);
      },
    },
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
  return (
    <Dialog open onClose={onClose} title={words.rename}>
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') changeWorksheet(sheet.id, { name: name.trim() });
          onClose();
        }}
      >
        <TextField label={words.name} value={name} onChange={setName} onFocus={(event) => event.target.select()} />
        <div className="dialog-foot">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" look="primary">
            {common.rename}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
