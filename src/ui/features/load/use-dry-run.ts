import { useEffect, useRef, useState } from 'react';
import { isAbort } from '../../../engine/index.ts';
import { engineState } from '../../data/engine.ts';
import { type DryRun, dryRunFile } from '../../data/load.ts';
import { holdingScratch, scratchName, sweepScratch } from '../../data/scratch.ts';
import { useStore } from '../../lib/store.ts';
import { dryRunText, type LoadPlan } from './load-statements.ts';

/** Of each file. */
export const DRY_RUN_ROWS = 200;

/** Files beyond these are not tried. */
export const MOST_TRIED = 50;

export interface DryRunState {
  /** Of the files tried so far; undefined before the first. */
  readonly runs: readonly DryRun[] | undefined;
  readonly isRunning: boolean;
  /** Of how many files. */
  readonly count: number;
  /** What was tried is not what the form says now. */
  readonly isStale: boolean;
  readonly start: () => void;
  readonly cancel: () => void;
}

/** Tries the load of the first rows of each file, one file after another. */
export function useDryRun(plan: LoadPlan | undefined): DryRunState {
  const [tried, setTried] = useState<{ readonly plan: LoadPlan; readonly runs: readonly DryRun[] }>();
  const [isRunning, setRunning] = useState(false);
  const controller = useRef<AbortController>(undefined);
  const isReady = useStore(engineState).kind === 'Ready';
  useEffect(() => {
    if (!isReady) return;
    const sweep = new AbortController();
    // What cannot be dropped now is tried again when the page opens next.
    sweepScratch(sweep.signal).catch(() => undefined);
    return () => sweep.abort();
  }, [isReady]);
  const start = async () => {
    if (!plan || isRunning) return;
    const own = new AbortController();
    controller.current = own;
    setRunning(true);
    setTried({ plan, runs: [] });
    try {
      for (const file of plan.files.slice(0, MOST_TRIED)) {
        const run = await tryFile(plan, file, own.signal);
        setTried((before) => before && { plan, runs: [...before.runs, run] });
        if (own.signal.aborted) break;
      }
    } catch (error) {
      if (!isAbort(error)) throw error;
    } finally {
      setRunning(false);
    }
  };
  return {
    ...{ runs: tried?.runs, isRunning, isStale: tried !== undefined && meaning(tried.plan) !== meaning(plan) },
    count: Math.min(tried?.plan.files.length ?? 0, MOST_TRIED),
    start: () => void start(),
    cancel: () => controller.current?.abort(),
  };
}

function tryFile(plan: LoadPlan, file: string, signal: AbortSignal): Promise<DryRun> {
  const table = scratchName();
  const statements = dryRunText({ plan, file, rows: DRY_RUN_ROWS, table });
  return holdingScratch(table, () => dryRunFile(file, statements, signal));
}

/** What a dry run depends on; a table that is made meanwhile changes the statements, not the rows. */
function meaning(plan: LoadPlan | undefined): string | undefined {
  if (!plan) return undefined;
  const { files, hasHeader, form, mappings } = plan;
  const on = mappings.filter(({ isOn }) => isOn).map(({ target, type, expr }) => [target, type, expr]);
  return JSON.stringify([files, hasHeader, form.nullText, on]);
}
