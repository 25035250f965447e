import type { CommandId } from '../lib/hotkeys/commands.ts';
import { useKeys } from '../lib/hotkeys/dispatch.ts';
import { platform, showKeys } from '../lib/hotkeys/keys.ts';

/** Keys as they are written on the keyboard; a screen reader has them from `aria-keyshortcuts` or the shortcut sheet. */
export function Keys({ notation }: { readonly notation: string }) {
  return (
    <span className="keys" aria-hidden>
      {showKeys(notation, platform()).map((label, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same key may stand twice.
        <kbd className="kbd" key={index}>
          {label}
        </kbd>
      ))}
    </span>
  );
}

/** The first keys of a command, if it has any. */
export function CommandKeys({ of: command }: { readonly of: CommandId }) {
  const [first] = useKeys(command);
  return first === undefined ? null : <Keys notation={first} />;
}
