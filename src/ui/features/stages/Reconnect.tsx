import { useQueryClient } from '@tanstack/react-query';
import { HardDrive } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { EmptyState } from '../../components/Feedback.tsx';
import { keys } from '../../data/keys.ts';
import { reconnectFolder } from '../../data/mounts.ts';
import type { Stage } from '../../data/stages.ts';
import { attempt } from '../../data/statements.ts';
import { useMessages } from '../../lib/messages/messages.ts';

/** A mounted folder cannot be read, mostly since the page was loaded anew: one click asks the browser again. */
export function Reconnect({ stage, error }: { readonly stage: Stage; readonly error: unknown }) {
  const { stages: words } = useMessages();
  const client = useQueryClient();
  const reconnect = async () => {
    const isGranted = await attempt(words.mount.failed, () => reconnectFolder(stage.url ?? ''));
    if (isGranted) await client.invalidateQueries({ queryKey: keys.stageFiles(stage.name) });
  };
  return (
    <>
      <EmptyState
        actions={
          <Button look="primary" icon={HardDrive} onClick={() => void reconnect()}>
            {words.reconnect}
          </Button>
        }
      >
        {words.reconnectHint}
      </EmptyState>
      <ErrorCard error={error} />
    </>
  );
}
