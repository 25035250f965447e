import { useEffect, useState } from 'react';

/** True once `active` has been so for a while: what is over sooner is not shown at all. */
export function useLate(active: boolean, delay = 150): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!active) return setLate(false);
    const timer = setTimeout(() => setLate(true), delay);
    return () => clearTimeout(timer);
  }, [active, delay]);
  return active && late;
}
