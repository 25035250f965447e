import { type RefObject, useEffect, useRef, useState } from 'react';

/** Which of many rows of one height are in view; the element scrolls. */
export interface RowWindow {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly first: number;
  /** Not included. */
  readonly end: number;
  readonly onScroll: () => void;
  /** Scrolls as little as shows the row. */
  readonly reveal: (row: number) => void;
}

const OVERSCAN = 8;

/** `head` is the height of what stays at the top of the scroller. */
export function useWindow(rows: number, rowHeight: number, head = 0): RowWindow {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const first = Math.max(0, Math.floor(view.top / rowHeight) - OVERSCAN);
  return {
    scroller,
    first: Math.min(first, rows),
    end: Math.min(rows, Math.ceil((view.top + view.height) / rowHeight) + OVERSCAN),
    onScroll: () => {
      const element = scroller.current;
      if (element) setView({ top: element.scrollTop, height: element.clientHeight });
    },
    reveal: (row) => {
      const element = scroller.current;
      if (!element) return;
      const top = row * rowHeight;
      const bottom = top + rowHeight + head;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
    },
  };
}
