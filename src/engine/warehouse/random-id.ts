/** 32 hex digits, of which six bits are not random. */
export function randomId(): string {
  return crypto.randomUUID().replaceAll('-', '');
}
