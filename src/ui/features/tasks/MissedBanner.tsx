import { useQuery } from '@tanstack/react-query';
import { CalendarClock } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { type MissedRuns, missedRuns } from '../../data/tasks.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { actOnTask } from './actions.ts';
import { shortTime } from './run-outcome.ts';

/** Runs that were missed while no page was open; nothing is made up for unless the person says so. */
export function MissedBanner() {
  const { data = [] } = useQuery(missedRuns());
  if (data.length === 0) return null;
  return (
    <ul className="tasks-missed">
      {data.map((missed) => (
        <MissedItem key={missed.task} missed={missed} />
      ))}
    </ul>
  );
}

function MissedItem({ missed: { task, count, first, last } }: { readonly missed: MissedRuns }) {
  const { tasks: words } = useMessages();
  const span = words.missedSpan(shortTime(first), shortTime(last));
  return (
    <li>
      <Icon of={CalendarClock} />
      <span className="grow">{words.missed(task, format.integer(count), count === 1, span)}</span>
      <Button size="s" onClick={() => void actOnTask('runNow', task)}>
        {words.runOneNow}
      </Button>
      <Button size="s" look="quiet" onClick={() => void actOnTask('resume', task)}>
        {words.skip}
      </Button>
    </li>
  );
}
