import { type RefObject, useEffect } from 'react';

/**
 * Fingers on the element move what is drawn there. Chromium takes a quick drag for a fling all the same, and the next tap
 * for its end, unless the page claims the movement besides `touch-action`.
 */
export function useOwnTouch(element: RefObject<Element | null>): void {
  useEffect(() => {
    const claim = (event: Event) => event.preventDefault();
    const target = element.current;
    target?.addEventListener('touchmove', claim, { passive: false });
    return () => target?.removeEventListener('touchmove', claim);
  }, [element]);
}
