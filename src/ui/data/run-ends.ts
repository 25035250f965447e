import { format } from '../lib/format.ts';
import { messages } from '../lib/messages/messages.ts';
import { navigate } from '../lib/router.ts';
import { type Store, store } from '../lib/store.ts';
import { toast } from '../lib/toasts.ts';
import { openWorksheet, worksheets } from './worksheets.ts';

/** How a run ended that nobody saw. */
export type UnseenEnd = 'finished' | 'failed';

/** The worksheets whose run ended while they were out of view. */
export const unseenEnds: Store<ReadonlyMap<string, UnseenEnd>> = store<ReadonlyMap<string, UnseenEnd>>(new Map());

const inView = new Set<string>();

/** Says that a worksheet is in view; what had ended in it is seen by that. Returns what says that it is no longer. */
export function showRunsOf(worksheet: string): () => void {
  inView.add(worksheet);
  if (unseenEnds.get().has(worksheet)) forgetEnd(worksheet);
  return () => inView.delete(worksheet);
}

/** The worksheet is shown or closed. */
export function forgetEnd(worksheet: string): void {
  const left = new Map(unseenEnds.get());
  left.delete(worksheet);
  unseenEnds.set(left);
}

/** Of a run that ended out of view: a badge and one toast, and a notification while the tab is hidden. */
export function tellEnd(worksheet: string, end: UnseenEnd, duration: number): void {
  const isHidden = document.visibilityState === 'hidden';
  if (inView.has(worksheet) && !isHidden) return;
  const { ended } = messages();
  const name = worksheets.get()?.get(worksheet)?.name ?? '';
  const title = end === 'failed' ? ended.failed(name) : ended.finished(name);
  const text = ended.took(format.duration(duration));
  const show = () => {
    openWorksheet(worksheet);
    navigate({ place: 'worksheets' });
  };
  if (!inView.has(worksheet)) unseenEnds.set(new Map([...unseenEnds.get(), [worksheet, end]]));
  toast({ title, text, isFailure: end === 'failed', action: { label: ended.show, run: show } });
  if (isHidden) notify(title, text, show);
}

function notify(title: string, body: string, show: () => void): void {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
  try {
    const shown = new Notification(title, { body });
    shown.onclick = () => {
      window.focus();
      show();
      shown.close();
    };
  } catch {
    // Android's browsers show notifications of service workers only; the badge and the toast are there.
  }
}
