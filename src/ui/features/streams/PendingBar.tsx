import type { Pending } from '../../data/streams.ts';
import { pendingTotal } from '../../data/streams.ts';

export const CHANGE_KINDS = ['inserts', 'updates', 'deletes'] as const;

/** Shares of what is pending; the figures must stand beside it. */
export function PendingBar({ pending }: { readonly pending: Pending }) {
  if (pendingTotal(pending) === 0) return null;
  return (
    <span className="pending-bar" aria-hidden>
      {CHANGE_KINDS.map(
        (kind) => pending[kind] > 0 && <i key={kind} className={kind} style={{ flexGrow: pending[kind] }} />,
      )}
    </span>
  );
}
