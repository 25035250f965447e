import './Button.css';
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from '../lib/cx.ts';
import type { CommandId } from '../lib/hotkeys/commands.ts';
import { Icon } from './Icon.tsx';
import { CommandKeys } from './Keys.tsx';
import { Tooltip } from './Tooltip.tsx';

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: 'primary' | 'quiet' | 'danger' | undefined;
  readonly size?: 's' | undefined;
  readonly icon?: LucideIcon | undefined;
  /** Shows the keys of this command inside the button. */
  readonly command?: CommandId | undefined;
}

export function Button({ look, size, icon, command, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={cx('btn', look, size, className)} {...rest}>
      {icon && <Icon of={icon} />}
      {children}
      {command && <CommandKeys of={command} />}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'command'> {
  readonly icon: LucideIcon;
  /** What it does: its name and its tooltip. */
  readonly label: string;
  readonly command?: CommandId | undefined;
  readonly iconSize?: 's' | 'l' | undefined;
}

export function IconButton({
  icon,
  label,
  command,
  iconSize,
  look = 'quiet',
  size,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} command={command}>
      <button type="button" className={cx('btn icon', look, size, className)} aria-label={label} {...rest}>
        <Icon of={icon} size={iconSize} />
      </button>
    </Tooltip>
  );
}

/** Buttons that look like one with parts. */
export function SplitButton({ children }: { readonly children: ReactNode }) {
  return <span className="btn-split">{children}</span>;
}
