import { useEffect, useRef, useState } from 'react';
import { isAbort, type ResultInfo } from '../../../engine/index.ts';
import { forgetResult, isWhole, type ResultView, runView, viewSql, WHOLE } from '../../data/result-view.ts';

export interface ViewState {
  readonly view: ResultView;
  readonly change: (part: Partial<ResultView>) => void;
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
  const [view, setView] = useState<ResultView>(WHOLE);
  const [answer, setAnswer] = useState<Answer>();
  const names = result.columns.map(({ name }) => name);
  const sql = isWhole(view) ? query : viewSql(query, view, names);
  const isViewed = !isWhole(view);
  const held = useRef<string>(undefined);
  useEffect(() => {
    if (!isViewed) return;
    const controller = new AbortController();
    let own: string | undefined;
    setAnswer((before) => ({ sql, result: before?.result, error: undefined, isRunning: true }));
    const onRows = (rows: ResultInfo) => {
      own = rows.id;
      if (controller.signal.aborted) return;
      release(held, rows.id);
      setAnswer({ sql, result: rows, error: undefined, isRunning: true });
    };
    runView(worksheet, sql, { signal: controller.signal, onRows })
      .then(() => setAnswer((now) => (now?.sql === sql ? { ...now, isRunning: false } : now)))
      .catch((error: unknown) => {
        if (!isAbort(error)) setAnswer((now) => now && { ...now, error, isRunning: false });
      });
    return () => {
      controller.abort();
      if (own !== held.current && own !== undefined) forgetResult(own);
    };
  }, [worksheet, sql, isViewed]);
  useEffect(() => () => release(held, undefined), []);
  return {
    ...{ view, sql, change: (part: Partial<ResultView>) => setView((now) => ({ ...now, ...part })) },
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
