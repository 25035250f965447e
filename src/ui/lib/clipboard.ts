/** Must be called from what the person did (a key, a click); a promise may take its time from there. */
export async function copyText(text: string | Promise<string>): Promise<void> {
  if (!navigator.clipboard) return copyBySelection(await text);
  if (typeof text === 'string') return navigator.clipboard.writeText(text);
  const blob = text.then((value) => new Blob([value], { type: 'text/plain' }));
  return navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
}

/** A page served over plain HTTP from another host has no clipboard object. */
function copyBySelection(text: string): void {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'sr';
  const before = document.activeElement;
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  if (!done) throw new Error('The browser refused to copy.');
}
