export const settingsMessages = {
  title: 'Settings',
  look: {
    title: 'Language and look',
    language: 'Language',
    system: 'As the browser',
    restart: 'The menus of the editor change when the page is loaded anew.',
    theme: 'Theme',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    density: 'Density',
    densities: { compact: 'Compact', comfortable: 'Comfortable' },
    editorSize: 'Text size of the editor',
    sizeByDensity: 'By density',
    pixels: (size: string) => `${size} px`,
  },
  storage: {
    title: 'Storage',
    used: (used: string, quota: string, isPersisted: boolean) =>
      `${used} of ${quota} used. ${isPersisted ? 'The browser has promised not to clear it.' : 'The browser may clear it.'}`,
    persist: 'Ask to keep it',
  },
  keys: 'Keep them elsewhere',
  engine: {
    title: 'Engine',
    about: 'Every worksheet is a session with settings of its own; SET changes them.',
    show: 'Show the settings',
    worksheet: 'Settings',
  },
};
