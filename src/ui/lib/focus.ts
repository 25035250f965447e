/** A part of the page that F6 visits carries this attribute, with its name. */
export const REGION = 'data-region';

const FOCUSABLE = [
  'a[href]',
  'button:not([disabled])',
  'input:not([disabled])',
  'select:not([disabled])',
  'textarea:not([disabled])',
  '[tabindex]:not([tabindex="-1"])',
].join(',');

const lastFocused = new WeakMap<Element, WeakRef<HTMLElement>>();

/** Keeps in mind where the focus was in each region. Returns the way to stop. */
export function rememberFocus(root: Document): () => void {
  const remember = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    const region = target.closest(`[${REGION}]`);
    if (region) lastFocused.set(region, new WeakRef(target));
  };
  root.addEventListener('focusin', remember);
  return () => root.removeEventListener('focusin', remember);
}

/** Moves the focus to the next (1) or previous (-1) region that is on the page; around the ends. */
export function cycleRegion(step: 1 | -1, root: ParentNode = document): void {
  const regions = [...root.querySelectorAll<HTMLElement>(`[${REGION}]`)].filter(isShown);
  // Regions may stand in one another: the innermost is where the focus is.
  const current = regions.findLastIndex((region) => region.contains(document.activeElement));
  const start = current < 0 && step < 0 ? 0 : current;
  for (let tried = 1; tried <= regions.length; tried++) {
    const region = regions[(start + step * tried + regions.length * 2) % regions.length];
    if (region && enterRegion(region)) return;
  }
}

/** Moves the focus into the region of that name, to where it was last. False if there is none to take it. */
export function focusRegion(name: string, root: ParentNode = document): boolean {
  const region = root.querySelector<HTMLElement>(`[${REGION}="${CSS.escape(name)}"]`);
  return region !== null && isShown(region) && enterRegion(region);
}

function enterRegion(region: HTMLElement): boolean {
  const last = lastFocused.get(region)?.deref();
  const target = last && region.contains(last) && isShown(last) ? last : firstFocusable(region);
  target?.focus();
  return target !== undefined && region.contains(document.activeElement);
}

function firstFocusable(region: HTMLElement): HTMLElement | undefined {
  if (region.matches(FOCUSABLE)) return region;
  // Of the tabs of a list only the chosen one takes the focus.
  return [...region.querySelectorAll<HTMLElement>(FOCUSABLE)].find((one) => one.tabIndex >= 0 && isShown(one));
}

function isShown(element: HTMLElement): boolean {
  return element.checkVisibility({ visibilityProperty: true });
}

/** Whether keys without a modifier belong to what is being typed in. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'range', 'file'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}
