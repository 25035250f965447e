/** Whether a name can stand in SQL without quotes. */
export function isName(text: string): boolean {
  return /^[A-Za-z_]\w*$/.test(text);
}

/** A name for the table that a file makes: what stands before its first dot. */
export function tableName(file: string): string {
  const words = file
    .replace(/\..*$/s, '')
    .replace(/\W+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
  if (words === '') return 'loaded';
  return /^\d/.test(words) ? `t_${words}` : words;
}
