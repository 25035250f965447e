import './CodeBox.css';
import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';

export interface CodeBoxProps {
  /** Names a box that scrolls, so that the keyboard gets into it; one without a name wraps its lines. */
  readonly label?: string | undefined;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** Text of a fixed width in a box, line by line. */
export function CodeBox({ label, className, children }: CodeBoxProps) {
  if (label === undefined) return <pre className={cx('codebox codebox-wraps', className)}>{children}</pre>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys scroll it.
    <pre className={cx('codebox', className)} role="group" tabIndex={0} aria-label={label}>
      {children}
    </pre>
  );
}
