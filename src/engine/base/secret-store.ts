/** Secret values by the name of their parameter: `secret_access_key`. */
export type Secrets = Readonly<Record<string, string>>;

/**
 * Keeps what must never enter the warehouse: in memory, or in a vault of the page. The owner of secrets is an object
 * of the catalog that says which ones it has: see `secretOwner`.
 */
export interface SecretStore {
  /** Undefined where they were not given: the tab or process that had them may be gone. A vault that is locked throws a SqlError. */
  get(owner: string): Promise<Secrets | undefined>;
  /** Replaces all that the owner had. */
  set(owner: string, secrets: Secrets): Promise<void>;
  /** Removing what is not there is no error. */
  remove(owner: string): Promise<void>;
}

/** The key of an object's secrets; ids are never used twice in a warehouse. */
export function secretOwner(kind: 'connection' | 'stage' | 'notification', id: number): string {
  return `${kind}/${id}`;
}

/** Secrets that end with the engine. */
export function memorySecrets(): SecretStore {
  const kept = new Map<string, Secrets>();
  return {
    get: async (owner) => kept.get(owner),
    set: async (owner, secrets) => {
      kept.set(owner, { ...secrets });
    },
    remove: async (owner) => {
      kept.delete(owner);
    },
  };
}
