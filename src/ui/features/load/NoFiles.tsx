import { useQuery } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/Feedback.tsx';
import { FileButton } from '../../components/FileButton.tsx';
import { useDrop } from '../../components/Tree.tsx';
import { filledStage } from '../../data/stages.ts';
import { upload } from '../../data/upload-queue.ts';
import { cx } from '../../lib/cx.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { navigate } from '../../lib/router.ts';
import type { LoadModel } from './use-load.ts';

/** In the place of the list when no file is in it: how files come here, and where there are some. */
export function NoFiles({ model }: { readonly model: LoadModel }) {
  const { files: words } = useMessages().load;
  const { stage, folder, form, change, all } = model;
  const target = `@${stage}/${folder}`;
  const drop = useDrop((files) => upload(files, target));
  const { data: filled } = useQuery(filledStage());
  if (all.length > 0 && form.pattern !== '') {
    const clear = (
      <Button size="s" onClick={() => change({ pattern: '' })}>
        {words.clearPattern}
      </Button>
    );
    return <EmptyState actions={clear}>{words.noneFits}</EmptyState>;
  }
  const isElsewhere = filled !== undefined && filled !== null && (filled !== stage || folder !== '');
  return (
    <div className={cx('load-none', drop.isOver && 'is-over')} {...drop.handlers}>
      <EmptyState
        actions={
          <div className="load-none-actions">
            <FileButton look="primary" size="s" icon={Upload} onFiles={(files) => upload(files, target)}>
              {words.upload}
            </FileButton>
            {isElsewhere && (
              <Button size="s" onClick={() => navigate({ place: 'load', path: [filled] })}>
                {words.loadFrom(`@${filled}`)}
              </Button>
            )}
          </div>
        }
      >
        {words.none(target)}
      </EmptyState>
    </div>
  );
}
