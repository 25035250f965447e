import { queryOptions } from '@tanstack/react-query';
import { engine } from './engine.ts';
import { keys } from './keys.ts';

/** What this browser keeps for us and how much it would. */
export function storageInfo() {
  return queryOptions({ queryKey: keys.storage(), queryFn: () => engine().storage() });
}
