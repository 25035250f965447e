import './Chip.css';
import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';

export type Tone = 'ok' | 'warn' | 'err' | 'info' | 'accent';

export interface ChipProps {
  readonly tone?: Tone | 'line' | undefined;
  readonly title?: string | undefined;
  readonly children: ReactNode;
}

export function Chip({ tone, title, children }: ChipProps) {
  return (
    <span className={cx('chip', tone)} title={title}>
      {children}
    </span>
  );
}

export interface DotProps {
  readonly tone?: Tone | 'off' | undefined;
  /** Pulses: something is going on. */
  readonly isLive?: boolean | undefined;
}

/** Beside a word that says the same. */
export function Dot({ tone, isLive }: DotProps) {
  return <i className={cx('dot', tone, isLive && 'live')} aria-hidden />;
}
