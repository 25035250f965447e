import './Menu.css';
import { Check, type LucideIcon } from 'lucide-react';
import { DropdownMenu as Radix, ContextMenu as RadixContext } from 'radix-ui';
import { type ReactNode, useRef, useState } from 'react';
import { cx } from '../lib/cx.ts';
import type { CommandId } from '../lib/hotkeys/commands.ts';
import { Icon } from './Icon.tsx';
import { CommandKeys } from './Keys.tsx';

export type MenuEntry =
  | {
      readonly kind: 'Action';
      readonly label: string;
      readonly icon?: LucideIcon | undefined;
      readonly command?: CommandId | undefined;
      readonly isDanger?: boolean | undefined;
      readonly isDisabled?: boolean | undefined;
      readonly run: () => void;
    }
  | {
      readonly kind: 'Choice';
      readonly label: string;
      readonly isChosen: boolean;
      /** Shown at the end, grey. */
      readonly detail?: string | undefined;
      readonly run: () => void;
    }
  | { readonly kind: 'Title'; readonly label: string }
  | { readonly kind: 'Line' };

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactNode;
  readonly entries: readonly MenuEntry[];
  readonly label?: string | undefined;
  readonly align?: 'start' | 'end' | undefined;
  /** By a click, where a press may begin a drag. */
  readonly opensOn?: 'press' | 'click' | undefined;
}

export function Menu({ trigger, entries, label, align = 'start', opensOn = 'press' }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const wasOpen = useRef(false);
  const byClick = {
    onPointerDown: (event: { preventDefault(): void }) => {
      event.preventDefault();
      wasOpen.current = isOpen;
    },
    onClick: () => setOpen(!wasOpen.current),
  };
  return (
    <Radix.Root modal={false} open={isOpen} onOpenChange={setOpen}>
      <Radix.Trigger asChild {...(opensOn === 'click' && byClick)}>
        {trigger}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="popover menu" align={align} sideOffset={4} collisionPadding={8} aria-label={label}>
          {entries.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: titles and lines have no name, and a menu is rebuilt when it opens.
            <Entry key={index} entry={entry} parts={Radix} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export interface ContextMenuProps {
  readonly entries: readonly MenuEntry[];
  /** One element; a right click, Shift+F10 or the menu key on it opens the menu. */
  readonly children: ReactNode;
  readonly label?: string | undefined;
}

export function ContextMenu({ entries, children, label }: ContextMenuProps) {
  return (
    <RadixContext.Root modal={false}>
      <RadixContext.Trigger asChild>{children}</RadixContext.Trigger>
      <RadixContext.Portal>
        <RadixContext.Content className="popover menu" collisionPadding={8} aria-label={label}>
          {entries.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above.
            <Entry key={index} entry={entry} parts={RadixContext} />
          ))}
        </RadixContext.Content>
      </RadixContext.Portal>
    </RadixContext.Root>
  );
}

/** Both kinds of menu have the same parts. */
type Parts = Pick<typeof Radix, 'Item' | 'CheckboxItem' | 'Label' | 'Separator'>;

function Entry({ entry, parts }: { readonly entry: MenuEntry; readonly parts: Parts }) {
  switch (entry.kind) {
    case 'Line':
      return <parts.Separator className="menu-line" />;
    case 'Title':
      return <parts.Label className="menu-title">{entry.label}</parts.Label>;
    case 'Choice':
      return (
        <parts.CheckboxItem className="menu-item" checked={entry.isChosen} onSelect={entry.run}>
          {entry.isChosen ? <Icon of={Check} /> : <span className="ic" />}
          <span className="cut">{entry.label}</span>
          {entry.detail && <span className="end">{entry.detail}</span>}
        </parts.CheckboxItem>
      );
    case 'Action':
      return (
        <parts.Item
          className={cx('menu-item', entry.isDanger && 'danger')}
          disabled={entry.isDisabled ?? false}
          onSelect={entry.run}
        >
          {entry.icon ? <Icon of={entry.icon} /> : <span className="ic" />}
          <span className="cut">{entry.label}</span>
          {entry.command && (
            <span className="end">
              <CommandKeys of={entry.command} />
            </span>
          )}
        </parts.Item>
      );
  }
}
