import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import type { CommandId } from '../lib/hotkeys/commands.ts';
import { CommandKeys } from './Keys.tsx';

export interface TooltipProps {
  readonly label: string;
  readonly command?: CommandId | undefined;
  readonly side?: 'top' | 'right' | 'bottom' | 'left' | undefined;
  /** One element that takes a ref and the events of a trigger. */
  readonly children: ReactNode;
}

export function Tooltip({ label, command, side = 'bottom', children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="tooltip" side={side} sideOffset={6} collisionPadding={8}>
          {label}
          {command && <CommandKeys of={command} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Stands once around the console: a second tooltip shows at once. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={500} skipDelayDuration={200} disableHoverableContent>
      {children}
    </Radix.Provider>
  );
}
