/** One press: a key with what is held down. `mod` is ⌘ on a Mac and Ctrl elsewhere. */
export interface Stroke {
  readonly key: string;
  readonly mod: boolean;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

export type Platform = 'mac' | 'other';

export function platform(): Platform {
  return /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '') ? 'mac' : 'other';
}

/** Strokes from their notation: `Mod+Shift+Enter`, or several one after another: `Mod+J E`, `Escape Escape`. */
export function parseKeys(notation: string): readonly Stroke[] {
  return notation.split(' ').map((part) => {
    const names = part === '+' ? ['+'] : part.split('+');
    const held = new Set(names.slice(0, -1));
    return {
      key: (names.at(-1) ?? '').toLowerCase(),
      mod: held.has('Mod'),
      ctrl: held.has('Ctrl'),
      alt: held.has('Alt'),
      shift: held.has('Shift'),
    };
  });
}

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/**
 * With Alt the key is taken by its place, since Option on a Mac types a character. A sign that needs Shift on some
 * layouts (`?`) matches however it was typed.
 */
export function matchesStroke(event: Pressed, stroke: Stroke, on: Platform): boolean {
  const ctrl = stroke.ctrl || (stroke.mod && on === 'other');
  const meta = stroke.mod && on === 'mac';
  if (event.ctrlKey !== ctrl || event.metaKey !== meta || event.altKey !== stroke.alt) return false;
  if (event.shiftKey !== stroke.shift && !isSign(stroke.key)) return false;
  return event.key.toLowerCase() === stroke.key || (stroke.alt && event.code.toLowerCase() === `key${stroke.key}`);
}

function isSign(key: string): boolean {
  return key.length === 1 && !/[\p{L}\p{N}]/u.test(key);
}

const MAC_NAMES: { readonly [key: string]: string } = {
  enter: '↩',
  escape: '⎋',
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
};
const NAMES: { readonly [key: string]: string } = {
  escape: 'Esc',
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  pageup: 'PgUp',
  pagedown: 'PgDn',
};

/** A label for each stroke, as keyboards name them: `Ctrl Shift Enter` or `⇧⌘↩`. */
export function showKeys(notation: string, on: Platform): readonly string[] {
  return parseKeys(notation).map((stroke) => (on === 'mac' ? showMac(stroke) : showOther(stroke)));
}

function showOther({ key, mod, ctrl, alt, shift }: Stroke): string {
  const held = [mod || ctrl ? 'Ctrl' : '', alt ? 'Alt' : '', shift ? 'Shift' : ''];
  return [...held, nameOf(key)].filter(Boolean).join(' ');
}

function showMac({ key, mod, ctrl, alt, shift }: Stroke): string {
  return `${ctrl ? '⌃' : ''}${alt ? '⌥' : ''}${shift ? '⇧' : ''}${mod ? '⌘' : ''}${MAC_NAMES[key] ?? nameOf(key)}`;
}

function nameOf(key: string): string {
  return NAMES[key] ?? capital(key);
}

function capital(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1);
}
