import { Download, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { CodeBox } from '../../components/CodeBox.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import { saveBlob } from '../../data/download.ts';
import type { RejectedRow } from '../../data/load.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';
import { badColumn, badValue, caretIndent, valuePlace } from './rejects.ts';

export interface RejectedRowsProps {
  readonly rows: readonly RejectedRow[];
  readonly delimiter: string;
  /** Of the file of a row: how many rows of it are in the table. */
  readonly loadedOf?: ((file: string) => number) | undefined;
  /** Loads rows of one file again, with a text taken as NULL. */
  readonly onRetry?: ((rows: readonly RejectedRow[], nullText: string) => void) | undefined;
}

/** Rows that a load left out, and the chosen one with a caret under what was wrong. */
export function RejectedRows({ rows, delimiter, loadedOf, onRetry }: RejectedRowsProps) {
  const { rejects: words } = useMessages().load;
  const [chosen, setChosen] = useState(0);
  const at = Math.min(chosen, rows.length - 1);
  const current = rows[at];
  return (
    <>
      <div className="load-box" style={{ height: `calc(var(--row) * ${Math.min(7, rows.length + 1)})` }}>
        <RowTable
          label={words.list}
          columns={rejectHeads(words)}
          rows={rows}
          keyOf={keyOf}
          selected={current && keyOf(current)}
          onSelect={(row) => setChosen(rows.indexOf(row))}
        />
      </div>
      {current && (
        <RejectCard {...{ rows, at, current, delimiter, loadedOf, onRetry }} onStep={(step) => setChosen(at + step)} />
      )}
    </>
  );
}

const keyOf = ({ file, line }: RejectedRow) => `${file}:${line}`;

function rejectHeads({ heads }: Messages['load']['rejects']): readonly RowTableColumn<RejectedRow>[] {
  return [
    {
      id: 'file',
      head: heads.file,
      width: 'minmax(120px, 0.7fr)',
      show: ({ file }) => <span className="cut">{file}</span>,
    },
    { id: 'line', head: heads.line, width: '64px', isEnd: true, show: ({ line }) => format.integer(line) },
    {
      id: 'column',
      head: heads.column,
      width: 'minmax(90px, 0.6fr)',
      show: (row) => {
        const column = badColumn(row);
        return (
          column && (
            <span className="cut" title={`${column.name} ${column.type}`}>
              {column.name} <span className="faint">{column.type}</span>
            </span>
          )
        );
      },
    },
    {
      id: 'error',
      head: heads.error,
      width: 'minmax(160px, 1.4fr)',
      show: ({ error }) => (
        <span className="cut" title={error}>
          {error}
        </span>
      ),
    },
    {
      id: 'raw',
      head: heads.raw,
      width: 'minmax(120px, 1fr)',
      show: ({ raw }) => (
        <span className="mono cut" title={raw}>
          {raw}
        </span>
      ),
    },
  ];
}

interface RejectCardProps extends RejectedRowsProps {
  readonly at: number;
  readonly current: RejectedRow;
  readonly onStep: (step: number) => void;
}

function RejectCard({ rows, at, current, delimiter, loadedOf, onRetry, onStep }: RejectCardProps) {
  const { rejects: words } = useMessages().load;
  const value = badValue(current);
  const own = rows.filter(({ file }) => file === current.file);
  const others = loadedOf?.(current.file);
  return (
    <section className="load-reject" aria-label={words.place(current.file, format.integer(current.line))}>
      <p className="load-reject-title">
        <b>{current.error}</b>
        <span className="faint">
          {words.place(current.file, format.integer(current.line))} ·{' '}
          {words.position(format.integer(at + 1), format.integer(rows.length))}
        </span>
      </p>
      <RejectedLine row={current} delimiter={delimiter} />
      <div className="load-reject-actions">
        {onRetry && value !== undefined && (
          <Button size="s" icon={RotateCcw} title={words.retryHint} onClick={() => onRetry(own, value)}>
            {words.retry(value, own.length === 1)}
          </Button>
        )}
        <Button size="s" icon={Download} onClick={() => saveRejected(own)}>
          {words.save(format.integer(own.length), own.length === 1)}
        </Button>
        <Button size="s" look="quiet" disabled={at === 0} onClick={() => onStep(-1)}>
          {words.previous}
        </Button>
        <Button size="s" look="quiet" disabled={at === rows.length - 1} onClick={() => onStep(1)}>
          {words.next}
        </Button>
        <span className="grow" />
        {others !== undefined && <span className="faint">{words.others(format.integer(others))}</span>}
      </div>
    </section>
  );
}

function RejectedLine({ row, delimiter }: { readonly row: RejectedRow; readonly delimiter: string }) {
  const { raw, line } = row;
  const { heads } = useMessages().load.rejects;
  const place = valuePlace(row, delimiter);
  return (
    <CodeBox className="load-line" label={heads.raw}>
      <span className="faint">{line} </span>
      {place ? (
        <>
          {raw.slice(0, place.start)}
          <mark>{raw.slice(place.start, place.end)}</mark>
          {raw.slice(place.end)}
          {!raw.includes('\n') && (
            <span className="load-caret" aria-hidden="true">
              {`${caretIndent(`${line} ${raw.slice(0, place.start)}`)}^`}
            </span>
          )}
        </>
      ) : (
        raw
      )}
    </CodeBox>
  );
}

/** The lines as they stand in the file. */
export function rejectedText(rows: readonly RejectedRow[]): string {
  return `${rows.map(({ raw }) => raw).join('\n')}\n`;
}

function saveRejected(rows: readonly RejectedRow[]): void {
  const name = (rows[0]?.file.split('/').at(-1) ?? 'rows.csv').replace(/(\.\w+)?$/, '.rejected$1');
  saveBlob(name, new Blob([rejectedText(rows)]));
}
