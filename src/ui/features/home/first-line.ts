/** The first line of a worksheet that is SQL: comments and empty lines say less. */
export function firstStatementLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.find((line) => line !== '' && !line.startsWith('--')) ?? lines.find((line) => line !== '') ?? '';
}

/** What a starter says of itself in its first comment, without its own title. */
export function firstComment(text: string): string {
  const [line = ''] = text.split('\n');
  const words = line.replace(/^--\s*/, '');
  return words.replace(/^[^:]{1,24}:\s*/, '');
}
