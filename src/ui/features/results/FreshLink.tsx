import { Link } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { LinkDialog } from '../../components/LinkDialog.tsx';
import { renewLink } from '../../data/links.ts';
import { mayWrite } from '../../data/may-write.ts';
import { runChanged, type StatementRun } from '../../data/runs.ts';
import { announce } from '../../lib/announce.ts';
import { useMessages } from '../../lib/messages/messages.ts';

export interface FreshLinkProps {
  readonly worksheet: string;
  readonly statement: StatementRun;
  readonly ended: string;
}

/**
 * Takes a fresh link in the place of one that has ended, in the worksheets and among the links. The statement that
 * waited for it is run at once if it only reads.
 */
export function FreshLink({ worksheet, statement, ended }: FreshLinkProps) {
  const { link: words } = useMessages().stages;
  const [isOpen, setOpen] = useState(false);
  const take = async (url: string) => {
    await renewLink(ended, url);
    const isAsked = mayWrite(statement.head, statement.sql);
    announce(isAsked ? words.renewedWrites : words.renewed);
    if (!isAsked) runChanged(worksheet, statement, (text) => text.replaceAll(ended, url));
  };
  return (
    <>
      <Button size="s" icon={Link} onClick={() => setOpen(true)}>
        {words.pasteFresh}
      </Button>
      <LinkDialog open={isOpen} renewed={ended} onClose={() => setOpen(false)} onTake={take} />
    </>
  );
}
