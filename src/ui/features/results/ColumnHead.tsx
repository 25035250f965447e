import { X } from 'lucide-react';
import { type Column, typeName } from '../../../engine/index.ts';
import { IconButton } from '../../components/Button.tsx';
import { PaneHead } from '../../components/frame/Place.tsx';
import { TypeGlyph } from '../../components/TypeGlyph.tsx';

export interface ColumnHeadProps {
  readonly column: Column;
  /** What more the pane is about, behind the type. */
  readonly more?: string | undefined;
  /** The words of the button that closes the pane. */
  readonly label: string;
  readonly onClose: () => void;
}

/** The head of a pane about a column, or a cell of one. */
export function ColumnHead({ column: { name, type }, more, label, onClose }: ColumnHeadProps) {
  return (
    <PaneHead
      title={
        <span className="cell-title">
          <TypeGlyph type={type} />
          <span className="cut">{name}</span>
          <span className="faint cut">{more === undefined ? typeName(type) : `${typeName(type)} · ${more}`}</span>
        </span>
      }
    >
      <IconButton icon={X} size="s" label={label} onClick={onClose} />
    </PaneHead>
  );
}
