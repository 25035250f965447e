import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { type GridPages, gridPages } from './pages.ts';
import type { Selection } from './selection.ts';
import type { GridSource } from './source.ts';

/** The pages of a source; the component shows them again when one comes. */
export function usePages(source: GridSource): GridPages {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same id is the same data, further on.
  const pages = useMemo(() => gridPages(source), [source.id]);
  pages.update(source);
  useEffect(() => () => pages.close(), [pages]);
  useSyncExternalStore(pages.subscribe, pages.version);
  return pages;
}

/** Other data has nothing selected. */
export function useSelection(id: string) {
  const [state, setState] = useState<{ readonly id: string; readonly selection: Selection | undefined }>();
  const selection = state?.id === id ? state.selection : undefined;
  return [selection, (next: Selection) => setState({ id, selection: next })] as const;
}
