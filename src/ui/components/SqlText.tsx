import './SqlText.css';
import { useMemo } from 'react';
import { cx } from '../lib/cx.ts';
import { sqlPieces } from '../lib/sql-text.ts';
import { CodeBox } from './CodeBox.tsx';

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
  /** That of a box that scrolls. */
  readonly label?: string | undefined;
}

/** A statement in a box, line by line. */
export function SqlBox({ sql, className, label }: SqlBoxProps) {
  return (
    <CodeBox className={className} label={label}>
      <SqlText sql={sql} />
    </CodeBox>
  );
}
