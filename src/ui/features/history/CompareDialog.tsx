import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../../components/Dialog.tsx';
import { DiffView } from '../../components/DiffView.tsx';
import { Select } from '../../components/Field.tsx';
import { ProfileView } from '../../components/profile/ProfileView.tsx';
import { Segments } from '../../components/Tabs.tsx';
import type { PastStatement } from '../../data/history.ts';
import { keptProfiles } from '../../data/kept-profiles.ts';
import { laidOutSql } from '../../data/laid-out-sql.ts';
import { countLines, lineDiff } from '../../lib/line-diff.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { type ProfiledRun, profiledQuery } from '../../lib/profile.ts';
import { FiguresTable } from './FiguresTable.tsx';
import { timeWords } from './HistoryList.tsx';

const MOST_OFFERED = 200;
const MOST_LETTERS = 60;

export interface CompareDialogProps {
  /** The one that was chosen last. */
  readonly now: PastStatement;
  readonly before: PastStatement;
  /** What it may be compared with instead. */
  readonly offered: readonly PastStatement[];
  readonly onChoose: (id: string) => void;
  readonly onClose: () => void;
}

/** Two statements: what differs in their text, their figures, their profiles. */
export function CompareDialog({ now, before, offered, onChoose, onClose }: CompareDialogProps) {
  const { compare: words } = useMessages().history;
  const [part, setPart] = useState<'text' | 'profile'>('text');
  const profile = useProfileOf(now);
  const nearest = useProfileOf(before);
  // Of two runs of one query only one may have been profiled.
  const profileBefore = nearest?.id === profile?.id ? undefined : nearest;
  const others = offered.filter(({ id }) => id !== now.id).slice(0, MOST_OFFERED);
  const known = others.some(({ id }) => id === before.id) ? others : [before, ...others];
  return (
    <Dialog open onClose={onClose} title={words.title} className="profile-dialog">
      <div className="toolbar compare-bar">
        <Select
          label={words.with}
          size="s"
          value={before.id}
          options={known.map((one) => ({ value: one.id, label: words.option(timeWords(one.startedAt), firstOf(one)) }))}
          onChange={onChoose}
        />
        <span className="grow" />
        {profile && profileBefore && (
          <Segments
            label={words.parts}
            items={[
              { id: 'text', label: words.text },
              { id: 'profile', label: words.profiles },
            ]}
            value={part}
            onChange={setPart}
          />
        )}
      </div>
      {part === 'profile' && profile && profileBefore ? (
        <ProfileView key={profileBefore.id} run={profile} others={[profileBefore]} other={profileBefore.id} />
      ) : (
        <Texts now={now} before={before} />
      )}
    </Dialog>
  );
}

function firstOf({ text }: PastStatement): string {
  const line = text.slice(0, 4 * MOST_LETTERS).replace(/\s+/g, ' ');
  return line.length > MOST_LETTERS ? `${line.slice(0, MOST_LETTERS)}…` : line;
}

/** Kept by the query: the one that was taken nearest to the run. */
function useProfileOf({ text, startedAt }: PastStatement): ProfiledRun | undefined {
  const { data = [] } = useQuery(keptProfiles(profiledQuery(text)));
  const distance = ({ at }: ProfiledRun) => Math.abs(at - startedAt.getTime());
  return data.toSorted((a, b) => distance(a) - distance(b))[0];
}

function Texts({ now, before }: Pick<CompareDialogProps, 'now' | 'before'>) {
  const { compare: words } = useMessages().history;
  const { data: was = before.text } = useQuery(laidOutSql(before.text));
  const { data: is = now.text } = useQuery(laidOutSql(now.text));
  const diff = lineDiff(was, is);
  const isSame = was === is;
  return (
    <div className="compare">
      <FiguresTable before={before} now={now} />
      <p className="faint small">
        {isSame ? words.same : words.changed(countLines(diff, 'Added'), countLines(diff, 'Removed'))}
      </p>
      <DiffView lines={diff} label={words.difference} />
    </div>
  );
}
