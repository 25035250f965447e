import { type Cell, type Column, type ShowSettings, showCell } from '../../../engine/index.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { Sparkline } from '../Sparkline.tsx';

/** Longer values are cut in the grid and whole in the viewer. */
const MOST_SHOWN = 300;

export interface CellContentProps {
  readonly cell: Cell | undefined;
  readonly column: Column;
  readonly settings: ShowSettings;
}

/** A value as a cell shows it: NULL and the empty text are marks, a vector is a line, all else is its text. */
export function CellContent({ cell, column, settings }: CellContentProps) {
  const { grid } = useMessages();
  if (cell === undefined) return <i className="cell-wait" />;
  if (cell === null) return <span className="null">{grid.null}</span>;
  if (column.type.kind === 'Vector' && Array.isArray(cell)) return <Sparkline values={cell.map(Number)} />;
  const text = showCell(cell, column.type, settings);
  if (text === '') return <span className="empty-text">{grid.emptyText}</span>;
  const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  return shown.replace(/\r\n|\r|\n/g, '↵').replaceAll('\t', '⇥');
}
