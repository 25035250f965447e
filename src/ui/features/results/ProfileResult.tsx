import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ResultInfo, Span } from '../../../engine/index.ts';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { ProfileView } from '../../components/profile/ProfileView.tsx';
import { keptProfiles, profileOf } from '../../data/kept-profiles.ts';
import type { Run, StatementRun } from '../../data/runs.ts';
import { profiledFrom, profiledQuery } from '../../lib/profile.ts';

export interface ProfileResultProps {
  readonly run: Run;
  readonly statement: StatementRun;
  readonly result: ResultInfo;
  readonly onMark: (spans: readonly Span[]) => void;
}

/** The profile that a statement gave; the chosen operator is shown in the worksheet. */
export function ProfileResult({ run, statement, result, onMark }: ProfileResultProps) {
  const text = statement.sql;
  const sql = profiledQuery(text);
  const from = statement.start + (profiledFrom(text) ?? 0);
  const { data, error } = useQuery(profileOf(result, sql));
  const { data: kept = [] } = useQuery({ ...keptProfiles(sql), enabled: data !== undefined });
  useEffect(() => () => onMark([]), [onMark]);
  if (error) return <ErrorCard error={error} />;
  if (!data) return <Skeleton lines={6} />;
  return (
    <ProfileView
      run={data}
      others={kept.filter((one) => one.id !== data.id)}
      onChoose={(operator) =>
        onMark((operator?.spans ?? []).map(({ start, end }) => run.back({ start: from + start, end: from + end })))
      }
    />
  );
}
