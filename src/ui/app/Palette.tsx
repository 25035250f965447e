import './Palette.css';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { Dialog } from '../components/Dialog.tsx';
import { Icon } from '../components/Icon.tsx';
import { CommandKeys } from '../components/Keys.tsx';
import { cx } from '../lib/cx.ts';
import { cutAt } from '../lib/fuzzy.ts';
import { useCommand } from '../lib/hotkeys/dispatch.ts';
import { useMessages } from '../lib/messages/messages.ts';
import { type PaletteEntry, usePaletteEntries } from './palette-entries.ts';

/** One box for actions, worksheets and what is in the warehouse. */
export function Palette() {
  const { palette } = useMessages();
  const [isOpen, setOpen] = useState(false);
  useCommand('openPalette', () => setOpen(true));
  const close = () => setOpen(false);
  return (
    <Dialog open={isOpen} onClose={close} title={palette.title} hideTitle className="palette">
      <PaletteBox onDone={close} />
    </Dialog>
  );
}

function PaletteBox({ onDone }: { readonly onDone: () => void }) {
  const { palette } = useMessages();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const entries = usePaletteEntries(query);
  const listId = useId();
  const take = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    onDone();
    // After the dialog has given the focus back, so that the command may move it.
    setTimeout(entry.run);
  };
  const press = (event: KeyboardEvent) => {
    const last = entries.length - 1;
    if (event.key === 'ArrowDown') setAt(at >= last ? 0 : at + 1);
    else if (event.key === 'ArrowUp') setAt(at <= 0 ? last : at - 1);
    else if (event.key === 'Enter') take(entries[at]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <label className="palette-input">
        <Icon of={Search} />
        <input
          role="combobox"
          aria-label={palette.title}
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={entries[at] ? `${listId}-${at}` : undefined}
          placeholder={palette.placeholder}
          value={query}
          onKeyDown={press}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
        />
      </label>
      <div className="palette-list" id={listId} role="listbox" aria-label={palette.title}>
        {entries.map((entry, index) => (
          <Option
            key={entry.id}
            id={`${listId}-${index}`}
            entry={entry}
            isActive={index === at}
            onTake={() => take(entry)}
          />
        ))}
      </div>
      {entries.length === 0 && <p className="palette-nothing">{palette.nothing}</p>}
    </>
  );
}

interface OptionProps {
  readonly id: string;
  readonly entry: PaletteEntry;
  readonly isActive: boolean;
  readonly onTake: () => void;
}

function Option({ id, entry, isActive, onTake }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the box above has the keys of the list.
    <div
      id={id}
      className="menu-item"
      role="option"
      aria-selected={isActive}
      ref={(element) => {
        if (isActive) element?.scrollIntoView({ block: 'nearest' });
      }}
      onClick={onTake}
    >
      <Icon of={entry.icon} />
      <span className="cut">
        {cutAt(entry.title, entry.ranges).map(({ text, isMatch }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces have no name but their place.
          <span key={index} className={cx(isMatch && 'strong')}>
            {text}
          </span>
        ))}
      </span>
      {entry.command && (
        <span className="end">
          <CommandKeys of={entry.command} />
        </span>
      )}
    </div>
  );
}
