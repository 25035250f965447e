import './ProgressLine.css';
import { type ReactNode, useRef } from 'react';
import type { Progress } from '../../engine/index.ts';
import { cx } from '../lib/cx.ts';
import { format } from '../lib/format.ts';
import { useMessages } from '../lib/messages/messages.ts';
import { Dot } from './Chip.tsx';

export interface ProgressLineProps {
  readonly label: string;
  readonly progress: Progress;
  /** Milliseconds since the start. */
  readonly elapsed: number;
  readonly end?: ReactNode;
}

/** Phase, files, rows, bytes and rate of something long, with one thin line for the share that is done. */
export function ProgressLine({ label, progress, elapsed, end }: ProgressLineProps) {
  const { progress: words } = useMessages();
  const share = useFurthest(shareDone(progress));
  return (
    <div className="progress">
      <span
        className={cx('progress-bar', share === undefined && 'unknown')}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
      >
        <i style={share === undefined ? undefined : { width: `${share * 100}%` }} />
      </span>
      <Dot tone="info" isLive />
      <b>{words.phases[progress.phase]}</b>
      {facts(progress, elapsed, words).map((fact) => (
        <span key={fact} className="progress-fact">
          {fact}
        </span>
      ))}
      <span className="grow" />
      <span className="faint">{format.duration(elapsed)}</span>
      {end}
    </div>
  );
}

/** More to do may become known on the way: the line waits then, and never goes back. */
function useFurthest(share: number | undefined): number | undefined {
  const furthest = useRef(0);
  if (share === undefined) return undefined;
  furthest.current = Math.max(furthest.current, share);
  return furthest.current;
}

/** By the figure that says most: bytes, then files, then rows. */
export function shareDone(progress: Progress): number | undefined {
  const { bytes, bytesTotal, files, filesTotal, rows, rowsTotal } = progress;
  if (bytesTotal) return Math.min(1, bytes / bytesTotal);
  if (filesTotal) return Math.min(1, files / filesTotal);
  return rowsTotal ? Math.min(1, rows / rowsTotal) : undefined;
}

type Words = ReturnType<typeof useMessages>['progress'];

function facts(progress: Progress, elapsed: number, words: Words): readonly string[] {
  const { files, filesTotal, rows, rowsTotal, bytes, bytesTotal, networkBytes, written } = progress;
  const optional = (value: number | undefined, show: (known: number) => string) =>
    value === undefined ? undefined : show(value);
  const list: string[] = [];
  if (files > 0 || filesTotal) list.push(words.files(format.integer(files), optional(filesTotal, format.integer)));
  if (rows > 0 || rowsTotal) list.push(words.rows(format.integer(rows), optional(rowsTotal, format.integer)));
  if (bytes > 0 || bytesTotal) list.push(words.bytes(format.bytes(bytes), optional(bytesTotal, format.bytes)));
  if (written > 0) list.push(words.written(format.integer(written)));
  if (networkBytes > 0) list.push(words.network(format.bytes(networkBytes)));
  if (bytes > 0 && elapsed > 500) list.push(format.rate((bytes * 1000) / elapsed));
  return list;
}
