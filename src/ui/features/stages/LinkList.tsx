import { useQuery } from '@tanstack/react-query';
import { Link as LinkIcon, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../components/Button.tsx';
import { Chip } from '../../components/Chip.tsx';
import { Icon } from '../../components/Icon.tsx';
import { LinkDialog } from '../../components/LinkDialog.tsx';
import { ContextMenu, type MenuEntry } from '../../components/Menu.tsx';
import { type FileLink, links, removeLink, renewLink } from '../../data/links.ts';
import { copyText } from '../../lib/clipboard.ts';
import { format } from '../../lib/format.ts';
import { expiryOf, nameOfLink } from '../../lib/link.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { useNow } from '../../lib/use-now.ts';
import { queryLink } from './query-link.ts';

const TICK = 1000;
const MINUTE = 60_000;
const SOON = 10 * MINUTE;

/** Files behind links, with how long each may still be read. */
export function LinkList() {
  const { link: words } = useMessages().stages;
  const { data = [] } = useQuery(links());
  const [renewing, setRenewing] = useState<FileLink>();
  if (data.length === 0) return null;
  return (
    <section className="links" aria-label={words.title}>
      <h3 className="links-title">{words.title}</h3>
      <ul>
        {data.map((link) => (
          <LinkRow key={link.id} link={link} onRenew={() => setRenewing(link)} />
        ))}
      </ul>
      <LinkDialog
        open={renewing !== undefined}
        renewed={renewing?.url}
        onClose={() => setRenewing(undefined)}
        onTake={async (url) => renewing && renewLink(renewing.url, url)}
      />
    </section>
  );
}

function LinkRow({ link, onRenew }: { readonly link: FileLink; readonly onRenew: () => void }) {
  const { link: words } = useMessages().stages;
  const end = expiryOf(link.url);
  const now = useNow(end !== undefined, TICK);
  const left = end === undefined ? undefined : end - now;
  const entries: readonly MenuEntry[] = [
    { kind: 'Action', label: words.query, run: () => void queryLink(link) },
    { kind: 'Action', label: words.renew, run: onRenew },
    { kind: 'Action', label: words.copy, run: () => void copyText(link.url) },
    { kind: 'Line' },
    { kind: 'Action', label: words.remove, isDanger: true, run: () => void removeLink(link) },
  ];
  const name = nameOfLink(link.url);
  return (
    <li className="link-row">
      <ContextMenu entries={entries}>
        <button type="button" className="link-open" title={words.query} onClick={() => void queryLink(link)}>
          <Icon of={LinkIcon} />
          <span className="cut">{name}</span>
        </button>
      </ContextMenu>
      {left !== undefined && left > 0 && (
        <Chip tone={left < SOON ? 'warn' : 'line'} title={words.ends(format.minute(new Date(now + left)))}>
          {words.endsIn(Math.floor(left / MINUTE), Math.floor(left / 1000))}
        </Chip>
      )}
      {left !== undefined && left <= 0 && <Chip tone="err">{words.expired}</Chip>}
      {end !== undefined && <IconButton icon={RefreshCw} size="s" label={words.renewOf(name)} onClick={onRenew} />}
    </li>
  );
}
