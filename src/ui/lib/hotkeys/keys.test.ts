import { expect, test } from 'vitest';
import { COMMAND_IDS, COMMANDS } from './commands.ts';
import { matchesStroke, parseKeys, showKeys } from './keys.ts';

const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({
  key,
  code: `Key${key.toUpperCase()}`,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

const matches = (notation: string, event: ReturnType<typeof press>, on: 'mac' | 'other' = 'other') => {
  const [stroke] = parseKeys(notation);
  return stroke !== undefined && matchesStroke(event, stroke, on);
};

test('Mod is Ctrl, and ⌘ on a Mac', () => {
  expect(matches('Mod+K', press('k', { ctrlKey: true }))).toBe(true);
  expect(matches('Mod+K', press('k', { metaKey: true }))).toBe(false);
  expect(matches('Mod+K', press('k', { metaKey: true }), 'mac')).toBe(true);
  expect(matches('Mod+K', press('k', { ctrlKey: true }), 'mac')).toBe(false);
});

test('what else is held makes another stroke', () => {
  expect(matches('Mod+Enter', press('Enter', { ctrlKey: true, shiftKey: true }))).toBe(false);
  expect(matches('Mod+Shift+Enter', press('Enter', { ctrlKey: true, shiftKey: true }))).toBe(true);
  expect(matches('F6', press('F6', { shiftKey: true }))).toBe(false);
});

test('Option on a Mac types a character, so the place of the key counts', () => {
  expect(matches('Alt+Shift+F', press('Ï', { code: 'KeyF', altKey: true, shiftKey: true }), 'mac')).toBe(true);
});

test('a sign matches with or without Shift', () => {
  expect(matches('?', press('?', { shiftKey: true }))).toBe(true);
  expect(matches('?', press('?'))).toBe(true);
});

test('keys are named as on the keyboard', () => {
  expect(showKeys('Mod+Shift+Enter', 'other')).toEqual(['Ctrl Shift Enter']);
  expect(showKeys('Mod+Shift+Enter', 'mac')).toEqual(['⇧⌘↩']);
  expect(showKeys('Mod+J ArrowLeft', 'other')).toEqual(['Ctrl J', '←']);
  expect(showKeys('Escape Escape', 'other')).toEqual(['Esc', 'Esc']);
});

test('no two commands of the same scope share a key, and browser-owned keys are never taken', () => {
  const keys = COMMAND_IDS.flatMap((id) => COMMANDS[id].keys.map((key) => `${COMMANDS[id].scope === 'grid'} ${key}`));
  expect(new Set(keys).size).toBe(keys.length);
  for (const owned of ['Mod+T', 'Mod+W', 'Mod+N']) expect(keys).not.toContain(`false ${owned}`);
});
