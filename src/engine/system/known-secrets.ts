import { SqlError } from '../base/errors.ts';
import type { SecretStore, Secrets } from '../base/secret-store.ts';

/** Secrets to be shown masked; a vault that is locked shows none. */
export async function knownSecrets(store: SecretStore, owner: string): Promise<Secrets> {
  try {
    return (await store.get(owner)) ?? {};
  } catch (error) {
    if (error instanceof SqlError) return {};
    throw error;
  }
}
