import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { afterScroll, placeAt, type ScrollPlace, type ScrollScale, scrollScale } from './scroll.ts';

export interface GridView {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly width: number;
  /** Of the rows, without the head. */
  readonly height: number;
  readonly top: number;
  readonly left: number;
  readonly scale: ScrollScale;
  readonly onScroll: () => void;
  /** Scrolls as little as shows this box, in pixels from the first row and from the number column. */
  readonly reveal: (box: RevealBox) => void;
}

export interface RevealBox {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

const START: ScrollPlace = { top: 0, scroll: 0 };

export interface GridSizes {
  /** The height of all rows. */
  readonly rows: number;
  readonly head: number;
  /** The width that does not scroll away. */
  readonly fixed: number;
}

/** What part of the rows is in view; other data, by its id, starts at its top. */
export function useGridView(id: string, sizes: GridSizes): GridView {
  const scroller = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [place, setPlace] = useState(START);
  const [left, setLeft] = useState(0);
  const current = useRef(START);
  const height = Math.max(0, size.height - sizes.head);
  const scale = useMemo(() => scrollScale(sizes.rows, height), [sizes.rows, height]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const moveTo = (next: ScrollPlace) => {
    current.current = next;
    setPlace(next);
    if (scroller.current) scroller.current.scrollTop = next.scroll;
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another id resets.
  useLayoutEffect(() => {
    moveTo(START);
    if (scroller.current) scroller.current.scrollLeft = 0;
  }, [id]);

  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    current.current = afterScroll(current.current, element.scrollTop, scale, height);
    setPlace(current.current);
    setLeft(element.scrollLeft);
  };

  const reveal = (box: RevealBox) => {
    const { top } = current.current;
    const wanted = nearest(top, height, box.top, box.bottom);
    if (wanted !== top) moveTo(placeAt(wanted, scale));
    const element = scroller.current;
    if (element) element.scrollLeft = nearest(element.scrollLeft, size.width - sizes.fixed, box.left, box.right);
  };

  const top = Math.min(place.top, scale.mostTop);
  return { scroller, width: size.width, height, top, left, scale, onScroll, reveal };
}

function nearest(at: number, room: number, start: number, end: number): number {
  if (start < at) return start;
  return end > at + room ? Math.min(start, end - room) : at;
}
