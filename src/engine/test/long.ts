/** Whether `npm run test:long` runs, whose counts are the ones that figures are quoted from. */
export const isLong = import.meta.env['BOATHOUSE_LONG'] !== undefined;

/** How often something random is tried. */
export function tries(usual: number, long = usual * 20): number {
  return isLong ? long : usual;
}
