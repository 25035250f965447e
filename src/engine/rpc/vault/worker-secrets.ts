import { SqlError } from '../../base/errors.ts';
import type { SecretStore } from '../../base/secret-store.ts';
import { browserKey, readKeeping, readSecrets, removeSecrets, type Scope, writeSecrets } from './records.ts';

/** What the page lends its worker. Keys can be used but not read; no secret is ever sent. */
export interface VaultKeys {
  /** Of this tab; lost with it. */
  readonly session: Scope;
  /** Once the passphrase was given. */
  readonly unlocked: CryptoKey | undefined;
}

export interface WorkerSecrets extends SecretStore {
  /** Must be called once before anything is answered, and again when something changes. */
  use(keys: VaultKeys): void;
}

/**
 * The secrets of a page's engine, sealed in IndexedDB. Those of the session are sealed by a key that only the page's
 * memory has, so that they outlive a worker that is ended, and nothing else.
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
      const { session, unlocked } = await keys;
      const own = await readSecrets(session.name, owner, async () => session.key);
      if (own) return own;
      const keeping = await readKeeping();
      if (keeping === 'session') return undefined;
      return readSecrets(keeping, owner, keeping === 'browser' ? browserKey : async () => open(unlocked));
    },
    async set(owner, secrets) {
      const { session, unlocked } = await keys;
      const { name, key } = await scopeOf(session, unlocked);
      await writeSecrets(name, owner, key, secrets);
      await removeSecrets(
        [session.name, 'browser', 'passphrase'].filter((other) => other !== name),
        owner,
      );
    },
    async remove(owner) {
      const { session } = await keys;
      await removeSecrets([session.name, 'browser', 'passphrase'], owner);
    },
  };
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
    hint: 'Unlock it with its passphrase: the lock in the top bar, or Connections.',
  });
}
