import { queryOptions } from '@tanstack/react-query';
import type { OperatorProfile, ResultInfo } from '../../engine/index.ts';
import type { ProfiledRun } from '../lib/profile.ts';
import { queryClient } from './client.ts';
import { allRecords, deleteRecord, putRecord } from './database.ts';
import { readRows } from './kept-rows.ts';
import { keys, refresh } from './keys.ts';
import { cellRows } from './rows.ts';
import { type Sealed, seal, unseal } from './vault.ts';

interface Kept extends Pick<ProfiledRun, 'id' | 'at'> {
  /** Query and profile: both may name what is nobody's business. */
  readonly sealed: Sealed;
}

/** Of all queries; the oldest are forgotten. */
const MOST_PROFILES = 40;

/** The profile that a result holds; kept, so that later runs can be compared with it. */
export function profileOf({ id, columns }: ResultInfo, sql: string) {
  return queryOptions({
    queryKey: keys.profile(id),
    queryFn: async ({ signal }): Promise<ProfiledRun> => {
      const batch = await readRows(id, 0, 1, signal);
      const [[line] = []] = cellRows({ columns, batches: [batch] });
      const profile: OperatorProfile = JSON.parse(String(line));
      // A result of an earlier visit was looked at then.
      const known = (await profilesOf(sql).catch(() => [])).find((one) => isSame(one.profile, profile));
      if (known) return known;
      // It is shown where the browser keeps nothing, too.
      const kept = { id: crypto.randomUUID(), at: Date.now(), sql, profile };
      await keep(kept).catch(() => undefined);
      return kept;
    },
    // Asked for again, it would be kept twice.
    ...{ staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY },
  });
}

/** Of one query, newest first. */
export function keptProfiles(sql: string) {
  return queryOptions({
    queryKey: keys.profiles(sql),
    queryFn: () => profilesOf(sql),
  });
}

async function profilesOf(sql: string): Promise<readonly ProfiledRun[]> {
  const opened = await Promise.all((await allKept()).map(open));
  return opened.filter((one) => one !== undefined).filter((one) => one.sql === sql);
}

/** They say how long each operator took: those of two runs differ. */
const isSame = (a: OperatorProfile, b: OperatorProfile) => JSON.stringify(a) === JSON.stringify(b);

async function allKept(): Promise<readonly Kept[]> {
  // The store holds nothing else.
  const all = (await allRecords('profiles')) as readonly Kept[];
  return [...all].sort((a, b) => b.at - a.at);
}

/** One that the key does not open was sealed by a profile of the browser that is gone. */
async function open({ id, at, sealed }: Kept): Promise<ProfiledRun | undefined> {
  const text = await unseal(sealed).catch(() => undefined);
  return text === undefined ? undefined : { id, at, ...JSON.parse(text) };
}

async function keep({ id, at, sql, profile }: ProfiledRun): Promise<void> {
  const kept: Kept = { id, at, sealed: await seal(JSON.stringify({ sql, profile })) };
  await putRecord('profiles', id, kept);
  for (const old of (await allKept()).slice(MOST_PROFILES)) await deleteRecord('profiles', old.id);
  await refresh(queryClient, keys.profiles(sql));
}
