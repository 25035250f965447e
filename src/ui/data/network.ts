import { parseJson } from '../lib/json.ts';
import { persisted } from '../lib/persisted.ts';
import { type Store, store } from '../lib/store.ts';
import { engine } from './engine.ts';

/** Bytes that came from each origin since the page was opened. */
export const traffic: Store<ReadonlyMap<string, number>> = store<ReadonlyMap<string, number>>(new Map());

/** Whom statements may ask: whoever they name, or those that are listed. */
export interface Reach {
  readonly isLimited: boolean;
  readonly origins: readonly string[];
}

/** Answers come in many pieces. */
const SHOWN_AFTER = 150;

const ANYONE: Reach = { isLimited: false, origins: [] };

export const reach: Store<Reach> = persisted('reach', ANYONE, readReach);

function readReach(kept: unknown): Reach | undefined {
  if (typeof kept !== 'object' || kept === null || !('origins' in kept) || !Array.isArray(kept.origins))
    return undefined;
  const origins = kept.origins.filter((origin): origin is string => typeof origin === 'string');
  return { isLimited: 'isLimited' in kept && kept.isLimited === true, origins };
}

/** Whom a list that is brought here, as `persisted` keeps it, would open and the one here does not. */
export type Opened = 'Anyone' | readonly string[];

export function openedBy(brought: string | undefined, here: Reach = reach.get()): Opened | undefined {
  if (brought === undefined || !here.isLimited) return undefined;
  const there = readReach(parseJson(brought)) ?? ANYONE;
  if (!there.isLimited) return 'Anyone';
  const more = there.origins.filter((origin) => !here.origins.includes(origin));
  return more.length > 0 ? more : undefined;
}

/** The origin of what a person typed: `https://host/path`, or the host alone; undefined where it is none. */
export function originOf(text: string): string | undefined {
  const address = text.includes('://') ? text : `https://${text}`;
  if (!URL.canParse(address.trim())) return undefined;
  const { protocol, origin } = new URL(address.trim());
  return /^https?:$/.test(protocol) ? origin : undefined;
}

/** Tells the engine whom it may ask, and counts what comes. */
export function followNetwork(): void {
  const tell = () => {
    const { isLimited, origins } = reach.get();
    engine().allow(isLimited ? origins : undefined);
  };
  tell();
  reach.subscribe(tell);
  const counts = new Map<string, number>();
  let isWaiting = false;
  const show = () => {
    isWaiting = false;
    traffic.set(new Map(counts));
  };
  engine().onTraffic((origin, bytes) => {
    counts.set(origin, (counts.get(origin) ?? 0) + bytes);
    if (!isWaiting) setTimeout(show, SHOWN_AFTER);
    isWaiting = true;
  });
}
