import { Copy, Maximize2 } from 'lucide-react';
import type { ShowSettings } from '../../../engine/index.ts';
import { announce, announceFailure } from '../../lib/announce.ts';
import { copyText } from '../../lib/clipboard.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { toast } from '../../lib/toasts.ts';
import type { MenuEntry } from '../Menu.tsx';
import { COPY_FORMS, type CopyForm, cellsIn, copiedText, MOST_COPIED } from './copy.ts';
import type { Range } from './selection.ts';
import type { GridSource } from './source.ts';

/** Copying of what is selected, by key and by menu. */
export function useCopy(source: GridSource, range: Range | undefined, settings: ShowSettings) {
  const { grid } = useMessages();
  const copy = (form: CopyForm) => {
    if (!range) return;
    if (cellsIn(range) > MOST_COPIED)
      return toast({ title: grid.tooManyToCopy(format.integer(MOST_COPIED)), isFailure: true });
    const [rows, columns] = [range.bottom - range.top + 1, range.right - range.left + 1];
    copyText(copiedText(source, range, form, settings)).then(
      () => announce(grid.copied(format.integer(rows), format.integer(columns))),
      () => {
        announceFailure(grid.copyFailed);
        toast({ title: grid.copyFailed, isFailure: true });
      },
    );
  };
  const entries = (open: (() => void) | undefined): readonly MenuEntry[] => [
    ...(open
      ? [{ kind: 'Action', label: grid.openCell, icon: Maximize2, command: 'gridOpenCell', run: open } as const]
      : []),
    ...COPY_FORMS.map(
      (form): MenuEntry => ({
        kind: 'Action',
        label: grid.copyAs[form],
        icon: form === 'tsv' ? Copy : undefined,
        command: form === 'tsv' ? 'gridCopy' : undefined,
        isDisabled: range === undefined,
        run: () => copy(form),
      }),
    ),
  ];
  return { copy, entries };
}
