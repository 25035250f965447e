import { type Language, onLanguageChosen, wantedLanguage } from '../language.ts';
import { store, useStore } from '../store.ts';
import { en } from './en.ts';

/** Every visible string, by area. Another language is a second table of this type. */
export type Messages = typeof en;

interface Spoken {
  readonly language: Language;
  readonly messages: Messages;
}

const spoken = store<Spoken>({ language: 'en', messages: en });

const TAGS: { readonly [K in Language]: string } = { en: 'en', zh: 'zh-CN' };

export function useMessages(): Messages {
  return useStore(spoken).messages;
}

/** For what is not a component: announcements, titles, errors. */
export function messages(): Messages {
  return spoken.get().messages;
}

/** The language that is shown at this moment. */
export function currentLanguage(): Language {
  return spoken.get().language;
}

/** Speaks the chosen language from now on, in the page and in its `lang`; settles once its table is there. */
export async function followLanguage(root: HTMLElement): Promise<void> {
  const apply = async () => {
    const language = wantedLanguage();
    const table = await load(language);
    if (table === undefined || language !== wantedLanguage()) return;
    spoken.set({ language, messages: table });
    root.lang = TAGS[language];
  };
  onLanguageChosen(() => void apply());
  await apply();
}

/** Chinese is a chunk of its own. Where it cannot be had the console goes on in the language it speaks. */
async function load(language: Language): Promise<Messages | undefined> {
  if (language === 'en') return en;
  return import('./zh.ts').then(
    (chunk) => chunk.zh,
    () => undefined,
  );
}

/** What a function does, which the engine says in English. */
export async function functionDoc(name: string, english: string): Promise<string> {
  if (currentLanguage() === 'en') return english;
  const table = await import('./zh/functions.ts').catch(() => undefined);
  return table?.functionDocs[name.toLowerCase()] ?? english;
}

/** What a setting, a file format or an option of one is for, by the sentence that the engine says; others are left as they are. */
export async function engineDoc(english: string): Promise<string> {
  if (currentLanguage() === 'en') return english;
  const table = await import('./zh/docs.ts').catch(() => undefined);
  return table?.engineDocs.get(english) ?? english;
}
