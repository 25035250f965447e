import { Clipboard, Ellipsis, SquareTerminal, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/Dialog.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Menu, type MenuEntry } from '../../components/Menu.tsx';
import { nameText } from '../../data/catalog.ts';
import { showSql } from '../../data/open-files.ts';
import { type Stage, USER_STAGE } from '../../data/stages.ts';
import { attempt, execute } from '../../data/statements.ts';
import { copyText } from '../../lib/clipboard.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { showStage } from './stage-route.ts';

/** What can be done with a stage as a whole. */
export function StageMenu({ stage }: { readonly stage: Stage }) {
  const { stages: words, common } = useMessages();
  const [isDropping, setDropping] = useState(false);
  const statement = `DROP STAGE ${nameText(stage.name)}`;
  const drop = async () => {
    if (await attempt(words.dropFailed(stage.name), (signal) => execute(statement, { signal }))) {
      showStage({ stage: USER_STAGE });
    }
  };
  const entries: readonly MenuEntry[] = [
    { kind: 'Action', label: words.copyPath, icon: Clipboard, run: () => void copyText(`@${stage.name}/`) },
    {
      ...{ kind: 'Action', label: 'LIST', icon: SquareTerminal },
      run: () => showSql(`@${stage.name}`, `LIST @${stage.name};`),
    },
    { kind: 'Line' },
    {
      ...{ kind: 'Action', label: `${words.drop}…`, icon: Trash2, isDanger: true },
      ...{ isDisabled: stage.kind === 'User', run: () => setDropping(true) },
    },
  ];
  return (
    <>
      <Menu
        trigger={
          <Button look="quiet" size="s" className="icon" aria-label={common.more}>
            <Icon of={Ellipsis} />
          </Button>
        }
        entries={entries}
        label={common.more}
        align="end"
      />
      <ConfirmDialog
        open={isDropping}
        onClose={() => setDropping(false)}
        onConfirm={() => void drop()}
        title={words.dropTitle(stage.name)}
        description={stage.kind === 'External' ? words.dropExternal : words.dropInternal}
        action={words.drop}
        typed={stage.kind === 'External' ? undefined : stage.name}
        sql={statement}
      />
    </>
  );
}
