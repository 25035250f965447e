import './Place.css';
import { type ReactNode, useEffect } from 'react';
import { cx } from '../../lib/cx.ts';
import { isDrawerOpen, sideOfPlace, useIsNarrow } from '../../lib/drawer.ts';
import { useCommand } from '../../lib/hotkeys/dispatch.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { PANE_LIMITS, panes, setPanes } from '../../lib/panes.ts';
import { useRoute } from '../../lib/router.ts';
import { useStore } from '../../lib/store.ts';
import { Splitter } from './Splitter.tsx';

export interface PlaceProps {
  /** The name of what is shown: in the window's title and for the main region. */
  readonly title: string;
  /** What is shown has a heading of its own, so that the title is not said twice. */
  readonly isHeaded?: boolean | undefined;
  /** Tree or list at the left. */
  readonly side?: ReactNode;
  readonly sideLabel?: string | undefined;
  /** Cell, file or help at the right; absent when there is nothing to show. */
  readonly detail?: ReactNode;
  readonly detailLabel?: string | undefined;
  /** The detail is never narrower, whatever was chosen in other places. */
  readonly detailWidth?: number | undefined;
  /** The detail belongs to the work and cannot be closed: where there is no room beside it, it stands below. */
  readonly isDetailLasting?: boolean | undefined;
  readonly children: ReactNode;
}

/** What stands between the rail and the right edge: side pane, work area, detail pane. Every place is one. */
export function Place({
  title,
  isHeaded,
  side,
  sideLabel,
  detail,
  detailLabel,
  detailWidth = 0,
  isDetailLasting,
  children,
}: PlaceProps) {
  const { frame } = useMessages();
  const sizes = useStore(panes);
  const hasSide = useSide(side === undefined ? undefined : (sideLabel ?? frame.side));
  useEffect(() => {
    document.title = frame.titleOf(title);
  }, [title, frame]);
  return (
    <div className={cx('place', isDetailLasting && 'has-lasting-detail')}>
      {hasSide && (
        <aside className="side" style={{ width: sizes.side }} data-region="side" aria-label={sideLabel ?? frame.side}>
          {side}
          <Splitter
            label={frame.resizeSide}
            orientation="vertical"
            value={sizes.side}
            limits={PANE_LIMITS.side}
            perPixel={1}
            step={16}
            onChange={(width) => setPanes({ side: width })}
          />
        </aside>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: Escape closes it, too. */}
      {hasSide && <div className="drawer-scrim" onClick={() => isDrawerOpen.set(false)} />}
      <main className="main" id="main" data-region="main" tabIndex={-1}>
        {!isHeaded && <h1 className="sr">{title}</h1>}
        {children}
      </main>
      {detail !== undefined && (
        <aside
          className="detail"
          style={{ width: Math.max(detailWidth, sizes.detail) }}
          data-region="detail"
          aria-label={detailLabel ?? frame.detail}
        >
          <Splitter
            label={frame.resizeDetail}
            orientation="vertical"
            value={sizes.detail}
            limits={PANE_LIMITS.detail}
            perPixel={-1}
            step={16}
            onChange={(width) => setPanes({ detail: width })}
          />
          {detail}
        </aside>
      )}
    </div>
  );
}

/** Whether the side pane is shown: beside the work area, or over it while it is asked for. */
function useSide(label: string | undefined): boolean {
  const { isSideShown } = useStore(panes);
  const isOpen = useStore(isDrawerOpen);
  const isNarrow = useIsNarrow();
  const { place, path } = useRoute();
  const toggle = () => (isNarrow ? isDrawerOpen.set(!isOpen) : setPanes({ isSideShown: !isSideShown }));
  useCommand('toggleSide', toggle, label !== undefined);
  useEffect(() => {
    sideOfPlace.set(label);
    return () => sideOfPlace.set(undefined);
  }, [label]);
  const where = `${place}/${path.join('/')}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever has gone somewhere wants to see it.
  useEffect(() => isDrawerOpen.set(false), [where]);
  useEffect(() => {
    if (!isOpen) return;
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) isDrawerOpen.set(false);
    };
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, [isOpen]);
  return label !== undefined && (isNarrow ? isOpen : isSideShown);
}

export interface PaneHeadProps {
  readonly title: ReactNode;
  readonly children?: ReactNode;
}

/** The first line of a side or detail pane: its title and its buttons. */
export function PaneHead({ title, children }: PaneHeadProps) {
  return (
    <header className="pane-head">
      <h2 className="pane-title cut grow">{title}</h2>
      {children}
    </header>
  );
}
