import { useQueryClient } from '@tanstack/react-query';
import { HardDrive } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { EmptyState } from '../../components/Feedback.tsx';
import { FileButton } from '../../components/FileButton.tsx';
import { keys, refresh } from '../../data/keys.ts';
import { isSessionOnly, lendFiles, mountName, reconnectFolder } from '../../data/mounts.ts';
import type { Stage } from '../../data/stages.ts';
import { attempt } from '../../data/statements.ts';
import { useMessages } from '../../lib/messages/messages.ts';

/** A mounted folder cannot be read, mostly since the page was loaded anew: one click asks the browser again. */
export function Reconnect({ stage, error }: { readonly stage: Stage; readonly error: unknown }) {
  const { stages: words } = useMessages();
  const client = useQueryClient();
  const reconnect = async () => {
    const isGranted = await attempt(words.mount.failed, () => reconnectFolder(stage.url ?? ''));
    if (isGranted) await refresh(client, keys.stage(stage.name));
  };
  const choose = (files: readonly File[]) => {
    lendFiles(mountName(stage.url ?? ''), files);
    void refresh(client, keys.stage(stage.name));
  };
  return (
    <>
      <EmptyState
        actions={
          isSessionOnly(stage) ? (
            <FileButton look="primary" icon={HardDrive} isFolder onFiles={choose}>
              {words.mount.action}
            </FileButton>
          ) : (
            <Button look="primary" icon={HardDrive} onClick={() => void reconnect()}>
              {words.reconnect}
            </Button>
          )
        }
      >
        {isSessionOnly(stage) ? words.mount.sessionOver : words.reconnectHint}
      </EmptyState>
      <ErrorCard error={error} />
    </>
  );
}
