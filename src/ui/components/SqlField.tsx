import './SqlField.css';
import { cx } from '../lib/cx.ts';
import { SqlText } from './SqlText.tsx';

export interface SqlFieldProps {
  readonly label: string;
  readonly sql: string;
  readonly onChange: (sql: string) => void;
  /** Lines, from 0, that stand out. */
  readonly marks?: ReadonlySet<number> | undefined;
}

/** Statements that can be typed into and are coloured: a text area over the coloured text. */
export function SqlField({ label, sql, onChange, marks }: SqlFieldProps) {
  const lines = sql.split('\n');
  return (
    <div className="sql-field">
      <div className="sql-field-sheet">
        <pre aria-hidden>
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name but its place.
            <div key={index} className={cx('sql-field-line', marks?.has(index) && 'is-marked')}>
              <SqlText sql={line} />
              {'\n'}
            </div>
          ))}
        </pre>
        <textarea
          aria-label={label}
          value={sql}
          spellCheck={false}
          wrap="off"
          rows={lines.length}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
    </div>
  );
}
