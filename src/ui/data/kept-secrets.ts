import type { Keeping, VaultState } from '../../engine/index.ts';
import { type Store, store } from '../lib/store.ts';
import { queryClient } from './client.ts';
import { engine } from './engine.ts';
import { keys, refresh } from './keys.ts';

/** Where the secrets of connections are kept, and whether they can be used; undefined until it is known. */
export const vaultState: Store<VaultState | undefined> = store<VaultState | undefined>(undefined);

/** Keeps the state in step with this tab and the others. Returns the way to stop. */
export function followVault(): () => void {
  void readVault();
  return engine().vault.onChange(() => void readVault());
}

/** Which secrets are there, in the vault and in the list of connections. */
export async function readVault(): Promise<void> {
  vaultState.set(await engine().vault.state());
  void refresh(queryClient, keys.connections());
}

export function keepSecrets(keeping: Keeping, passphrase?: string): Promise<void> {
  return engine().vault.keep(keeping, passphrase);
}

/** Whether it was the right passphrase. */
export function unlockVault(passphrase: string): Promise<boolean> {
  return engine().vault.unlock(passphrase);
}

export function lockVault(): void {
  engine().vault.lock();
}

export type { Keeping };
