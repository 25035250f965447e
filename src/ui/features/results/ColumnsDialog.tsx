import { ChevronLeft, ChevronRight, Pin, PinOff, Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Schema } from '../../../engine/index.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { TextField } from '../../components/Field.tsx';
import { TypeGlyph } from '../../components/TypeGlyph.tsx';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { type Arrangement, AS_IT_CAME, arrange, move, setHidden, toggleHidden, togglePinned } from './arrangement.ts';
import { namePattern } from './name-pattern.ts';

export interface ColumnsDialogProps {
  readonly columns: Schema;
  readonly arrangement: Arrangement;
  readonly onChange: (arrangement: Arrangement) => void;
  readonly onClose: () => void;
  /** Brings a column into view, by its name. */
  readonly onGoTo: (name: string) => void;
}

/** More are found by their names. */
const MOST_LISTED = 100;

/** The columns as they are shown, then the hidden ones: each is found by its name, gone to, shown, pinned and moved. */
export function ColumnsDialog({ columns, arrangement, onChange, onClose, onGoTo }: ColumnsDialogProps) {
  const { view: words } = useMessages();
  const [find, setFind] = useState('');
  const all = useMemo(() => shownFirst(columns, arrangement), [columns, arrangement]);
  const listed = useMemo(() => {
    const fits = namePattern(find);
    return all.filter(({ name }) => fits(name));
  }, [all, find]);
  const names = listed.map(({ name }) => name);
  const goTo = (name: string | undefined) => {
    if (name === undefined) return;
    onClose();
    onGoTo(name);
  };
  return (
    <Dialog open onClose={onClose} title={words.columnsTitle}>
      <TextField
        label={words.findColumn}
        hideLabel
        placeholder={words.findColumn}
        icon={Search}
        value={find}
        onChange={setFind}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          goTo(names.find((name) => name.toLowerCase() === find.toLowerCase()) ?? names[0]);
        }}
      />
      <ul className="columns-list">
        {listed.slice(0, MOST_LISTED).map((column) => {
          const { name, type } = column;
          const isPinned = arrangement.pinned.includes(name);
          return (
            // Two columns may have one name.
            <li key={columns.indexOf(column)}>
              <input
                type="checkbox"
                aria-label={words.showColumn(name)}
                checked={!arrangement.hidden.includes(name)}
                onChange={() => onChange(toggleHidden(arrangement, name))}
              />
              <TypeGlyph type={type} />
              <button
                type="button"
                className="columns-name cut grow"
                title={words.goTo(name)}
                onClick={() => goTo(name)}
              >
                {name}
              </button>
              <IconButton
                icon={ChevronLeft}
                size="s"
                label={`${words.moveLeft}: ${name}`}
                onClick={() => onChange(move(arrangement, columns, name, -1))}
              />
              <IconButton
                icon={ChevronRight}
                size="s"
                label={`${words.moveRight}: ${name}`}
                onClick={() => onChange(move(arrangement, columns, name, 1))}
              />
              <IconButton
                icon={isPinned ? PinOff : Pin}
                size="s"
                label={`${isPinned ? words.unpin : words.pin}: ${name}`}
                onClick={() => onChange(togglePinned(arrangement, name))}
              />
            </li>
          );
        })}
      </ul>
      {listed.length > MOST_LISTED && (
        <p className="faint small">{words.moreColumns(format.integer(listed.length - MOST_LISTED))}</p>
      )}
      <div className="dialog-foot">
        {find !== '' && (
          <>
            <Button onClick={() => onChange(setHidden(arrangement, names, true))}>{words.hideFound}</Button>
            <Button onClick={() => onChange(setHidden(arrangement, names, false))}>{words.showFound}</Button>
            <span className="grow" />
          </>
        )}
        <Button onClick={() => onChange(AS_IT_CAME)}>{words.showAll}</Button>
      </div>
    </Dialog>
  );
}

function shownFirst(columns: Schema, arrangement: Arrangement): Schema {
  const { positions } = arrange(columns, arrangement);
  const isShown = new Set(positions);
  const hidden = columns.filter((_, index) => !isShown.has(index));
  return [...positions.flatMap((index) => columns[index] ?? []), ...hidden];
}
