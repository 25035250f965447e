import './Facts.css';
import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';

export interface FactsProps {
  readonly facts: readonly (readonly [name: string, value: ReactNode])[];
  readonly className?: string | undefined;
}

/** Names at the left, values at the right. */
export function Facts({ facts, className }: FactsProps) {
  return (
    <dl className={cx('facts', className)}>
      {facts.map(([name, value]) => (
        <div key={name} className="fact">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
