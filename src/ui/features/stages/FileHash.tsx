import { useQuery } from '@tanstack/react-query';
import { fileHash, LARGEST_HASHED } from '../../data/staged-file.ts';
import { isRemote, type Stage, type StagedFile } from '../../data/stages.ts';
import { useMessages } from '../../lib/messages/messages.ts';

const SHOWN = 8;

/** What came into a bucket in parts has another. */
const MD5 = /^[0-9a-f]{32}$/i;

/** The hash that the store knows, or for files of this device that of their bytes, worked out for those in view. */
export function FileHash({ stage, file }: { readonly stage: Stage; readonly file: StagedFile }) {
  const { stages: words } = useMessages();
  const isAsked = file.hash === undefined && !isRemote(stage) && file.size <= LARGEST_HASHED;
  const { data } = useQuery({ ...fileHash(stage.name, file), enabled: isAsked });
  const hash = file.hash ?? data;
  if (hash !== undefined)
    return (
      <span className="mono faint" title={MD5.test(hash) ? words.hashOf(hash) : words.etagOf(hash)}>
        {hash.slice(0, SHOWN)}
      </span>
    );
  return (
    <span className="faint" title={file.size > LARGEST_HASHED ? words.noHash : undefined}>
      {isAsked ? '…' : '–'}
    </span>
  );
}
