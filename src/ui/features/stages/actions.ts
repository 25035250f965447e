import { downloadFile, type FilePlace, nameOf, removeStatement } from '../../data/staged-file.ts';
import { attempt, execute } from '../../data/statements.ts';
import { announce } from '../../lib/announce.ts';
import { format } from '../../lib/format.ts';
import { messages } from '../../lib/messages/messages.ts';
import type { StageView } from './stage-route.ts';

export async function saveFile(place: FilePlace): Promise<void> {
  const { stages: words } = messages();
  await attempt(words.downloadFailed(nameOf(place.path)), (signal) => downloadFile(place, signal));
}

export async function removeFiles({ stage, folder }: StageView, names: readonly string[]): Promise<boolean> {
  const { stages: words } = messages();
  const done = await attempt(words.removeFailed, (signal) =>
    execute(removeStatement(stage, folder, names), { signal }),
  );
  if (done) announce(words.removed(format.integer(names.length), names.length === 1));
  return done;
}
