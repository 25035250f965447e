/** The tabs: which worksheets are open, in which order, the pinned ones first, and which are shown. */
export interface Tabs {
  readonly open: readonly string[];
  readonly active: string | undefined;
  readonly pinned: readonly string[];
  /** Two that are shown side by side; the active one is one of them. */
  readonly split: Split | undefined;
  /** The last ones that were closed, newest first. */
  readonly closed: readonly string[];
}

export interface Split {
  readonly left: string;
  readonly right: string;
}

export const NO_TABS: Tabs = { open: [], active: undefined, pinned: [], split: undefined, closed: [] };

const MOST_CLOSED = 20;

/** Shows a worksheet; of two that are side by side it takes the place of the active one. */
export function withShown(tabs: Tabs, id: string): Tabs {
  const { open, active, split } = tabs;
  const isBeside = split && (split.left === id || split.right === id);
  return {
    ...tabs,
    open: open.includes(id) ? open : [...open, id],
    active: id,
    split: split && !isBeside ? { ...split, [split.right === active ? 'right' : 'left']: id } : split,
    closed: tabs.closed.filter((other) => other !== id),
  };
}

/** Shows a worksheet at the right of the active one, or of another where it is that itself. */
export function withBeside(tabs: Tabs, id: string): Tabs {
  const { open, active } = withShown(tabs, id);
  const before = tabs.active === id || tabs.active === undefined ? neighbour(open, id) : tabs.active;
  if (before === undefined) return tabs;
  return { ...withShown({ ...tabs, split: undefined }, id), active, split: { left: before, right: id } };
}

export function withoutSplit(tabs: Tabs): Tabs {
  return { ...tabs, split: undefined };
}

export function withClosed(tabs: Tabs, id: string): Tabs {
  const { open, active, pinned, split, closed } = tabs;
  if (!open.includes(id)) return tabs;
  const left = open.filter((other) => other !== id);
  const isSplit = split && split.left !== id && split.right !== id;
  const partner = split && !isSplit ? (split.left === id ? split.right : split.left) : undefined;
  return {
    open: left,
    active: active === id ? (partner ?? neighbour(open, id)) : active,
    pinned: pinned.filter((other) => other !== id),
    split: isSplit ? split : undefined,
    closed: [id, ...closed.filter((other) => other !== id)].slice(0, MOST_CLOSED),
  };
}

/** The one that takes its place in the row, else the one before it. */
function neighbour(open: readonly string[], id: string): string | undefined {
  const at = open.indexOf(id);
  return open[at + 1] ?? open[at - 1];
}

/** Pinned ones stay before the others. */
export function withMoved(tabs: Tabs, id: string, step: 1 | -1): Tabs {
  const { open, pinned } = tabs;
  const from = open.indexOf(id);
  const other = open[from + step];
  if (from < 0 || other === undefined || pinned.includes(other) !== pinned.includes(id)) return tabs;
  const moved = [...open];
  moved[from] = other;
  moved[from + step] = id;
  return { ...tabs, open: moved };
}

export function withPinned(tabs: Tabs, id: string, isPinned: boolean): Tabs {
  const pinned = tabs.pinned.filter((other) => other !== id);
  const now = isPinned ? [...pinned, id] : pinned;
  const [first, last] = [true, false].map((wanted) => tabs.open.filter((other) => now.includes(other) === wanted));
  return { ...tabs, pinned: now, open: [...(first ?? []), ...(last ?? [])] };
}

/** Only worksheets that there are. */
export function withOnly(tabs: Tabs, isThere: (id: string) => boolean): Tabs {
  const open = tabs.open.filter(isThere);
  const { active, split } = tabs;
  return {
    open,
    active: open.includes(active ?? '') ? active : open[0],
    pinned: tabs.pinned.filter(isThere),
    split: split && open.includes(split.left) && open.includes(split.right) ? split : undefined,
    closed: tabs.closed.filter(isThere),
  };
}

/** What was kept, by this or an older version. */
export function readTabs(kept: unknown): Tabs | undefined {
  if (typeof kept !== 'object' || kept === null || !('open' in kept) || !Array.isArray(kept.open)) return undefined;
  const open = ids(kept.open);
  const active = 'active' in kept && typeof kept.active === 'string' ? kept.active : undefined;
  const pinned = 'pinned' in kept ? ids(kept.pinned) : [];
  const split = 'split' in kept ? readSplit(kept.split) : undefined;
  return { open, active, pinned, split, closed: 'closed' in kept ? ids(kept.closed) : [] };
}

function ids(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : [];
}

function readSplit(value: unknown): Split | undefined {
  if (typeof value !== 'object' || value === null || !('left' in value && 'right' in value)) return undefined;
  const { left, right } = value;
  return typeof left === 'string' && typeof right === 'string' && left !== right ? { left, right } : undefined;
}
