import { persisted } from './persisted.ts';
import { type Store, useStore } from './store.ts';

/** The languages of the console, each by its own name, as whoever looks for it reads it. */
export const LANGUAGE_NAMES = { en: 'English', zh: '中文' } as const;

export const LANGUAGES = ['en', 'zh'] as const satisfies readonly (keyof typeof LANGUAGE_NAMES)[];

export type Language = (typeof LANGUAGES)[number];

/** `system` is the first of the browser's languages that the console speaks. */
export type LanguageChoice = Language | 'system';

const choice: Store<LanguageChoice> = persisted('language', 'system', (kept) =>
  LANGUAGES.find((language) => language === kept),
);

export function useLanguageChoice(): LanguageChoice {
  return useStore(choice);
}

export function chooseLanguage(next: LanguageChoice): void {
  choice.set(next);
}

/** The language to speak, by the choice that is kept or else by the browser. */
export function wantedLanguage(): Language {
  const chosen = choice.get();
  return chosen === 'system' ? languageOf(globalThis.navigator?.languages ?? []) : chosen;
}

export function onLanguageChosen(listener: () => void): () => void {
  return choice.subscribe(listener);
}

/** The first of the tags (`zh-Hans-CN`, `en-GB`) that the console speaks; English where it speaks none. */
export function languageOf(tags: readonly string[]): Language {
  for (const tag of tags) {
    const primary = tag.toLowerCase().split('-')[0];
    const found = LANGUAGES.find((language) => language === primary);
    if (found) return found;
  }
  return 'en';
}
