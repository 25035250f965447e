import './Feedback.css';
import type { ReactNode } from 'react';
import { useMessages } from '../lib/messages/messages.ts';
import { useLate } from '../lib/use-late.ts';

export interface EmptyStateProps {
  /** One sentence. */
  readonly children: ReactNode;
  /** A primary button, a line of SQL, a link. */
  readonly actions?: ReactNode;
}

export function EmptyState({ children, actions }: EmptyStateProps) {
  return (
    <div className="empty">
      <p>{children}</p>
      {actions}
    </div>
  );
}

/** Grey lines in the place of rows, once waiting is long enough to be noticed. */
export function Skeleton({ lines = 3 }: { readonly lines?: number }) {
  const { common } = useMessages();
  if (!useLate(true)) return null;
  return (
    <div className="skel-lines" role="status" aria-label={common.loading}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike.
        <div key={line} className="skel-line">
          <i className="skel" style={{ width: `${38 - ((line * 7) % 12)}%` }} />
          <i className="skel" style={{ width: `${20 + ((line * 5) % 9)}%` }} />
          <i className="skel" style={{ width: '12%' }} />
        </div>
      ))}
    </div>
  );
}

/** A share of one as a thin bar; the figure must stand beside it. */
export function Meter({ share }: { readonly share: number }) {
  return (
    <span className="meter" aria-hidden>
      <i style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }} />
    </span>
  );
}
