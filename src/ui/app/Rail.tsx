import './Rail.css';
import {
  Database,
  Ellipsis,
  FolderArchive,
  GraduationCap,
  History,
  House,
  Import,
  type LucideIcon,
  Plug,
  SlidersHorizontal,
  SquareTerminal,
  Waves,
  Workflow,
} from 'lucide-react';
import { Icon } from '../components/Icon.tsx';
import { Menu } from '../components/Menu.tsx';
import { Tooltip } from '../components/Tooltip.tsx';
import { unseenEnds } from '../data/run-ends.ts';
import { cx } from '../lib/cx.ts';
import type { CommandId } from '../lib/hotkeys/commands.ts';
import { useCommand } from '../lib/hotkeys/dispatch.ts';
import { useMessages } from '../lib/messages/messages.ts';
import { navigate, PLACES, type PlaceId, showRoute, useRoute } from '../lib/router.ts';
import { useStore } from '../lib/store.ts';
import { SCREENS } from './screens.tsx';

interface RailItem {
  readonly icon: LucideIcon;
  readonly command: CommandId;
}

const ITEMS: { readonly [K in PlaceId]: RailItem } = {
  home: { icon: House, command: 'goHome' },
  worksheets: { icon: SquareTerminal, command: 'goWorksheets' },
  data: { icon: Database, command: 'goData' },
  stages: { icon: FolderArchive, command: 'goStages' },
  load: { icon: Import, command: 'goLoad' },
  streams: { icon: Waves, command: 'goStreams' },
  tasks: { icon: Workflow, command: 'goTasks' },
  connections: { icon: Plug, command: 'goConnections' },
  history: { icon: History, command: 'goHistory' },
  learn: { icon: GraduationCap, command: 'goLearn' },
  settings: { icon: SlidersHorizontal, command: 'goSettings' },
};

/** A phone has room for these; the menu at their end has the others. */
const FIRST: ReadonlySet<PlaceId> = new Set(['worksheets', 'data', 'stages', 'load', 'history']);

/** The places of the console; settings stand at the foot. */
export function Rail() {
  const { frame } = useMessages();
  return (
    <nav className="rail" data-region="rail" aria-label={frame.rail}>
      {PLACES.filter((place) => place in SCREENS).map((place) => (
        <RailLink key={place} place={place} />
      ))}
      <MorePlaces />
    </nav>
  );
}

function RailLink({ place }: { readonly place: PlaceId }) {
  const { places } = useMessages();
  const current = useRoute().place;
  const { icon, command } = ITEMS[place];
  useCommand(command, () => navigate({ place }));
  return (
    <Tooltip label={places[place]} side="right">
      <a
        className={cx('rail-item', place === 'settings' && 'last', !FIRST.has(place) && 'is-more')}
        href={showRoute({ place })}
        aria-label={places[place]}
        aria-current={current === place ? 'page' : undefined}
      >
        <Icon of={icon} size="l" />
        {place === 'worksheets' && <EndsBadge />}
      </a>
    </Tooltip>
  );
}

function MorePlaces() {
  const { places, frame } = useMessages();
  const current = useRoute().place;
  const others = PLACES.filter((place) => place in SCREENS && !FIRST.has(place));
  return (
    <Menu
      label={frame.morePlaces}
      align="end"
      trigger={
        <button
          type="button"
          className="rail-item rail-more"
          aria-label={frame.morePlaces}
          aria-current={FIRST.has(current) ? undefined : 'true'}
        >
          <Icon of={Ellipsis} size="l" />
        </button>
      }
      entries={others.map((place) => ({
        kind: 'Action',
        label: places[place],
        icon: ITEMS[place].icon,
        run: () => navigate({ place }),
      }))}
    />
  );
}

/** How many worksheets have a run that ended out of view; the tabs say which. */
function EndsBadge() {
  const count = useStore(unseenEnds).size;
  return count === 0 ? null : <span className="rail-badge">{count}</span>;
}
