import './ConflictBar.css';
import { GitFork } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Icon } from '../../components/Icon.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { conflicts, settleConflict, type Worksheet } from '../../data/worksheets.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { useStore } from '../../lib/store.ts';

/** Says that another tab has changed the worksheet too, until one of the versions is chosen. */
export function ConflictBar({ sheet }: { readonly sheet: Worksheet }) {
  const { worksheet: words } = useMessages();
  const theirs = useStore(conflicts).get(sheet.id);
  const [isOpen, setOpen] = useState(false);
  if (!theirs) return null;
  return (
    <div className="conflict" role="alert">
      <Icon of={GitFork} />
      <span className="grow">{words.conflict(sheet.name)}</span>
      <Button size="s" onClick={() => setOpen(true)}>
        {words.bothVersions}
      </Button>
      <Dialog open={isOpen} onClose={() => setOpen(false)} title={words.bothTitle(sheet.name)} className="wide">
        <BothVersions sheet={sheet} theirs={theirs} onClose={() => setOpen(false)} />
      </Dialog>
    </div>
  );
}

interface BothVersionsProps {
  readonly sheet: Worksheet;
  readonly theirs: Worksheet;
  readonly onClose: () => void;
}

function BothVersions({ sheet, theirs, onClose }: BothVersionsProps) {
  const { worksheet: words } = useMessages();
  const settle = (keep: 'mine' | 'theirs' | 'both') => {
    settleConflict(sheet.id, keep);
    onClose();
  };
  return (
    <>
      <div className="conflict-versions">
        <section aria-label={words.mine}>
          <h3>{words.mine}</h3>
          <SqlBox sql={sheet.text} label={words.mine} />
        </section>
        <section aria-label={words.theirs}>
          <h3>{words.theirs}</h3>
          <SqlBox sql={theirs.text} label={words.theirs} />
        </section>
      </div>
      <div className="dialog-foot">
        <Button onClick={() => settle('both')}>{words.keepBoth}</Button>
        <Button onClick={() => settle('theirs')}>{words.takeTheirs}</Button>
        <Button look="primary" onClick={() => settle('mine')}>
          {words.keepMine}
        </Button>
      </div>
    </>
  );
}
