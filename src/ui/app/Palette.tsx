import './Palette.css';
import { Search, SquareTerminal, Zap } from 'lucide-react';
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { Dialog } from '../components/Dialog.tsx';
import { Icon } from '../components/Icon.tsx';
import { CommandKeys } from '../components/Keys.tsx';
import { openWorksheet, useWorksheets } from '../data/worksheets.ts';
import { cx } from '../lib/cx.ts';
import { cutAt, fuzzyMatch, type Match } from '../lib/fuzzy.ts';
import { COMMAND_IDS, COMMANDS, type CommandId } from '../lib/hotkeys/commands.ts';
import { runCommand, useAvailableCommands, useCommand } from '../lib/hotkeys/dispatch.ts';
import { en } from '../lib/messages/en.ts';
import { useMessages } from '../lib/messages/messages.ts';
import { navigate } from '../lib/router.ts';

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly command?: CommandId;
  readonly also?: string;
  readonly ranges: Match['ranges'];
  readonly run: () => void;
}

const MOST = 40;

/** One box for actions and worksheets. */
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
  const entries = useEntries(query);
  const listId = useId();
  const take = (entry: Entry | undefined) => {
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
  readonly entry: Entry;
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
      <Icon of={entry.command ? Zap : SquareTerminal} />
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

/** Commands are also found by their English titles, which mark nothing in those of another language. */
function useEntries(query: string): readonly Entry[] {
  const { commands } = useMessages();
  const available = useAvailableCommands();
  const sheets = useWorksheets();
  return useMemo(() => {
    const actions = COMMAND_IDS.filter(
      (id) => available.has(id) && COMMANDS[id].scope !== 'grid' && id !== 'openPalette',
    );
    const all: readonly Omit<Entry, 'ranges'>[] = [
      ...actions.map((id) => ({
        id,
        title: commands[id],
        also: en.commands[id],
        command: id,
        run: () => void runCommand(id),
      })),
      ...[...sheets.values()].map(({ id, name }) => ({
        id,
        title: name,
        run: () => {
          openWorksheet(id);
          navigate({ place: 'worksheets' });
        },
      })),
    ];
    const found = all.flatMap((entry) => {
      const match = fuzzyMatch(query, entry.title);
      if (match) return [{ ...entry, ranges: match.ranges, score: match.score }];
      const other = entry.also === undefined ? undefined : fuzzyMatch(query, entry.also);
      return other ? [{ ...entry, ranges: [], score: other.score }] : [];
    });
    return found.sort((a, b) => b.score - a.score).slice(0, MOST);
  }, [query, commands, available, sheets]);
}
