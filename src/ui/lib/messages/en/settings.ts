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
    sizeBySystem: 'By density',
    pixels: (size: string) => `${size} px`,
  },
  storage: {
    title: 'Storage',
    used: (used: string, quota: string) => `${used} of ${quota} used in this browser.`,
    starting: 'The engine is starting.',
  },
  engine: {
    title: 'Engine',
    about: (version: string) => `Boathouse ${version}. Its settings are read and changed by SQL.`,
    show: 'Show the settings of the session',
    worksheet: 'Settings of the session',
    vault: 'Keys of connections',
    vaultAction: 'Choose where keys are kept',
  },
};
