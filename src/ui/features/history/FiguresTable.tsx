import type { PastStatement } from '../../data/history.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { compareFigures, type FigureName } from './figures.ts';
import { StateMark, timeWords } from './HistoryList.tsx';

export interface FiguresTableProps {
  readonly before: PastStatement;
  readonly now: PastStatement;
}

/** How two statements ended and what they cost, side by side. */
export function FiguresTable({ before, now }: FiguresTableProps) {
  const { compare: words, unknown } = useMessages().history;
  const show = (name: FigureName, value: number | undefined) => (value === undefined ? unknown : SHOWN[name](value));
  return (
    <table className="compare-figures num">
      <thead>
        <tr>
          <th scope="col">{words.figure}</th>
          <th scope="col">
            <Ended of={before} />
          </th>
          <th scope="col">
            <Ended of={now} />
          </th>
          <th scope="col">{words.growth}</th>
        </tr>
      </thead>
      <tbody>
        {compareFigures(before, now).map(({ name, growth, ...values }) => (
          <tr key={name}>
            <th scope="row">{words.figures[name]}</th>
            <td>{show(name, values.before)}</td>
            <td>{show(name, values.now)}</td>
            <td>{growth !== undefined && growthText(growth)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const SHOWN: { readonly [Name in FigureName]: (value: number) => string } = {
  took: format.duration,
  rows: format.integer,
  written: format.integer,
  scannedRows: format.integer,
  scannedBytes: format.bytes,
};

function growthText(growth: number): string {
  return `${growth > 0 ? '+' : '−'}${format.percent(Math.abs(growth))}`;
}

function Ended({ of: { state, startedAt } }: { readonly of: PastStatement }) {
  const { states } = useMessages().history;
  return (
    <span className="history-title">
      <StateMark state={state} label={states[state]} />
      {timeWords(startedAt)}
    </span>
  );
}
