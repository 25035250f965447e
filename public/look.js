// Before the first paint: the look that lib/look.ts keeps, so that a dark page never flashes white.
(() => {
  const root = document.documentElement.dataset;
  const asks = (query) => matchMedia(query).matches;
  let look = {};
  try {
    look = JSON.parse(localStorage.getItem('boathouse.look')) ?? {};
  } catch {
    // Nothing kept, or storage switched off: the page follows the system.
  }
  const { theme = 'system', density } = look;
  const isChosen = theme === 'light' || theme === 'dark';
  const isDark = isChosen ? theme === 'dark' : asks('(prefers-color-scheme: dark)');
  if (isChosen) root.theme = theme;
  if (theme === 'contrast' || (!isChosen && asks('(prefers-contrast: more)')))
    root.contrast = isDark ? 'dark' : 'light';
  if (density === 'comfortable') root.density = density;
})();
