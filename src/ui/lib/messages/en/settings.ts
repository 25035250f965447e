export const settingsMessages = {};
