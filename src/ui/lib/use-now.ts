import { useEffect, useState } from 'react';

/** The time, again and again while `isActive`; milliseconds since 1970. */
export function useNow(isActive: boolean, every = 200): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isActive) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [isActive, every]);
  return now;
}
