import type { Secrets } from '../base/secret-store.ts';
import type { StatementContext } from './context.ts';

/** Gives an owner these secrets, and no others. */
export type KeepSecrets = (owner: string, secrets: Secrets) => Promise<void>;

/** Secrets are kept before the object that needs them is committed; where that comes to nothing they are as before. */
export async function keepingSecrets<Result>(
  { services: { secrets: store } }: StatementContext,
  work: (keep: KeepSecrets) => Promise<Result>,
): Promise<Result> {
  const before = new Map<string, Secrets | undefined>();
  const unused = new Set<string>();
  const keep: KeepSecrets = async (owner, secrets) => {
    if (Object.keys(secrets).length === 0) {
      unused.add(owner);
      return;
    }
    before.set(owner, await store.get(owner));
    await store.set(owner, secrets);
  };
  try {
    const result = await work(keep);
    for (const owner of unused) await store.remove(owner);
    return result;
  } catch (error) {
    for (const [owner, secrets] of before) await (secrets ? store.set(owner, secrets) : store.remove(owner));
    throw error;
  }
}
