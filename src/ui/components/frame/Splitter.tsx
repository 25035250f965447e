import './Splitter.css';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useOwnTouch } from '../../lib/own-touch.ts';

export interface SplitterProps {
  readonly label: string;
  /** How the line lies: vertical between a left and a right pane. */
  readonly orientation: 'vertical' | 'horizontal';
  readonly value: number;
  readonly limits: readonly [least: number, most: number];
  /** How much the value changes for a pixel to the right or down; negative when the pane stands behind the line. */
  readonly perPixel: number;
  /** How much an arrow key changes it. */
  readonly step: number;
  readonly onChange: (value: number) => void;
}

/** The movable line between two panes: by pointer, by arrows, and to the ends by Home and End. */
export function Splitter(props: SplitterProps) {
  const { label, orientation, value, limits, perPixel, step, onChange } = props;
  const drag = useRef<{ readonly from: number; readonly value: number } | undefined>(undefined);
  const bar = useRef<HTMLDivElement>(null);
  useOwnTouch(bar);
  const [least, most] = limits;
  const set = (next: number) => onChange(Math.min(most, Math.max(least, next)));
  const along = (event: PointerEvent) => (orientation === 'vertical' ? event.clientX : event.clientY);

  const press = (event: KeyboardEvent) => {
    const next = keyTarget(event.key, { value, least, most, step: step * Math.sign(perPixel) });
    if (next === undefined) return;
    event.preventDefault();
    set(next);
  };
  return (
    <div
      ref={bar}
      className={`splitter ${orientation}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={Math.round(value * (most <= 1 ? 100 : 1))}
      aria-valuemin={Math.round(least * (most <= 1 ? 100 : 1))}
      aria-valuemax={Math.round(most * (most <= 1 ? 100 : 1))}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { from: along(event), value };
      }}
      onPointerMove={(event) => {
        if (drag.current) set(drag.current.value + (along(event) - drag.current.from) * perPixel);
      }}
      onLostPointerCapture={() => {
        drag.current = undefined;
      }}
    />
  );
}

interface Range {
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

function keyTarget(key: string, { value, least, most, step }: Range): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return value + step;
    case 'ArrowLeft':
    case 'ArrowUp':
      return value - step;
    case 'Home':
      return least;
    case 'End':
      return most;
    default:
      return undefined;
  }
}
