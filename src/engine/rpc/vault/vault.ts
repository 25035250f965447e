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
import { scopeOf, type VaultKeys } from './worker-secrets.ts';

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

const LOCKS = 'boathouse/vault/';
const CHANNEL = 'boathouse/vault';

/** `lend` hands the keys to the worker: at once, and whenever they change. */
export function openVault(lend: (keys: VaultKeys) => void): Vault {
  const listeners = new Set<() => void>();
  const channel = new BroadcastChannel(CHANNEL);
  const tell = () => {
    for (const listener of listeners) listener();
  };
  let unlocked: CryptoKey | undefined;
  const session = openSession();
  const use = async (key: CryptoKey | undefined) => {
    unlocked = key;
    lend({ session: await session, unlocked });
    tell();
  };
  channel.onmessage = () => {
    // Another tab chose another passphrase, or none: the key of the one before opens nothing.
    void use(undefined);
  };
  void use(undefined).then(forgetEnded);

  return {
    async state() {
      const [keeping, { name }] = await Promise.all([readKeeping(), session]);
      const isLocked = keeping === 'passphrase' && unlocked === undefined;
      return { keeping, isLocked, count: await countSecrets([name, 'browser', 'passphrase']) };
    },
    async keep(keeping, passphrase = '') {
      const own = await session;
      const present = await scopeOf(own, unlocked);
      const locked = keeping === 'passphrase' ? await newLock(passphrase) : undefined;
      const to = locked ? { name: 'passphrase', key: locked.key } : await openScope(keeping, own);
      const from = present.name === own.name ? [own] : [own, present];
      await moveSecrets({ from, to, keeping, lock: locked?.lock });
      await use(locked?.key);
      channel.postMessage('changed');
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
    void navigator.locks.request(LOCKS + name, () => {
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
  const alive = new Set(['browser', 'passphrase', ...held.map(({ name = '' }) => name.slice(LOCKS.length))]);
  for (const scope of scopes) if (!alive.has(scope)) await removeScope(scope);
}
