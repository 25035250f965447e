import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { type GridPages, gridPages } from './pages.ts';
import { type Selection, within } from './selection.ts';
import { type GridSource, rowsIdOf } from './source.ts';

/** The pages of a source; the component shows them again when one comes. */
export function usePages(source: GridSource): GridPages {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same id is the same data, further on.
  const pages = useMemo(() => gridPages(source), [source.id]);
  pages.update(source);
  useEffect(() => () => pages.close(), [pages]);
  useSyncExternalStore(pages.subscribe, pages.version);
  return pages;
}

/** Other rows have nothing selected. */
export function useSelection(source: GridSource) {
  const id = rowsIdOf(source);
  const [state, setState] = useState<{ readonly id: string; readonly selection: Selection | undefined }>();
  const { rows, columns } = source;
  const kept = state?.id === id ? state.selection : undefined;
  const selection = useMemo(
    () => kept && within(kept, { rows, columns: columns.length, pageRows: 0 }),
    [kept, rows, columns.length],
  );
  return [selection, (next: Selection) => setState({ id, selection: next })] as const;
}
