import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { useMessages } from '../lib/messages/messages.ts';
import { useStore } from '../lib/store.ts';
import { dismissToast, toasts } from '../lib/toasts.ts';
import { Button, IconButton } from './Button.tsx';
import { Icon } from './Icon.tsx';

const SECONDS_ON_PAGE = 8;

/** Work that ended out of view. Stands once, in the frame. */
export function Toasts() {
  const shown = useStore(toasts);
  const { common } = useMessages();
  return (
    <Radix.Provider duration={SECONDS_ON_PAGE * 1000}>
      {shown.map(({ id, title, text, isFailure, seconds, action }) => (
        <Radix.Root
          key={id}
          className="toast"
          duration={(seconds ?? SECONDS_ON_PAGE) * 1000}
          onOpenChange={(open) => !open && dismissToast(id)}
        >
          <Icon of={isFailure ? CircleAlert : CircleCheck} className={isFailure ? 'err' : 'ok'} />
          <div className="grow">
            <Radix.Title className="toast-title cut">{title}</Radix.Title>
            {text && <Radix.Description className="toast-text">{text}</Radix.Description>}
          </div>
          {action && (
            <Radix.Action asChild altText={action.label}>
              <Button size="s" onClick={action.run}>
                {action.label}
              </Button>
            </Radix.Action>
          )}
          <IconButton icon={X} size="s" label={common.close} onClick={() => dismissToast(id)} />
        </Radix.Root>
      ))}
      <Radix.Viewport className="toasts" />
    </Radix.Provider>
  );
}
