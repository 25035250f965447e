import { useQuery } from '@tanstack/react-query';
import { Gauge } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ProfileView } from '../../components/profile/ProfileView.tsx';
import { keptProfiles } from '../../data/kept-profiles.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { profiledQuery } from '../../lib/profile.ts';

/** Opens the newest profile of a statement, beside its earlier ones; nothing where it was never profiled. */
export function PastProfile({ sql }: { readonly sql: string }) {
  const { profile: words } = useMessages();
  const [isOpen, setOpen] = useState(false);
  const { data: [newest, ...earlier] = [] } = useQuery(keptProfiles(profiledQuery(sql)));
  if (!newest) return null;
  return (
    <>
      <Button size="s" icon={Gauge} onClick={() => setOpen(true)}>
        {words.title}
      </Button>
      <Dialog open={isOpen} onClose={() => setOpen(false)} title={words.title} className="profile-dialog">
        <ProfileView run={newest} others={earlier} />
      </Dialog>
    </>
  );
}
