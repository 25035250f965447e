import { type RefObject, useEffect, useRef } from 'react';

/** Keeps the chosen tab of a list in view: when another is chosen, when the list gets narrower, when a tab gets wider. */
export function useChosenInView(chosen: unknown): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen tab is found in the page, and changes with it.
  useEffect(() => {
    const show = () =>
      list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    // Called at once, too.
    const observer = new ResizeObserver(show);
    for (const element of [list.current, ...(list.current?.children ?? [])]) if (element) observer.observe(element);
    return () => observer.disconnect();
  }, [chosen]);
  return list;
}
