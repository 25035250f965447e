/** Browsers stop laying out an element somewhere above this height. */
const MOST_PIXELS = 8_000_000;

/** How the height that the browser scrolls stands to the height of all rows. */
export interface ScrollScale {
  /** The height of the scrolled element, in pixels. */
  readonly height: number;
  /** The greatest `top` of the rows and of the scroller. */
  readonly mostTop: number;
  readonly mostScroll: number;
}

export function scrollScale(rowsHeight: number, viewHeight: number): ScrollScale {
  const height = Math.min(rowsHeight, MOST_PIXELS);
  return { height, mostTop: Math.max(0, rowsHeight - viewHeight), mostScroll: Math.max(0, height - viewHeight) };
}

/** Where the rows stand: `top` pixels of them are above the view while the scroller is at `scroll`. */
export interface ScrollPlace {
  readonly top: number;
  readonly scroll: number;
}

/**
 * The place after the scroller moved. When the rows are higher than the browser can scroll, a short move (a wheel, a
 * key) is taken as it is and a long one (the bar is dragged) in proportion, so that each row can be reached by both.
 */
export function afterScroll(before: ScrollPlace, scroll: number, scale: ScrollScale, viewHeight: number): ScrollPlace {
  if (scale.mostTop === scale.mostScroll) return { top: scroll, scroll };
  if (scroll <= 0) return { top: 0, scroll };
  if (scroll >= scale.mostScroll - 1) return { top: scale.mostTop, scroll };
  const delta = scroll - before.scroll;
  const isShort = Math.abs(delta) < viewHeight;
  const top = isShort ? before.top + delta : (scroll / scale.mostScroll) * scale.mostTop;
  return { top: Math.min(scale.mostTop, Math.max(0, top)), scroll };
}

/** The place that shows these rows, and what the scroller must be set to for it. */
export function placeAt(top: number, scale: ScrollScale): ScrollPlace {
  const within = Math.min(scale.mostTop, Math.max(0, top));
  if (scale.mostTop === scale.mostScroll) return { top: within, scroll: within };
  return { top: within, scroll: Math.round((within / scale.mostTop) * scale.mostScroll) };
}
