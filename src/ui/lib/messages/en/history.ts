export const historyMessages = {};
