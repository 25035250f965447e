import { useState } from 'react';
import { ConfirmDialog } from '../../components/Dialog.tsx';
import { Switch } from '../../components/Field.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { queryClient } from '../../data/client.ts';
import { restoreSample, sampleIndex, sampleLoad } from '../../data/sample.ts';
import { fillTables } from '../../data/sample-tables.ts';
import { attempt, execute } from '../../data/statements.ts';
import { messages, useMessages } from '../../lib/messages/messages.ts';
import { toast } from '../../lib/toasts.ts';
import { CLEAN_UP } from './course.ts';
import { doneSteps } from './progress.ts';

/** Asks first, and shows the statements that restore the tables. */
export function ResetDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { learn } = useMessages();
  const { reset: words } = learn;
  const [forgets, setForgets] = useState(false);
  const confirm = () => {
    if (forgets) doneSteps.set([]);
    void restore();
  };
  return (
    <ConfirmDialog
      className="wide"
      open={open}
      onClose={onClose}
      onConfirm={confirm}
      title={words.title}
      description={words.text}
      details={
        <>
          <SqlBox sql={[...CLEAN_UP, ...fillTables()].join('\n')} className="reset-sql" label={learn.statement} />
          <Switch label={words.forget} isOn={forgets} onChange={setForgets} />
        </>
      }
      action={words.confirm}
    />
  );
}

async function restore(): Promise<void> {
  const { reset: words } = messages().learn;
  const isDone = await attempt(words.failed, async (signal) => {
    const sample = await queryClient.fetchQuery(sampleIndex());
    await execute(CLEAN_UP.join('\n'), { signal });
    await restoreSample(sample, signal);
    const state = sampleLoad.get();
    if (state.kind === 'Failed') throw state.error;
  });
  if (isDone) toast({ title: words.done });
}
