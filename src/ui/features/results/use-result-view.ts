import { useEffect, useMemo, useRef, useState } from 'react';
import type { ResultInfo } from '../../../engine/index.ts';
import { keepView, viewAtStart } from '../../data/kept-view.ts';
import {
  forgetResult,
  isQuery,
  isWhole,
  type ResultView,
  runView,
  type ViewFilter,
  viewSql,
  WHOLE,
} from '../../data/result-view.ts';

export interface ViewState {
  readonly view: ResultView;
  readonly change: (part: Partial<ResultView>) => void;
  /** To those that there are by then. */
  readonly addFilter: (filter: ViewFilter) => void;
  /** The statement that gives what is shown. */
  readonly sql: string;
  /** What is shown: the result itself, or that of the view's statement. */
  readonly shown: ResultInfo;
  readonly isRunning: boolean;
  readonly error: unknown;
}

interface Answer {
  readonly sql: string;
  readonly result: ResultInfo | undefined;
  readonly error: unknown;
  readonly isRunning: boolean;
}

/** Sorts and filters a result by a statement around its query; what was shown before stays until the first rows come. */
export function useResultView(worksheet: string, query: string, result: ResultInfo): ViewState {
  const { columns } = result;
  const viewed = useMemo(() => ({ query, columns }), [query, columns]);
  const [view, setView] = useState<ResultView>(() => (isQuery(query) ? viewAtStart(worksheet, viewed) : WHOLE));
  useEffect(() => keepView(worksheet, viewed, view), [worksheet, viewed, view]);
  const [answer, setAnswer] = useState<Answer>();
  const names = columns.map(({ name }) => name);
  const sql = isWhole(view) ? query : viewSql(query, view, { all: names });
  const isViewed = !isWhole(view);
  const held = useRef<string>(undefined);
  useEffect(() => {
    if (!isViewed) return;
    const controller = new AbortController();
    setAnswer((before) => ({ sql, result: before?.result, error: undefined, isRunning: true }));
    const onRows = (rows: ResultInfo) => {
      if (controller.signal.aborted) {
        if (rows.id !== held.current) forgetResult(rows.id);
        return;
      }
      release(held, rows.id);
      setAnswer({ sql, result: rows, error: undefined, isRunning: true });
    };
    const end = (error?: unknown) => {
      if (!controller.signal.aborted) setAnswer((now) => now && { ...now, error, isRunning: false });
    };
    runView(worksheet, sql, { signal: controller.signal, onRows }).then(() => end(), end);
    return () => controller.abort();
  }, [worksheet, sql, isViewed]);
  useEffect(() => () => release(held, undefined), []);
  return {
    ...{ view, sql, change: (part: Partial<ResultView>) => setView((now) => ({ ...now, ...part })) },
    addFilter: (filter) => setView((now) => ({ ...now, filters: [...now.filters, filter] })),
    shown: (isViewed && answer?.result) || result,
    isRunning: isViewed && answer?.isRunning === true,
    error: isViewed ? answer?.error : undefined,
  };
}

/** One result of a view is kept at a time. */
function release(held: { current: string | undefined }, next: string | undefined): void {
  if (held.current !== undefined && held.current !== next) forgetResult(held.current);
  held.current = next;
}
