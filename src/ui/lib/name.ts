/** Whether a name can stand in SQL without quotes. */
export function isName(text: string): boolean {
  return /^[A-Za-z_]\w*$/.test(text);
}
