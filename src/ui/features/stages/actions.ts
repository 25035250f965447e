import { baseMapChoice } from '../../data/base-map-choice.ts';
import { removeSoon, UNDO_SECONDS } from '../../data/removals.ts';
import { downloadFile, type FilePlace, nameOf } from '../../data/staged-file.ts';
import type { Stage, StagedFile } from '../../data/stages.ts';
import { attempt } from '../../data/statements.ts';
import { format } from '../../lib/format.ts';
import { messages } from '../../lib/messages/messages.ts';
import { toast } from '../../lib/toasts.ts';

export async function saveFile(place: FilePlace): Promise<void> {
  const { stages: words } = messages();
  await attempt(words.downloadFailed(nameOf(place.path)), (signal) => downloadFile(place, signal));
}

/** Files go out of sight at once and away after ten seconds, unless that is undone. */
export function removeFiles(stage: Stage, folder: string, files: readonly StagedFile[]): void {
  const { stages: words } = messages();
  const fail = (text: string) => toast({ title: words.removeFailed, text, isFailure: true });
  const undo = removeSoon({ stage, folder, files }, fail);
  toast({
    title: words.removing(format.integer(files.length), files.length === 1),
    seconds: UNDO_SECONDS,
    action: { label: words.undo, run: undo },
  });
}

/** The archive lies under every map from now on. */
export function chooseBaseMap(place: FilePlace): void {
  baseMapChoice.set({ stage: place.stage, path: place.path });
  toast({ title: messages().stages.baseMapChosen(nameOf(place.path)) });
}
