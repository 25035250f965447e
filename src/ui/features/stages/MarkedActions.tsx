import { SquareTerminal, TableProperties, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { showFiles } from '../../data/open-files.ts';
import type { Stage, StagedFile } from '../../data/stages.ts';
import { fileKind } from '../../data/uploads.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { RemoveDialog } from './RemoveDialog.tsx';
import { type StageView, showLoad } from './stage-route.ts';

export interface MarkedActionsProps {
  readonly stage: Stage;
  readonly view: StageView;
  /** Of files in the folder that is shown; at least one. */
  readonly files: readonly StagedFile[];
  readonly onDone: () => void;
}

/** What can be done with the files that were ticked. */
export function MarkedActions({ stage, view, files, onDone }: MarkedActionsProps) {
  const { stages: words } = useMessages();
  const [isRemoving, setRemoving] = useState(false);
  const names = files.map(({ path }) => path.slice(view.folder.length));
  const [first = ''] = names;
  const kinds = new Set(names.map((name) => fileKind(name)?.format));
  const isTable = kinds.size === 1 && !kinds.has(undefined);
  const paths = names.map((name) => `@${view.stage}/${view.folder}${name}`);
  return (
    <>
      <span className="small strong">{words.marked(format.integer(names.length))}</span>
      <Button size="s" icon={SquareTerminal} disabled={!isTable} onClick={() => void showFiles(first, paths)}>
        {words.query}
      </Button>
      <Button size="s" icon={TableProperties} disabled={!isTable} onClick={() => showLoad(view, names)}>
        {words.load}
      </Button>
      <Button size="s" icon={Trash2} onClick={() => setRemoving(true)}>
        {words.remove}
      </Button>
      <RemoveDialog {...{ stage, view, onDone }} files={isRemoving ? files : []} onClose={() => setRemoving(false)} />
    </>
  );
}
