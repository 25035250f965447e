import './DiffView.css';
import type { DiffLine } from '../lib/line-diff.ts';
import { CodeBox } from './CodeBox.tsx';

export interface DiffViewProps {
  readonly lines: readonly DiffLine[];
  readonly label: string;
}

/** What turned one text into another, as inserted and deleted lines. */
export function DiffView({ lines, label }: DiffViewProps) {
  return (
    <CodeBox className="diff" label={label}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name but its place.
        <DiffRow key={index} line={line} />
      ))}
    </CodeBox>
  );
}

const ROWS = {
  Same: { sign: ' ', as: 'span' },
  Added: { sign: '+', as: 'ins' },
  Removed: { sign: '−', as: 'del' },
} as const;

function DiffRow({ line: { kind, text } }: { readonly line: DiffLine }) {
  const { sign, as: Row } = ROWS[kind];
  return (
    <Row className="diff-line">
      <span className="diff-sign" aria-hidden>
        {sign}
      </span>
      {text}
    </Row>
  );
}
