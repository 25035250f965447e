import type { PointerEvent } from 'react';

/** Where a dragged column would go: before or behind another. */
export interface DropPlace {
  readonly column: number;
  readonly isBefore: boolean;
}

export interface ColumnDrag {
  readonly from: number;
  readonly show: (place: DropPlace | undefined) => void;
  readonly move: (from: number, to: number) => void;
}

/** A press that moves less is a click. */
const LEAST_PIXELS = 5;

/** Follows the pointer from a press on a head until it is let go; Escape or a lost pointer leaves all as it was. */
export function dragColumn(event: PointerEvent<HTMLElement>, { from, show, move }: ColumnDrag): void {
  if (event.button !== 0 || event.pointerType === 'touch') return;
  const start = event.clientX;
  const ended = new AbortController();
  const { signal } = ended;
  let place: DropPlace | undefined;
  let isDragged = false;
  const end = () => {
    ended.abort();
    show(undefined);
  };
  const follow = (moved: globalThis.PointerEvent) => {
    isDragged ||= Math.abs(moved.clientX - start) >= LEAST_PIXELS;
    if (!isDragged) return;
    place = placeUnder(moved) ?? place;
    show(place);
  };
  const drop = () => {
    end();
    if (isDragged) swallowClick();
    const to = place && targetOf(from, place);
    if (to !== undefined && to !== from) move(from, to);
  };
  window.addEventListener('pointermove', follow, { signal });
  window.addEventListener('pointerup', drop, { signal });
  window.addEventListener('pointercancel', end, { signal });
  window.addEventListener('keydown', ({ key }) => key === 'Escape' && end(), { signal });
}

function placeUnder({ clientX, clientY }: globalThis.PointerEvent): DropPlace | undefined {
  const head = document.elementFromPoint(clientX, clientY)?.closest('[data-head]');
  if (!head) return undefined;
  const { left, width } = head.getBoundingClientRect();
  return { column: Number(head.getAttribute('data-head')), isBefore: clientX < left + width / 2 };
}

/** The place of the column once it is taken out of its old one. */
export function targetOf(from: number, { column, isBefore }: DropPlace): number {
  const gap = isBefore ? column : column + 1;
  return gap > from ? gap - 1 : gap;
}

/** The click that follows a drag opens no menu; there may be none. */
function swallowClick(): void {
  const stop = (event: Event) => event.stopPropagation();
  window.addEventListener('click', stop, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', stop, { capture: true }), 0);
}
