import './SqlText.css';
import { useMemo } from 'react';
import { cx } from '../lib/cx.ts';
import { sqlPieces } from '../lib/sql-text.ts';

export interface SqlTextProps {
  readonly sql: string;
  readonly className?: string | undefined;
}

/** SQL in one run of text, coloured. */
export function SqlText({ sql, className }: SqlTextProps) {
  const pieces = useMemo(() => sqlPieces(sql), [sql]);
  return (
    <code className={cx('sql mono', className)}>
      {pieces.map(({ text, tint }, index) =>
        tint === '' ? (
          text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces have no name but their place.
          <span key={index} className={tint}>
            {text}
          </span>
        ),
      )}
    </code>
  );
}

export interface SqlBoxProps extends SqlTextProps {
  /** Names a box that scrolls, so that the keyboard gets into it; one without a name wraps its lines. */
  readonly label?: string | undefined;
}

/** A statement in a box, line by line. */
export function SqlBox({ sql, className, label }: SqlBoxProps) {
  const text = <SqlText sql={sql} />;
  if (label === undefined) return <pre className={cx('codebox codebox-wraps', className)}>{text}</pre>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys scroll it.
    <pre className={cx('codebox', className)} role="group" tabIndex={0} aria-label={label}>
      {text}
    </pre>
  );
}
