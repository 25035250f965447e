import {
  browserKey,
  countSecrets,
  type Keeping,
  listScopes,
  moveSecrets,
  newKey,
  newLock,
  openLock,
  readKeeping,
  removeScope,
  type Scope,
} from './records.ts';
import { openOnes, scopeOf, sessionLock, type VaultKeys } from './worker-secrets.ts';

export type { Keeping };

export interface VaultState {
  readonly keeping: Keeping;
  /** The passphrase was not given in this tab yet. */
  readonly isLocked: boolean;
  /** Connections and stages whose secrets are kept. */
  readonly count: number;
}

/** Where the secrets of connections stay, as the person wants it. */
export interface Vault {
  state(): Promise<VaultState>;
  /** Moves all secrets there. A passphrase is needed for `passphrase`; a locked vault must be unlocked first. */
  keep(keeping: Keeping, passphrase?: string): Promise<void>;
  /** Whether it was the right passphrase. */
  unlock(passphrase: string): Promise<boolean>;
  /** Forgets the passphrase's key in this tab. */
  lock(): void;
  /** Called when this or another tab changes something. Returns the way to stop it. */
  onChange(listener: () => void): () => void;
}

const CHANNEL = 'boathouse/vault';

/** What tabs tell each other. A key can be used by who has it, but read by nobody: no secret is in it. */
type Message =
  /** Another passphrase, or none: the key of the one before opens nothing. */
  | { readonly kind: 'Changed' }
  /** A tab that opens, and the answer of those that are open. */
  | { readonly kind: 'Opened' | 'Open'; readonly session: Scope };

/** `lend` hands the keys to the worker: at once, and whenever they change. */
export function openVault(lend: (keys: VaultKeys) => void): Vault {
  const listeners = new Set<() => void>();
  const channel = new BroadcastChannel(CHANNEL);
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const others = new Map<string, Scope>();
  let unlocked: CryptoKey | undefined;
  const session = openSession();
  const use = async (key: CryptoKey | undefined) => {
    unlocked = key;
    lend({ session: await session, others: [...others.values()], unlocked });
    tell();
  };
  const post = async (kind: 'Opened' | 'Open') => {
    const message: Message = { kind, session: await session };
    channel.postMessage(message);
  };
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'Changed') return void use(undefined);
    others.set(data.session.name, data.session);
    if (data.kind === 'Opened') void post('Open');
    return void use(unlocked);
  };
  void use(undefined).then(forgetEnded);
  void post('Opened');

  return {
    async state() {
      const [keeping, own, open] = await Promise.all([readKeeping(), session, openOnes([...others.values()])]);
      const isLocked = keeping === 'passphrase' && unlocked === undefined;
      const scopes = [own, ...open].map(({ name }) => name);
      return { keeping, isLocked, count: await countSecrets([...scopes, 'browser', 'passphrase']) };
    },
    async keep(keeping, passphrase = '') {
      const own = await session;
      const present = await scopeOf(own, unlocked);
      const locked = keeping === 'passphrase' ? await newLock(passphrase) : undefined;
      const to = locked ? { name: 'passphrase', key: locked.key } : await openScope(keeping, own);
      const from = present.name === own.name ? [own] : [own, present];
      await moveSecrets({ from, to, keeping, lock: locked?.lock });
      await use(locked?.key);
      const message: Message = { kind: 'Changed' };
      channel.postMessage(message);
    },
    async unlock(passphrase) {
      const key = await openLock(passphrase);
      if (key) await use(key);
      return key !== undefined;
    },
    lock: () => void use(undefined),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function openScope(keeping: Keeping, session: Scope): Promise<Scope> {
  return keeping === 'browser' ? { name: 'browser', key: await browserKey() } : session;
}

/** Its lock is held as long as the page lives. */
async function openSession(): Promise<Scope> {
  const name = crypto.randomUUID();
  await new Promise<void>((held) => {
    void navigator.locks.request(sessionLock(name), () => {
      held();
      return new Promise<never>(() => {});
    });
  });
  return { name, key: await newKey() };
}

/** What pages that are gone have left cannot be opened any more. */
async function forgetEnded(): Promise<void> {
  // Listed first: a page that opens meanwhile may keep something of its own.
  const scopes = await listScopes();
  const { held = [] } = await navigator.locks.query();
  const locks = new Set(held.map(({ name }) => name));
  for (const scope of scopes) {
    const isKept = scope === 'browser' || scope === 'passphrase' || locks.has(sessionLock(scope));
    if (!isKept) await removeScope(scope);
  }
}
