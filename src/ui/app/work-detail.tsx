import { useEffect } from 'react';
import type { PlaceProps } from '../components/frame/Place.tsx';
import { closeCell, shownCell, toggleCell } from '../data/shown-cell.ts';
import { closeProfile, closeStats, shownProfile, shownStats } from '../data/shown-stats.ts';
import { CellPanel } from '../features/results/CellPanel.tsx';
import { ProfilePanel } from '../features/results/ProfilePanel.tsx';
import { StatsPanel } from '../features/results/StatsPanel.tsx';
import { useCommand } from '../lib/hotkeys/dispatch.ts';
import { useMessages } from '../lib/messages/messages.ts';
import { useStore } from '../lib/store.ts';

/** Columns with their figures need more room than a cell. */
const PROFILE_WIDTH = 340;

export type WorkDetail = Pick<PlaceProps, 'detail' | 'detailLabel' | 'detailWidth'>;

/** What stands at the right of rows: the chosen cell, or the figures of a column. It is closed with its place. */
export function useWorkDetail(): WorkDetail {
  const { viewer, stats: words } = useMessages();
  const cell = useStore(shownCell);
  const stats = useStore(shownStats);
  const profile = useStore(shownProfile);
  useCommand('toggleDetail', toggleCell);
  useEffect(() => close, []);
  if (stats) return { detail: <StatsPanel shown={stats} />, detailLabel: words.title(stats.column.name) };
  if (!cell && profile)
    return {
      detail: <ProfilePanel key={`${profile.database}.${profile.name}`} shown={profile} />,
      detailLabel: words.title(profile.name),
      detailWidth: PROFILE_WIDTH,
    };
  if (!cell) return { detail: undefined, detailLabel: undefined };
  const detailLabel = viewer.title(cell.column.name, String(cell.place.row + 1));
  return { detail: <CellPanel shown={cell} />, detailLabel };
}

function close(): void {
  closeCell();
  closeStats();
  closeProfile();
}
