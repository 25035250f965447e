import { HardDrive } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Chip } from '../../components/Chip.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import { Switch } from '../../components/Field.tsx';
import { FileButton } from '../../components/FileButton.tsx';
import { NameField } from '../../components/NameField.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { canMount, mountFiles, mountFolder, mountStatement, pickFolder, sessionStatement } from '../../data/mounts.ts';
import { attempt } from '../../data/statements.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { isName } from '../../lib/name.ts';
import { showStage } from './stage-route.ts';

export interface MountDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Makes a folder of this device a stage; the browser asks which one. */
export function MountDialog({ open, onClose }: MountDialogProps) {
  const { mount: words } = useMessages().stages;
  return (
    <Dialog open={open} onClose={onClose} title={words.title} description={canMount() ? words.text : words.sessionText}>
      {canMount() ? <MountForm onClose={onClose} /> : <SessionForm onClose={onClose} />}
    </Dialog>
  );
}

/** For browsers that hand over a folder as its files, once. */
function SessionForm({ onClose }: { readonly onClose: () => void }) {
  const { stages, common } = useMessages();
  const words = stages.mount;
  const [name, setName] = useState('local_folder');
  const mount = async (files: readonly File[]) => {
    if (!(await attempt(words.failed, (signal) => mountFiles(name, files, signal)))) return;
    onClose();
    showStage({ stage: name });
  };
  return (
    <div className="dialog-form">
      <NameField label={words.name} value={name} onChange={setName} />
      <Chip tone="warn">{words.sessionOnly}</Chip>
      <SqlBox sql={sessionStatement(name)} />
      <div className="dialog-foot">
        <Button onClick={onClose}>{common.cancel}</Button>
        <FileButton
          look="primary"
          icon={HardDrive}
          disabled={!isName(name)}
          isFolder
          onFiles={(files) => void mount(files)}
        >
          {words.action}
        </FileButton>
      </div>
    </div>
  );
}

function MountForm({ onClose }: { readonly onClose: () => void }) {
  const { mount: words } = useMessages().stages;
  const [name, setName] = useState('local_folder');
  const [mayWrite, setMayWrite] = useState(false);
  const mount = async () => {
    const isMounted = await attempt(words.failed, async (signal) => {
      const folder = await pickFolder(mayWrite ? 'readwrite' : 'read');
      if (!folder) throw new DOMException('', 'AbortError');
      await mountFolder(name, folder, signal);
    });
    if (!isMounted) return;
    onClose();
    showStage({ stage: name });
  };
  return (
    <DialogForm action={words.action} icon={HardDrive} isReady={isName(name)} onClose={onClose} onSubmit={mount}>
      <NameField label={words.name} value={name} onChange={setName} />
      <Switch label={words.write} isOn={mayWrite} onChange={setMayWrite} />
      <SqlBox sql={mountStatement(name)} />
    </DialogForm>
  );
}
