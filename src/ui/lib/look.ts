import { useSyncExternalStore } from 'react';
import { persisted } from './persisted.ts';
import { type Store, useStore } from './store.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
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

/** Keeps `<html>` in the chosen look. Returns the way to stop. */
export function followLook(root: HTMLElement): () => void {
  const apply = () => {
    const { theme, density } = look.get();
    if (theme === 'system') root.removeAttribute('data-theme');
    else root.setAttribute('data-theme', theme);
    root.setAttribute('data-density', density);
  };
  apply();
  return look.subscribe(apply);
}

/** Whether the page is dark at this moment, by choice or by the system. */
export function isDark({ theme }: Look): boolean {
  if (theme !== 'system') return theme === 'dark';
  return matchMedia('(prefers-color-scheme: dark)').matches;
}

function followSystem(listener: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', listener);
  return () => system.removeEventListener('change', listener);
}

/** The same, again when the person or the system changes it. */
export function useIsDark(): boolean {
  const current = useLook();
  return useSyncExternalStore(followSystem, () => isDark(current));
}
