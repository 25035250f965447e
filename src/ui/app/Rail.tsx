import './Rail.css';
import {
  Database,
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
import { Tooltip } from '../components/Tooltip.tsx';
import { unseenEnds } from '../data/run-ends.ts';
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

/** The places of the console; settings stand at the foot. */
export function Rail() {
  const { frame } = useMessages();
  return (
    <nav className="rail" data-region="rail" aria-label={frame.rail}>
      {PLACES.filter((place) => place in SCREENS).map((place) => (
        <RailLink key={place} place={place} />
      ))}
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
        className={place === 'settings' ? 'rail-item last' : 'rail-item'}
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

/** How many worksheets have a run that ended out of view; the tabs say which. */
function EndsBadge() {
  const count = useStore(unseenEnds).size;
  return count === 0 ? null : <span className="rail-badge">{count}</span>;
}
