/** Text that stands in Markdown as it is. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#+|~!-]/g, (mark) => `\\${mark}`);
}
