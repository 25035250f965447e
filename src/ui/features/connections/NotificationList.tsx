import { useQuery } from '@tanstack/react-query';
import { Bell } from 'lucide-react';
import { Chip } from '../../components/Chip.tsx';
import { Icon } from '../../components/Icon.tsx';
import { type LastNotification, type NotificationInfo, notifications } from '../../data/notifications.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';

/** Who is told of runs that fail, and whether the last word got there; nothing where nobody is. */
export function NotificationList({ isReady }: { readonly isReady: boolean }) {
  const { notifications: words } = useMessages().connections;
  const { data = [] } = useQuery({ ...notifications(), enabled: isReady });
  if (data.length === 0) return null;
  return (
    <section className="notifications" aria-label={words.title}>
      <h3 className="connection-label">{words.title}</h3>
      <ul aria-label={words.title}>
        {data.map((notification) => (
          <NotificationRow key={notification.name} notification={notification} />
        ))}
      </ul>
    </section>
  );
}

function NotificationRow({ notification }: { readonly notification: NotificationInfo }) {
  const { notifications: words } = useMessages().connections;
  const { name, isEnabled, url, last } = notification;
  return (
    <li className="notification-row">
      <Icon of={Bell} />
      <span>{name}</span>
      <span className="mono faint cut">{url ?? words.noUrl}</span>
      <span className="grow" />
      {last && <LastChip last={last} />}
      {!isEnabled && <Chip>{words.off}</Chip>}
    </li>
  );
}

function LastChip({ last: { at, task, error } }: { readonly last: LastNotification }) {
  const { notifications: words } = useMessages().connections;
  const time = format.minute(at);
  if (error === undefined) return <Chip tone="ok">{words.told(task, time)}</Chip>;
  return (
    <span title={error}>
      <Chip tone="err">{words.notTold(task, time)}</Chip>
    </span>
  );
}
