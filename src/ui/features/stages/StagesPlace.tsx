import './Stages.css';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Place, type PlaceProps } from '../../components/frame/Place.tsx';
import { Splitter } from '../../components/frame/Splitter.tsx';
import { StatusItem, StatusItems } from '../../components/frame/StatusItems.tsx';
import { engineState } from '../../data/engine.ts';
import { stages } from '../../data/stages.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { persisted } from '../../lib/persisted.ts';
import { navigate, useRoute } from '../../lib/router.ts';
import { useStore } from '../../lib/store.ts';
import { CreateStageDialog } from './CreateStageDialog.tsx';
import { FilePreview } from './FilePreview.tsx';
import { FolderView } from './FolderView.tsx';
import { MountDialog } from './MountDialog.tsx';
import { StageTree } from './StageTree.tsx';
import { showStage, stageView } from './stage-route.ts';
import { UploadList } from './UploadList.tsx';

const listShare = persisted('stageListShare', 0.42, (kept) =>
  typeof kept === 'number' && kept > 0.1 && kept < 0.9 ? kept : undefined,
);

/** Stages: the tree of folders at the left, a folder's files, and below them what the chosen file holds. */
export function StagesPlace(detail: Pick<PlaceProps, 'detail' | 'detailLabel' | 'detailWidth'>) {
  const { stages: words } = useMessages();
  const route = useRoute();
  const view = stageView(route);
  const isReady = useStore(engineState).kind === 'Ready';
  const { data: all } = useQuery({ ...stages(), enabled: isReady });
  const [isCreating, setCreating] = useState(false);
  const { mount } = route.query;
  const setMounting = (on: boolean) => navigate({ ...route, query: on ? { mount: '1' } : {} }, { replace: true });
  const stage = all?.find(({ name }) => name === view.stage);
  return (
    <Place
      title={`@${view.stage}`}
      side={
        <StageTree
          stages={all ?? []}
          view={view}
          onCreate={() => setCreating(true)}
          onMount={() => setMounting(true)}
        />
      }
      sideLabel={words.title}
      {...detail}
    >
      <Work view={view} stage={stage} isKnown={all !== undefined} />
      <UploadList />
      <CreateStageDialog open={isCreating} onClose={() => setCreating(false)} />
      <MountDialog open={mount !== undefined} onClose={() => setMounting(false)} />
      <StatusItems>
        <StatusItem>{`@${view.stage}`}</StatusItem>
        {stage?.url && <StatusItem>{stage.url}</StatusItem>}
      </StatusItems>
    </Place>
  );
}

type WorkProps = Omit<Parameters<typeof FolderView>[0], 'onPreview'>;

function Work(props: WorkProps) {
  const { stages: words } = useMessages();
  const share = useStore(listShare);
  const { view } = props;
  const preview = (file: string | undefined) => showStage({ ...view, file }, { replace: view.file !== undefined });
  return (
    <div className="stage-work">
      <div className="stage-list" style={{ flexBasis: view.file === undefined ? '100%' : `${share * 100}%` }}>
        <FolderView {...props} onPreview={preview} />
      </div>
      {view.file !== undefined && (
        <>
          <Splitter
            label={words.preview.resize}
            orientation="horizontal"
            value={share}
            limits={[0.15, 0.8]}
            perPixel={1 / Math.max(400, globalThis.innerHeight - 100)}
            step={0.04}
            onChange={listShare.set}
          />
          <FilePreview
            key={`${view.stage}/${view.folder}${view.file}`}
            place={{ stage: view.stage, path: view.folder + view.file }}
            onClose={() => preview(undefined)}
          />
        </>
      )}
    </div>
  );
}
