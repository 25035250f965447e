import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import { TypeNameGlyph } from '../../components/TypeGlyph.tsx';
import type { PreviewRecord, TextPreview } from '../../data/text-file.ts';
import { cx } from '../../lib/cx.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';

export interface TextTableProps {
  readonly label: string;
  readonly preview: TextPreview;
  readonly isBadOnly: boolean;
}

/** Records as texts; cells that do not fit their column are marked and say why. */
export function TextTable({ label, preview, isBadOnly }: TextTableProps) {
  const {
    text: words,
    preview: { noRows },
  } = useMessages().stages;
  const rows = isBadOnly
    ? preview.records.filter(({ bad, isWrongWidth }) => bad.size > 0 || isWrongWidth)
    : preview.records;
  return (
    <RowTable
      label={label}
      columns={columnsOf(preview, words)}
      rows={rows}
      keyOf={({ row }) => String(row)}
      empty={<p className="empty">{noRows}</p>}
    />
  );
}

function columnsOf(
  { columns }: TextPreview,
  words: Messages['stages']['text'],
): readonly RowTableColumn<PreviewRecord>[] {
  return [
    {
      ...{ id: 'record', head: words.record, width: '64px', isEnd: true },
      show: ({ row, isWrongWidth, cells }) => (
        <span
          className={cx('num', isWrongWidth ? 'text-bad' : 'faint')}
          title={isWrongWidth ? words.wrongWidth(cells.length, columns.length) : undefined}
        >
          {format.integer(row + 1)}
        </span>
      ),
    },
    ...columns.map(({ name, type }, index): RowTableColumn<PreviewRecord> => {
      return {
        ...{ id: String(index), head: name, width: 'minmax(120px, 1fr)' },
        show: ({ cells, bad }) => <Cell text={cells[index]} type={type} isBad={bad.has(index)} />,
      };
    }),
  ];
}

interface CellProps {
  /** Undefined beyond the end of a short record. */
  readonly text: string | null | undefined;
  readonly type: string;
  readonly isBad: boolean;
}

function Cell({ text, type, isBad }: CellProps) {
  const { text: words } = useMessages().stages;
  if (text === undefined || text === null) return <span className="faint">{text === null ? 'NULL' : ''}</span>;
  if (!isBad) return <span className="mono cut">{text}</span>;
  const why = text.includes('\ufffd') ? words.undecoded : words.unfit(type);
  return (
    <mark className="mono cut text-bad" title={why}>
      <TypeNameGlyph name={type} />
      {text}
    </mark>
  );
}
