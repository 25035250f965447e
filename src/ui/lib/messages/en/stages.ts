export const stagesMessages = {};
