/** Whether a key asks for the menu of what is active. */
export function isMenuKey({ key, shiftKey }: { readonly key: string; readonly shiftKey: boolean }): boolean {
  return key === 'ContextMenu' || (key === 'F10' && shiftKey);
}

/** Opens the context menu of a row beside it: by itself a browser opens it in the middle of the whole list. */
export function openRowMenu(id: string): void {
  const row = document.getElementById(id);
  if (!row) return;
  const { left, bottom } = row.getBoundingClientRect();
  const at = { clientX: left + 24, clientY: bottom };
  row.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...at }));
}
