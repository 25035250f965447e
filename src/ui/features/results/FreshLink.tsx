import { Link } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { LinkDialog } from '../../components/LinkDialog.tsx';
import { renewLink } from '../../data/links.ts';
import { announce } from '../../lib/announce.ts';
import { useMessages } from '../../lib/messages/messages.ts';

/** Takes a fresh link in the place of one that has ended, in the worksheets and among the links. */
export function FreshLink({ ended }: { readonly ended: string }) {
  const { link: words } = useMessages().stages;
  const [isOpen, setOpen] = useState(false);
  const take = async (url: string) => {
    await renewLink(ended, url);
    announce(words.renewed);
  };
  return (
    <>
      <Button size="s" icon={Link} onClick={() => setOpen(true)}>
        {words.pasteFresh}
      </Button>
      <LinkDialog open={isOpen} renewed={ended} onClose={() => setOpen(false)} onTake={(url) => void take(url)} />
    </>
  );
}
