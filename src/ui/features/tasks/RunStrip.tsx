import { type KeyboardEvent, useId, useMemo } from 'react';
import type { TaskRun } from '../../data/tasks.ts';
import { cx } from '../../lib/cx.ts';
import { format } from '../../lib/format.ts';
import { listMove } from '../../lib/list-keys.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { useNow } from '../../lib/use-now.ts';
import { outcomeText, shortTime } from './run-outcome.ts';
import { countStates, lastDay } from './run-strip.ts';

const MINUTE = 60_000;
/** More would be too thin to be hit. */
const MOST_MARKS = 240;

export interface RunStripProps {
  readonly label: string;
  readonly runs: readonly TaskRun[];
  readonly selected: TaskRun | undefined;
  readonly onSelect: (run: TaskRun) => void;
}

/** The last 24 hours: how many runs ended how, and a mark for each of them; the arrow keys go from one to the next. */
export function RunStrip({ label, runs, selected, onSelect }: RunStripProps) {
  const { tasks: words } = useMessages();
  const now = useNow(true, MINUTE);
  const day = useMemo(() => lastDay(runs, now), [runs, now]);
  const counts = countStates(day).map(([state, count]) => words.inState(format.integer(count), words.states[state]));
  return (
    <div className="run-day">
      <span className="faint small">{words.lastDay(counts.length === 0 ? words.noneInDay : counts.join(', '))}</span>
      {day.length > 0 && <Marks {...{ label, selected, onSelect }} marks={day.slice(-MOST_MARKS)} />}
    </div>
  );
}

interface MarksProps extends Omit<RunStripProps, 'runs'> {
  readonly marks: readonly TaskRun[];
}

function Marks({ label, marks, selected, onSelect }: MarksProps) {
  const { tasks: words } = useMessages();
  const id = useId();
  const at = marks.findIndex(({ id: one }) => one === selected?.id);
  const press = (event: KeyboardEvent) => {
    const next = KEYS[event.key] ?? event.key;
    const to = listMove(next, at < 0 ? marks.length : at, marks.length);
    const run = to === undefined ? undefined : marks[to];
    if (!run) return;
    event.preventDefault();
    onSelect(run);
  };
  return (
    <div
      className="run-strip"
      role="listbox"
      aria-orientation="horizontal"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
      onKeyDown={press}
    >
      {marks.map((run, index) => {
        const text = words.runAt(run.task, shortTime(run.scheduledAt), outcomeText(run, words));
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the strip has the keys.
          <span
            key={run.id}
            id={`${id}-${index}`}
            className={cx('run-mark', run.state.toLowerCase())}
            role="option"
            aria-selected={index === at}
            aria-label={text}
            title={text}
            onClick={() => onSelect(run)}
          />
        );
      })}
    </div>
  );
}

/** Earlier runs stand at the left. */
const KEYS: { readonly [key: string]: string } = { ArrowLeft: 'ArrowUp', ArrowRight: 'ArrowDown' };
