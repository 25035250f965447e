const LIMIT = 200;

/** Answers again what it answered before; of many different keys it forgets all, so that rows cannot fill the memory. */
export function remember<T extends object>(read: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const before = known.get(key);
    if (before) return before;
    const answer = read(key);
    if (known.size >= LIMIT) known.clear();
    known.set(key, answer);
    return answer;
  };
}
