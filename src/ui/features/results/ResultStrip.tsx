import './ResultStrip.css';
import type { KeyboardEvent } from 'react';
import { Dot, type DotProps } from '../../components/Chip.tsx';
import { type Run, type RunState, showStatement } from '../../data/runs.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { useChosenInView } from '../../lib/use-chosen-in-view.ts';
import { outcomeWords } from './outcome.ts';

const TONES: { readonly [K in RunState]: DotProps['tone'] } = {
  running: 'info',
  finished: 'ok',
  failed: 'err',
  cancelled: 'warn',
  skipped: 'off',
};

export interface ResultStripProps {
  readonly worksheet: string;
  readonly run: Run;
  readonly panelId: string;
}

/** One tab for each statement of the run: how it ended, its rows, its time. */
export function ResultStrip({ worksheet, run, panelId }: ResultStripProps) {
  const words = useMessages();
  const strip = useChosenInView(`${run.shown} of ${run.statements.length} ${run.statements[run.shown]?.state}`);
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = run.statements[run.shown + step];
    if (step === 0 || !next) return;
    event.preventDefault();
    showStatement(worksheet, next.index);
    const list = event.currentTarget;
    requestAnimationFrame(() => list.querySelector<HTMLElement>('[aria-selected=true]')?.focus());
  };
  return (
    <div ref={strip} className="strip" role="tablist" aria-label={words.results.strip} onKeyDown={press}>
      {run.statements.map((statement) => {
        const isShown = statement.index === run.shown;
        const outcome = outcomeWords(statement, words);
        return (
          <button
            key={statement.index}
            type="button"
            className="run"
            role="tab"
            aria-selected={isShown}
            aria-controls={isShown ? panelId : undefined}
            title={statement.error?.message ?? statement.sql}
            tabIndex={isShown ? 0 : -1}
            onClick={() => showStatement(worksheet, statement.index)}
          >
            <Dot tone={TONES[statement.state]} isLive={statement.state === 'running'} />
            {statement.head} <span className="run-outcome cut">{outcome}</span>
          </button>
        );
      })}
    </div>
  );
}
