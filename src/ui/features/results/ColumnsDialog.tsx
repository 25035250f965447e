import { ChevronLeft, ChevronRight, Pin, PinOff, Search } from 'lucide-react';
import { useState } from 'react';
import type { Schema } from '../../../engine/index.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { TextField } from '../../components/Field.tsx';
import { TypeGlyph } from '../../components/TypeGlyph.tsx';
import { useMessages } from '../../lib/messages/messages.ts';
import { type Arrangement, AS_IT_CAME, arrange, move, toggleHidden, togglePinned } from './arrangement.ts';

export interface ColumnsDialogProps {
  readonly columns: Schema;
  readonly arrangement: Arrangement;
  readonly onChange: (arrangement: Arrangement) => void;
  readonly onClose: () => void;
}

const MOST_LISTED = 200;

/** The columns as they are shown, then the hidden ones: each is found by a part of its name, shown, pinned and moved. */
export function ColumnsDialog({ columns, arrangement, onChange, onClose }: ColumnsDialogProps) {
  const { view: words } = useMessages();
  const [find, setFind] = useState('');
  const { positions } = arrange(columns, arrangement);
  const hidden = columns.map((_, index) => index).filter((index) => !positions.includes(index));
  const fits = (name: string) => name.toLowerCase().includes(find.toLowerCase());
  const listed = [...positions, ...hidden].flatMap((index) => columns[index] ?? []).filter(({ name }) => fits(name));
  return (
    <Dialog open onClose={onClose} title={words.columnsTitle}>
      <TextField
        label={words.findColumn}
        hideLabel
        placeholder={words.findColumn}
        icon={Search}
        value={find}
        onChange={setFind}
      />
      <ul className="columns-list">
        {listed.slice(0, MOST_LISTED).map(({ name, type }) => {
          const isPinned = arrangement.pinned.includes(name);
          return (
            <li key={name}>
              <input
                type="checkbox"
                aria-label={words.showColumn(name)}
                checked={!arrangement.hidden.includes(name)}
                onChange={() => onChange(toggleHidden(arrangement, name))}
              />
              <TypeGlyph type={type} />
              <span className="cut grow">{name}</span>
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
      <div className="dialog-foot">
        <Button onClick={() => onChange(AS_IT_CAME)}>{words.showAll}</Button>
      </div>
    </Dialog>
  );
}
