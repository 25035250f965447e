import { Pause, Play, X } from 'lucide-react';
import { Button, IconButton } from '../../components/Button.tsx';
import { Dot, type Tone } from '../../components/Chip.tsx';
import { Meter } from '../../components/Feedback.tsx';
import {
  cancelUpload,
  clearUploads,
  isGoing,
  pauseUpload,
  resumeUpload,
  type Upload,
  type UploadState,
  uploads,
} from '../../data/upload-queue.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { useStore } from '../../lib/store.ts';
import { useNow } from '../../lib/use-now.ts';

/** What is being copied into stages, each with its bytes, its rate and a way to end it. */
export function UploadList() {
  const { uploads: words } = useMessages().stages;
  const all = useStore(uploads);
  if (all.length === 0) return null;
  const hasEnded = all.some(({ state }) => state === 'failed' || state === 'cancelled');
  return (
    <section className="uploads" aria-label={words.label}>
      <ul>
        {all.map((one) => (
          <li key={one.id}>
            <UploadRow upload={one} />
          </li>
        ))}
      </ul>
      {hasEnded && (
        <Button look="quiet" size="s" onClick={clearUploads}>
          {words.clear}
        </Button>
      )}
    </section>
  );
}

const TONES: { readonly [K in UploadState]: Tone | 'off' } = {
  waiting: 'off',
  running: 'info',
  paused: 'off',
  done: 'ok',
  failed: 'err',
  cancelled: 'warn',
};

function UploadRow({ upload }: { readonly upload: Upload }) {
  const { uploads: words } = useMessages().stages;
  const { id, name, folder, state, size, bytes } = upload;
  const share = size > 0 ? bytes / size : 1;
  return (
    <div className="upload">
      <Dot tone={TONES[state]} isLive={state === 'running'} />
      <b className="cut">{name}</b>
      <span className="faint cut">{folder}</span>
      <span
        className="upload-bar"
        role="progressbar"
        aria-label={words.progress(name)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
      >
        <Meter share={share} />
      </span>
      <span className="upload-state num">
        <UploadWords upload={upload} />
      </span>
      {state === 'running' && (
        <IconButton icon={Pause} size="s" label={words.pause(name)} onClick={() => pauseUpload(id)} />
      )}
      {state === 'paused' && (
        <IconButton icon={Play} size="s" label={words.resume(name)} onClick={() => resumeUpload(id)} />
      )}
      {isGoing(state) && <IconButton icon={X} size="s" label={words.cancel(name)} onClick={() => cancelUpload(id)} />}
    </div>
  );
}

function UploadWords({ upload: { state, error, bytes, size, startedAt } }: { readonly upload: Upload }) {
  const { uploads: words } = useMessages().stages;
  const now = useNow(state === 'running');
  if (state === 'running') {
    const seconds = Math.max(0.2, (now - startedAt) / 1000);
    return words.running(format.bytes(bytes), format.bytes(size), format.rate(bytes / seconds));
  }
  if (state === 'paused') return words.paused(format.bytes(bytes), format.bytes(size));
  if (state === 'failed') return <span className="err">{error instanceof Error ? error.message : words.failed}</span>;
  return words[state];
}
