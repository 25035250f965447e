import { useQuery } from '@tanstack/react-query';
import {
  AlignLeft,
  ChevronDown,
  Database,
  Download,
  Ellipsis,
  Gauge,
  History,
  Link,
  ListTree,
  Play,
  Square,
  Upload,
} from 'lucide-react';
import { useRef, useState } from 'react';
import { Button, IconButton, SplitButton } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Menu, type MenuEntry } from '../../components/Menu.tsx';
import { currentDatabase, databaseNames, switchDatabase } from '../../data/database-of.ts';
import { engineState } from '../../data/engine.ts';
import { exportWorksheets, importWorksheets } from '../../data/keeping.ts';
import type { Run } from '../../data/runs.ts';
import { useWorksheets, type Worksheet } from '../../data/worksheets.ts';
import { messages, useMessages } from '../../lib/messages/messages.ts';
import { PROFILE_PREFIX } from '../../lib/profile.ts';
import { useStore } from '../../lib/store.ts';
import { toast } from '../../lib/toasts.ts';
import { cancel, continueOnError, explainAtCaret, formatWorksheet, runAll, runAtCaret } from './actions.ts';
import { caret } from './editor-handle.ts';
import { copyShareLink } from './share.ts';
import { VersionsDialog } from './VersionsDialog.tsx';
import { useClosedEntries } from './WorksheetTabs.tsx';

export function Toolbar({ sheet, run }: { readonly sheet: Worksheet; readonly run: Run | undefined }) {
  const { worksheet: words } = useMessages();
  const engine = useStore(engineState).kind;
  return (
    <div className="toolbar">
      {run?.isActive ? (
        <CancelButton sheet={sheet} run={run} />
      ) : (
        <RunButton sheet={sheet} canRun={engine !== 'Failed'} />
      )}
      <Button
        look="quiet"
        icon={ListTree}
        className="folds"
        title={words.explain}
        disabled={engine === 'Failed' || run?.isActive === true}
        onClick={() => explainAtCaret(sheet)}
      >
        {words.explain}
      </Button>
      <Button
        look="quiet"
        icon={Gauge}
        className="folds"
        title={words.profile}
        disabled={engine === 'Failed' || run?.isActive === true}
        onClick={() => explainAtCaret(sheet, PROFILE_PREFIX)}
      >
        {words.profile}
      </Button>
      <Button
        look="quiet"
        icon={AlignLeft}
        className="folds"
        title={words.format}
        disabled={engine === 'Failed'}
        onClick={() => formatWorksheet(sheet)}
      >
        {words.format}
      </Button>
      <span className="grow" />
      {engine === 'Ready' && <DatabaseMenu sheet={sheet} />}
      <MoreMenu sheet={sheet} />
    </div>
  );
}

function MoreMenu({ sheet }: { readonly sheet: Worksheet }) {
  const { worksheet: words } = useMessages();
  const closed = useClosedEntries();
  const all = useWorksheets();
  const input = useRef<HTMLInputElement>(null);
  const [isShowingVersions, setShowingVersions] = useState(false);
  const reopen: readonly MenuEntry[] = [{ kind: 'Line' }, { kind: 'Title', label: words.reopen }, ...closed];
  return (
    <>
      <Menu
        label={words.more}
        align="end"
        trigger={<IconButton icon={Ellipsis} label={words.more} />}
        entries={[
          { kind: 'Action', label: words.showVersions, icon: History, run: () => setShowingVersions(true) },
          { kind: 'Action', label: words.copyLink, icon: Link, run: () => void copyShareLink(sheet) },
          { kind: 'Line' },
          {
            kind: 'Action',
            label: words.exportAll,
            icon: Download,
            run: () => void exportWorksheets([...all.values()]),
          },
          { kind: 'Action', label: words.importAll, icon: Upload, run: () => input.current?.click() },
          ...(closed.length > 0 ? reopen : []),
        ]}
      />
      <input ref={input} type="file" accept=".json" hidden onChange={(event) => void takeFile(event.target)} />
      {isShowingVersions && <VersionsDialog sheet={sheet} onClose={() => setShowingVersions(false)} />}
    </>
  );
}

async function takeFile(input: HTMLInputElement): Promise<void> {
  const { worksheet: words } = messages();
  const text = await input.files?.[0]?.text();
  // The same file chosen again is a change too.
  input.value = '';
  if (text === undefined) return;
  const count = importWorksheets(text);
  toast(count === undefined ? { title: words.notImported, isFailure: true } : { title: words.imported(count) });
}

function CancelButton({ sheet, run }: { readonly sheet: Worksheet; readonly run: Run }) {
  const { worksheet: words, progress } = useMessages();
  return (
    <Button icon={Square} command="cancelRun" disabled={run.isCancelling} onClick={() => cancel(sheet)}>
      {run.isCancelling ? progress.cancelling : words.cancel}
    </Button>
  );
}

function RunButton({ sheet, canRun }: { readonly sheet: Worksheet; readonly canRun: boolean }) {
  const { worksheet: words } = useMessages();
  const hasSelection = useStore(caret).selected > 0;
  const goesOn = useStore(continueOnError);
  const entries: readonly MenuEntry[] = [
    {
      kind: 'Action',
      label: words.runAll,
      icon: Play,
      command: 'runAll',
      run: () => void runAll(sheet),
    },
    { kind: 'Line' },
    {
      kind: 'Choice',
      label: words.runAllOn,
      isChosen: goesOn,
      run: () => continueOnError.set(!goesOn),
    },
  ];
  return (
    <SplitButton>
      <Button look="primary" disabled={!canRun} command="runStatement" onClick={() => runAtCaret(sheet)}>
        <Icon of={Play} className="solid" />
        {hasSelection ? words.runSelection : words.run}
      </Button>
      <Menu
        entries={entries}
        label={words.runMenu}
        trigger={<IconButton look="primary" icon={ChevronDown} iconSize="s" label={words.runMenu} disabled={!canRun} />}
      />
    </SplitButton>
  );
}

function DatabaseMenu({ sheet }: { readonly sheet: Worksheet }) {
  const { worksheet: words } = useMessages();
  const { data: current } = useQuery(currentDatabase(sheet.id));
  const { data: names = [] } = useQuery(databaseNames());
  const entries: readonly MenuEntry[] = names.map((name) => ({
    kind: 'Choice',
    label: name,
    isChosen: name === current,
    run: () => void switchDatabase(sheet.id, name),
  }));
  return (
    <Menu
      label={words.database}
      align="end"
      entries={entries}
      trigger={
        <Button look="quiet" icon={Database} aria-label={words.databaseIs(current ?? '…')}>
          {current ?? '…'}
          <Icon of={ChevronDown} size="s" />
        </Button>
      }
    />
  );
}
