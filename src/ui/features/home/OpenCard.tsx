import { FileSpreadsheet, Folder } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { FileButton } from '../../components/FileButton.tsx';
import { Icon } from '../../components/Icon.tsx';
import { engineState } from '../../data/engine.ts';
import { openFiles } from '../../data/open-files.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { navigate } from '../../lib/router.ts';
import { useStore } from '../../lib/store.ts';

/** Files of this device, by drop (anywhere on the page) or by choice; a folder is mounted under Stages. */
export function OpenCard() {
  const { open: words } = useMessages().home;
  const isReady = useStore(engineState).kind === 'Ready';
  const [isBusy, setBusy] = useState(false);
  const take = async (files: readonly File[]) => {
    setBusy(true);
    await openFiles(files);
    setBusy(false);
  };
  return (
    <section className="home-card drop" aria-labelledby="home-open">
      <h2 id="home-open">
        <Icon of={FileSpreadsheet} />
        {words.title}
      </h2>
      <p>{words.about}</p>
      <p className="faint small">{words.formats}</p>
      <div className="home-card-foot">
        <div className="home-actions">
          <FileButton disabled={!isReady || isBusy} onFiles={(files) => void take(files)}>
            {words.choose}
          </FileButton>
          <Button
            look="quiet"
            icon={Folder}
            disabled={!isReady}
            onClick={() => navigate({ place: 'stages', query: { mount: '1' } })}
          >
            {words.mount}
          </Button>
        </div>
      </div>
    </section>
  );
}
