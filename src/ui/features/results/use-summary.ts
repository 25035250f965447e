import { useEffect, useState } from 'react';
import { cellsIn } from '../../components/DataGrid/copy.ts';
import type { Range } from '../../components/DataGrid/selection.ts';
import type { GridSource } from '../../components/DataGrid/source.ts';
import { MOST_SUMMED, rangeSummary, type Summary } from '../../components/DataGrid/summary.ts';

/** A selection that is still being drawn is not read. */
const PAUSE = 120;

/** What a range comes to, once it has been read; undefined for one that is too large. */
export function useSummary(source: GridSource, range: Range): Summary | undefined {
  const [summary, setSummary] = useState<Summary>();
  useEffect(() => {
    setSummary(undefined);
    if (cellsIn(range) > MOST_SUMMED) return;
    const controller = new AbortController();
    const show = (next: Summary) => controller.signal.aborted || setSummary(next);
    // Rows that cannot be read are told of by the grid itself.
    const timer = setTimeout(() => void rangeSummary(source, range, controller.signal).then(show, () => {}), PAUSE);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [source, range]);
  return summary;
}
