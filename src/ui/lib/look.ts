import { useSyncExternalStore } from 'react';
import { persisted } from './persisted.ts';
import { type Store, useStore } from './store.ts';

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export const DENSITIES = ['compact', 'comfortable'] as const;

/** In pixels. */
export const EDITOR_SIZES = [11, 12, 13, 14, 16, 18, 20] as const;

export type Theme = (typeof THEMES)[number];
export type Density = (typeof DENSITIES)[number];

export interface Look {
  readonly theme: Theme;
  readonly density: Density;
  /** Of the text in the editor; undefined goes with the density. */
  readonly editorSize: (typeof EDITOR_SIZES)[number] | undefined;
}

const DEFAULT: Look = { theme: 'system', density: 'compact', editorSize: undefined };

/** Also read by `public/look.js`, which sets both attributes before the first paint. */
const look: Store<Look> = persisted('look', DEFAULT, readLook);

function readLook(kept: unknown): Look | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const theme = 'theme' in kept ? THEMES.find((name) => name === kept.theme) : undefined;
  const density = 'density' in kept ? DENSITIES.find((name) => name === kept.density) : undefined;
  const editorSize = 'editorSize' in kept ? EDITOR_SIZES.find((size) => size === kept.editorSize) : undefined;
  return { theme: theme ?? DEFAULT.theme, density: density ?? DEFAULT.density, editorSize };
}

export function useLook(): Look {
  return useStore(look);
}

export function setLook(change: Partial<Look>): void {
  look.set({ ...look.get(), ...change });
}

/** What the tokens are: high contrast has a light and a dark form. */
export interface Shade {
  readonly isDark: boolean;
  readonly isContrast: boolean;
}

const DARK = '(prefers-color-scheme: dark)';
const CONTRAST = '(prefers-contrast: more)';

/** By choice, or else as the system asks; high contrast is chosen without saying on which ground. */
export function shadeOf({ theme }: Look, matches: (query: string) => boolean = asks): Shade {
  return {
    isDark: theme === 'dark' || (theme !== 'light' && matches(DARK)),
    isContrast: theme === 'contrast' || (theme === 'system' && matches(CONTRAST)),
  };
}

function asks(query: string): boolean {
  return matchMedia(query).matches;
}

/** Keeps `<html>` in the chosen look. Returns the way to stop. */
export function followLook(root: HTMLElement): () => void {
  const apply = () => {
    const { theme, density } = look.get();
    const { isDark, isContrast } = shadeOf(look.get());
    const attributes = {
      'data-theme': theme === 'light' || theme === 'dark' ? theme : undefined,
      'data-contrast': isContrast ? (isDark ? 'dark' : 'light') : undefined,
      'data-density': density,
    };
    for (const [name, value] of Object.entries(attributes)) {
      if (value === undefined) root.removeAttribute(name);
      else root.setAttribute(name, value);
    }
  };
  apply();
  const ends = [look.subscribe(apply), followSystem(apply)];
  return () => {
    for (const end of ends) end();
  };
}

function followSystem(listener: () => void): () => void {
  const queries = [DARK, CONTRAST].map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener('change', listener);
  return () => {
    for (const query of queries) query.removeEventListener('change', listener);
  };
}

/** Whether the page is dark at this moment, by choice or by the system. */
export function useIsDark(): boolean {
  const current = useLook();
  return useSyncExternalStore(followSystem, () => shadeOf(current).isDark);
}

export type ShadeName = 'light' | 'dark' | 'contrast-light' | 'contrast-dark';

/** Changes with the colours of the page. */
export function useShade(): ShadeName {
  const current = useLook();
  return useSyncExternalStore(followSystem, () => nameOf(shadeOf(current)));
}

function nameOf({ isDark, isContrast }: Shade): ShadeName {
  if (isContrast) return isDark ? 'contrast-dark' : 'contrast-light';
  return isDark ? 'dark' : 'light';
}
