import { expect, test } from 'vitest';
import { type Look, shadeOf, type Theme } from './look.ts';

const look = (theme: Theme): Look => ({ theme, density: 'compact', editorSize: undefined });
const asking =
  (...wanted: readonly string[]) =>
  (query: string) =>
    wanted.some((word) => query.includes(word));

test('a chosen theme is shown whatever the system asks for', () => {
  const all = asking('dark', 'contrast');
  expect(shadeOf(look('light'), all)).toEqual({ isDark: false, isContrast: false });
  expect(shadeOf(look('dark'), asking())).toEqual({ isDark: true, isContrast: false });
});

test('high contrast stands on the ground that the system asks for', () => {
  expect(shadeOf(look('contrast'), asking())).toEqual({ isDark: false, isContrast: true });
  expect(shadeOf(look('contrast'), asking('dark'))).toEqual({ isDark: true, isContrast: true });
});

test('without a choice the system is followed, contrast included', () => {
  expect(shadeOf(look('system'), asking())).toEqual({ isDark: false, isContrast: false });
  expect(shadeOf(look('system'), asking('dark', 'contrast'))).toEqual({ isDark: true, isContrast: true });
});
