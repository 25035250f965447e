import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useStore } from '../../lib/store.ts';
import { statusSlot } from './status-slot.ts';

/** Puts what a place has to say into the status line: `<StatusItem>` one after another. */
export function StatusItems({ children }: { readonly children: ReactNode }) {
  const slot = useStore(statusSlot);
  return slot ? createPortal(children, slot) : null;
}

export interface StatusItemProps {
  readonly title?: string | undefined;
  readonly children: ReactNode;
}

export function StatusItem({ title, children }: StatusItemProps) {
  return (
    <span className="status-item" title={title}>
      {children}
    </span>
  );
}
