import './Palette.css';
import { useState } from 'react';
import { Dialog } from '../components/Dialog.tsx';
import { Keys } from '../components/Keys.tsx';
import { COMMAND_GROUPS, COMMAND_IDS, COMMANDS, type CommandId } from '../lib/hotkeys/commands.ts';
import { keymap, keysOf, useCommand } from '../lib/hotkeys/dispatch.ts';
import { useMessages } from '../lib/messages/messages.ts';
import { useStore } from '../lib/store.ts';

/** Every key there is. */
export function Shortcuts() {
  const { shortcuts, groups } = useMessages();
  const [isOpen, setOpen] = useState(false);
  useCommand('showShortcuts', () => setOpen(true));
  return (
    <Dialog open={isOpen} onClose={() => setOpen(false)} title={shortcuts.title} className="wide">
      <div className="shortcut-groups">
        {COMMAND_GROUPS.map((group) => (
          <section key={group}>
            <h3 className="menu-title">{groups[group]}</h3>
            <dl className="shortcut-list">
              {COMMAND_IDS.filter((id) => COMMANDS[id].group === group).map((id) => (
                <Shortcut key={id} id={id} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function Shortcut({ id }: { readonly id: CommandId }) {
  const { commands } = useMessages();
  const notations = keysOf(id, useStore(keymap));
  if (notations.length === 0) return null;
  return (
    <div className="shortcut">
      <dt>{commands[id]}</dt>
      <dd>
        {notations.map((notation) => (
          <Keys key={notation} notation={notation} />
        ))}
        <span className="sr">{notations.join(', ')}</span>
      </dd>
    </div>
  );
}
