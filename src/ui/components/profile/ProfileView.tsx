import './Profile.css';
import { useMemo, useState } from 'react';
import type { ProfiledOperator } from '../../../engine/index.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { compareProfiles, type ProfiledRun } from '../../lib/profile.ts';
import { Select } from '../Field.tsx';
import { Segments } from '../Tabs.tsx';
import { ProfileFacts } from './ProfileFacts.tsx';
import { ProfileGraph } from './ProfileGraph.tsx';
import { ProfileList } from './ProfileList.tsx';

export interface ProfileViewProps {
  readonly run: ProfiledRun;
  /** Other runs of the same query. */
  readonly others: readonly ProfiledRun[];
  /** The one of them that it is compared with at first. */
  readonly other?: string | undefined;
  /** Shows where the chosen operator stands in the query. */
  readonly onChoose?: ((operator: ProfiledOperator | undefined) => void) | undefined;
}

const NONE = '';

/** A query operator by operator, as a graph or a list, beside another run of the same query. */
export function ProfileView({ run, others, other: first = NONE, onChoose }: ProfileViewProps) {
  const { sql, profile } = run;
  const { profile: words } = useMessages();
  const [shape, setShape] = useState<'graph' | 'list'>('graph');
  const [chosen, setChosen] = useState<number>();
  const [other, setOther] = useState(first);
  const before = others.find((one) => one.id === other)?.profile;
  const choose = (operator: ProfiledOperator) => {
    const next = operator.id === chosen ? undefined : operator;
    setChosen(next?.id);
    onChoose?.(next);
  };
  const changes = useMemo(() => before && compareProfiles(profile, before), [profile, before]);
  const shown = { profile, chosen, onChoose: choose, changes };
  return (
    <div className="profile">
      <div className="toolbar profile-bar" role="toolbar" aria-label={words.title}>
        <Segments
          label={words.view}
          items={[
            { id: 'graph', label: words.graph },
            { id: 'list', label: words.list },
          ]}
          value={shape}
          onChange={setShape}
        />
        <span className="grow" />
        <Select
          label={words.compare}
          size="s"
          value={other}
          onChange={setOther}
          options={[{ value: NONE, label: words.compareNone }, ...others.map(otherRun)]}
        />
      </div>
      <div className="profile-work">
        {shape === 'graph' ? <ProfileGraph {...shown} /> : <ProfileList {...shown} />}
        <ProfileFacts {...shown} sql={sql} />
      </div>
    </div>
  );
}

function otherRun({ id, at, profile }: ProfiledRun) {
  const took = format.duration(profile.reading + profile.computing);
  return { value: id, label: `${format.minute(new Date(at))} · ${took}` };
}
