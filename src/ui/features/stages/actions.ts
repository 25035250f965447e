import { isAbort, toSqlError } from '../../../engine/index.ts';
import { downloadFile, type FilePlace, nameOf, removeStatement } from '../../data/staged-file.ts';
import { execute } from '../../data/statements.ts';
import { announce } from '../../lib/announce.ts';
import { formats } from '../../lib/format.ts';
import { messages } from '../../lib/messages/messages.ts';
import { toast } from '../../lib/toasts.ts';
import type { StageView } from './stage-route.ts';

const format = formats('en');

/** Runs something that a button began; a failure is told in a toast, since the button is out of view by then. */
export async function attempt(title: string, action: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
  try {
    await action(new AbortController().signal);
    return true;
  } catch (error) {
    if (!isAbort(error)) toast({ title, text: toSqlError(error).message, isFailure: true });
    return false;
  }
}

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
