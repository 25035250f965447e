import { en } from './en.ts';

/** Every visible string, by area. Another language is a second table of this type. */
export type Messages = typeof en;

export function useMessages(): Messages {
  return en;
}

/** For what is not a component: announcements, titles, errors. */
export function messages(): Messages {
  return en;
}
