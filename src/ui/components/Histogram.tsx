import './Histogram.css';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { cx } from '../lib/cx.ts';
import { useOwnTouch } from '../lib/own-touch.ts';

export interface HistogramProps {
  /** How many values each part holds, from the least to the greatest. */
  readonly counts: readonly number[];
  /** Some parts next to each other were chosen: by dragging over them, or by arrows, Shift and Enter. */
  readonly onBrush?: ((first: number, last: number) => void) | undefined;
  /** What the brush does. */
  readonly label?: string | undefined;
}

function barOf(index: number, height: number, width: number) {
  return { x: index * width, y: 16 - height, width: width * 0.82, height };
}

/** Where a brush began and where it is. */
type Brush = readonly [from: number, to: number];

/** Counts as bars that fill their box; the figures stand beside it. */
export function Histogram({ counts, onBrush, label }: HistogramProps) {
  const [brush, setBrush] = useState<Brush>();
  const brushed = useRef<SVGSVGElement>(null);
  useOwnTouch(brushed);
  const isChosen = (index: number) => brush && index >= Math.min(...brush) && index <= Math.max(...brush);
  const input = onBrush && brushInput(counts.length, { brush, setBrush, onBrush });
  const most = Math.max(1, ...counts);
  const width = 100 / Math.max(1, counts.length);
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it has a label where it does something, and is hidden elsewhere.
    <svg
      ref={onBrush && brushed}
      className={cx('histogram', onBrush && 'is-brushed')}
      viewBox="0 0 100 16"
      preserveAspectRatio="none"
      {...(input ? { ...input, role: 'slider', tabIndex: 0, 'aria-label': label } : { 'aria-hidden': true })}
      {...(input && { 'aria-valuemin': 1, 'aria-valuemax': counts.length, 'aria-valuenow': (brush?.[1] ?? 0) + 1 })}
    >
      {counts.map((count, index) => {
        const height = count === 0 ? 0 : Math.max(1, (count / most) * 16);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar has no name but its place.
          <rect key={index} className={cx(isChosen(index) && 'is-chosen')} {...barOf(index, height, width)} />
        );
      })}
    </svg>
  );
}

interface BrushState {
  readonly brush: Brush | undefined;
  readonly setBrush: (brush: Brush | undefined) => void;
  readonly onBrush: (first: number, last: number) => void;
}

function brushInput(parts: number, { brush, setBrush, onBrush }: BrushState) {
  const partAt = (event: PointerEvent<SVGElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.max(0, Math.min(parts - 1, Math.floor(((event.clientX - left) / width) * parts)));
  };
  const end = () => {
    if (brush) onBrush(Math.min(...brush), Math.max(...brush));
    setBrush(undefined);
  };
  return {
    onPointerDown: (event: PointerEvent<SVGElement>) => {
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      setBrush([partAt(event), partAt(event)]);
    },
    onPointerMove: (event: PointerEvent<SVGElement>) => {
      if (brush && event.buttons === 1) setBrush([brush[0], partAt(event)]);
    },
    onPointerUp: end,
    onPointerCancel: () => setBrush(undefined),
    onKeyDown: (event: KeyboardEvent) => {
      const step = STEPS[event.key];
      if (step === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      if (step === 0) end();
      else setBrush(stepped(brush, { step, parts, isExtended: event.shiftKey }));
    },
  };
}

/** Enter stays where it is, and takes what is chosen. */
const STEPS: { readonly [key: string]: number } = { ArrowRight: 1, ArrowLeft: -1, Enter: 0 };

interface BrushStep {
  readonly step: number;
  readonly parts: number;
  readonly isExtended: boolean;
}

function stepped(brush: Brush | undefined, { step, parts, isExtended }: BrushStep): Brush {
  const from = brush?.[1] ?? (step > 0 ? -1 : parts);
  const to = Math.max(0, Math.min(parts - 1, from + step));
  return isExtended && brush ? [brush[0], to] : [to, to];
}
