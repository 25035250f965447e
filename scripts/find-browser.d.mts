export const LAUNCH_FLAGS: string[];
export function findBrowser(env?: Readonly<Record<string, string | undefined>>): string;
