import { SqlError } from '../../base/errors.ts';
import { hint } from '../../base/hints.ts';
import type { SecretStore } from '../../base/secret-store.ts';
import { browserKey, readKeeping, readSecrets, removeSecrets, type Scope, writeSecrets } from './records.ts';

/** What the page lends its worker. Keys can be used but not read; no secret is ever sent. */
export interface VaultKeys {
  /** Of this tab; lost with it. */
  readonly session: Scope;
  /** Sessions of the other tabs, each of use for as long as its tab is open. */
  readonly others: readonly Scope[];
  /** Once the passphrase was given. */
  readonly unlocked: CryptoKey | undefined;
}

export interface WorkerSecrets extends SecretStore {
  /** Must be called once before anything is answered, and again when something changes. */
  use(keys: VaultKeys): void;
}

/**
 * The secrets of a page's engine, sealed in IndexedDB. Those of the session are sealed by a key that only the memory of
 * open tabs has, so that they outlive a worker that is ended, and not the tab that they were given in. The others find
 * them too: a task runs in the tab that leads.
 */
export function workerSecrets(): WorkerSecrets {
  let given: (keys: VaultKeys) => void = () => {};
  let keys = new Promise<VaultKeys>((resolve) => {
    given = resolve;
  });
  return {
    use(next) {
      given(next);
      keys = Promise.resolve(next);
    },
    async get(owner) {
      const { session, others, unlocked } = await keys;
      for (const { name, key } of [session, ...(await openOnes(others))]) {
        const found = await readSecrets(name, owner, async () => key);
        if (found) return found;
      }
      const keeping = await readKeeping();
      if (keeping === 'session') return undefined;
      return readSecrets(keeping, owner, keeping === 'browser' ? browserKey : async () => open(unlocked));
    },
    async set(owner, secrets) {
      const all = await keys;
      const { name, key } = await scopeOf(all.session, all.unlocked);
      await writeSecrets(name, owner, key, secrets);
      await removeSecrets(
        scopesOf(all).filter((other) => other !== name),
        owner,
      );
    },
    async remove(owner) {
      await removeSecrets(scopesOf(await keys), owner);
    },
  };
}

/** All places that secrets may be in. */
function scopesOf({ session, others }: VaultKeys): readonly string[] {
  return [session.name, ...others.map(({ name }) => name), 'browser', 'passphrase'];
}

/** Held by each page as long as it lives. */
export const sessionLock = (name: string) => `boathouse/vault/${name}`;

/** The sessions whose tabs are still open. */
export async function openOnes(sessions: readonly Scope[]): Promise<readonly Scope[]> {
  if (sessions.length === 0) return sessions;
  const { held = [] } = await navigator.locks.query();
  const locks = new Set(held.map(({ name }) => name));
  return sessions.filter(({ name }) => locks.has(sessionLock(name)));
}

/** Where new secrets go. */
export async function scopeOf(session: Scope, unlocked: CryptoKey | undefined): Promise<Scope> {
  const keeping = await readKeeping();
  if (keeping === 'session') return session;
  return { name: keeping, key: keeping === 'browser' ? await browserKey() : open(unlocked) };
}

function open(key: CryptoKey | undefined): CryptoKey {
  if (key) return key;
  throw new SqlError('StoragePermissionDenied', 'the vault is locked', {
    hint: hint('unlock'),
  });
}
