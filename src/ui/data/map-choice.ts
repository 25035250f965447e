import { type Store, store } from '../lib/store.ts';

/** The worksheets whose rows have a map beside them. */
export const mapChoices: Store<ReadonlySet<string>> = store<ReadonlySet<string>>(new Set());

export function chooseMap(worksheet: string, isShown: boolean): void {
  const others = [...mapChoices.get()].filter((one) => one !== worksheet);
  mapChoices.set(new Set(isShown ? [...others, worksheet] : others));
}
