import type { ReactNode } from 'react';
import type { OperatorProfile, ProfiledOperator } from '../../../engine/index.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';
import { mostExpensive, shareOf, timeOf } from '../../lib/profile.ts';
import { Facts } from '../Facts.tsx';
import { SqlText } from '../SqlText.tsx';
import { changeText, nameOf, type ProfileListProps } from './ProfileList.tsx';

export interface ProfileFactsProps extends ProfileListProps {
  readonly sql: string;
}

const MOST = 3;

/** Beside the graph: the whole query, what took most of it, and the chosen operator. */
export function ProfileFacts({ profile, sql, chosen, onChoose, changes }: ProfileFactsProps) {
  const { profile: words } = useMessages();
  const operator = profile.operators.find(({ id }) => id === chosen);
  const change = changes?.find(({ now }) => now !== undefined && now.id === chosen);
  return (
    <div className="profile-facts">
      <section aria-label={words.total}>
        <h3>{words.total}</h3>
        <Facts facts={wholeFacts(profile, words)} />
      </section>
      <section aria-label={words.expensive}>
        <h3>{words.expensive}</h3>
        <ol className="profile-expensive">
          {mostExpensive(profile, MOST).map((one) => (
            <li key={one.id}>
              <button type="button" aria-pressed={one.id === chosen} onClick={() => onChoose(one)}>
                <span className="cut grow">{nameOf(one)}</span>
                <span className="num">
                  {words.share(format.percent(shareOf(one, profile)), format.duration(timeOf(one)))}
                </span>
              </button>
            </li>
          ))}
        </ol>
      </section>
      {operator ? (
        <section aria-label={words.selected(operator.name)}>
          <h3>{words.selected(operator.name)}</h3>
          <Facts facts={[...operatorFacts(operator, words), ...changeFacts(change, words)]} />
          {operator.spans.map(({ start, end }) => (
            <SqlText key={start} className="profile-source" sql={sql.slice(start, end)} />
          ))}
        </section>
      ) : (
        <p className="faint">{words.choose}</p>
      )}
    </div>
  );
}

type FactList = readonly (readonly [string, ReactNode])[];

function wholeFacts(profile: OperatorProfile, words: Messages['profile']): FactList {
  const { operators, reading, computing, rows, networkBytes } = profile;
  const bytes = operators.reduce((sum, { scan }) => sum + (scan?.bytes ?? 0), 0);
  return [
    [words.time, format.duration(reading + computing)],
    [words.reading, format.duration(reading)],
    [words.computing, format.duration(computing)],
    [words.rowsOut, format.integer(rows)],
    [words.bytes, format.bytes(bytes)],
    [words.network, format.bytes(networkBytes)],
    // DuckDB has no folder here to spill to: what does not fit in memory fails.
    [words.spilled, words.neverSpills],
  ];
}

function operatorFacts(
  { reading, computing, rows, facts, scan }: ProfiledOperator,
  words: Messages['profile'],
): FactList {
  const told = Object.entries(words.facts).flatMap(([name, label]) => {
    const value = facts[name];
    return value === undefined ? [] : [[label, /^\d+$/.test(value) ? format.integer(BigInt(value)) : value] as const];
  });
  return [
    ...(reading > 0 ? [[words.reading, format.duration(reading)] as const] : []),
    [words.computing, format.duration(computing)],
    [words.rowsOut, format.integer(rows)],
    ...told,
    ...(scan ? scanFacts(scan, words) : []),
  ];
}

function scanFacts(scan: NonNullable<ProfiledOperator['scan']>, words: Messages['profile']): FactList {
  const { files, rows, bytes, resident, rowGroups, rowGroupsTotal } = scan;
  return [
    [words.rowsRead, resident ? words.inMemory : format.integer(rows)],
    [words.bytes, format.bytes(bytes)],
    ...(files
      ? [[words.files, words.filesOf(format.integer(files.scanned), format.integer(files.total))] as const]
      : []),
    ...(rowGroupsTotal > 0
      ? [[words.rowGroups, words.filesOf(format.integer(rowGroups), format.integer(rowGroupsTotal))] as const]
      : []),
  ];
}

function changeFacts(change: Parameters<typeof changeText>[0] | undefined, words: Messages['profile']): FactList {
  return change ? [[words.change, changeText(change, words)]] : [];
}
