// Before the first paint: the look that lib/look.ts keeps, so that a dark page never flashes white.
try {
  const { theme, density } = JSON.parse(localStorage.getItem('boathouse.look')) ?? {};
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  if (density === 'comfortable') document.documentElement.dataset.density = density;
} catch {
  // Nothing kept, or storage switched off: the page follows the system.
}
