export const catalogMessages = {};
