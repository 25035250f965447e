import { GitCompareArrows, Play, SquareTerminal, X } from 'lucide-react';
import { Button, IconButton } from '../../components/Button.tsx';
import { Facts } from '../../components/Facts.tsx';
import { PaneHead } from '../../components/frame/Place.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import type { PastStatement } from '../../data/history.ts';
import { copyText } from '../../lib/clipboard.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';
import { isMasked, openPast, runPast } from './actions.ts';
import { StateMark, timeWords } from './HistoryList.tsx';
import { PastProfile } from './PastProfile.tsx';

export interface StatementDetailProps {
  readonly statement: PastStatement;
  readonly onClose: () => void;
  readonly onCompare: () => void;
}

/** All that is known of one statement. */
export function StatementDetail({ statement, onClose, onCompare }: StatementDetailProps) {
  const { history: words, common } = useMessages();
  const { state, text, error } = statement;
  return (
    <>
      <PaneHead
        title={
          <span className="history-title">
            <StateMark state={state} label={words.states[state]} />
            <span aria-hidden>{words.states[state]}</span>
          </span>
        }
      >
        <IconButton icon={X} size="s" label={words.close} onClick={onClose} />
      </PaneHead>
      <div className="history-detail">
        <div className="history-actions">
          <Button size="s" look="primary" icon={SquareTerminal} onClick={() => openPast(statement)}>
            {words.openInWorksheet}
          </Button>
          <Button size="s" icon={Play} disabled={isMasked(statement)} onClick={() => void runPast(statement)}>
            {words.runAgain}
          </Button>
          <PastProfile sql={text} />
          <Button size="s" icon={GitCompareArrows} onClick={onCompare}>
            {words.compareWith}
          </Button>
          <Button size="s" look="quiet" onClick={() => void copyText(text)}>
            {common.copy}
          </Button>
        </div>
        {isMasked(statement) && <p className="faint small">{words.maskedAgain}</p>}
        {error && (
          <section className="history-error" aria-label={words.errorCode(String(error.code))}>
            <p className="err">{words.errorCode(String(error.code))}</p>
            <pre className="mono">{error.text}</pre>
          </section>
        )}
        <SqlBox sql={text} className="history-sql" label={words.columns.statement} />
        <Facts facts={factsOf(statement, words)} />
      </div>
    </>
  );
}

function factsOf(statement: PastStatement, { facts: words, ...rest }: Messages['history']) {
  const { id, startedAt, duration, rows, written, scanned, database, startedBy } = statement;
  return [
    [words.started, timeWords(startedAt)],
    [words.took, duration === undefined ? rest.unknown : format.duration(duration)],
    [words.rows, format.integer(rows)],
    [words.written, format.integer(written)],
    [words.scanned, rest.scanned(format.integer(scanned.rows), format.bytes(scanned.bytes))],
    [words.database, database],
    [words.by, rest.starters[startedBy]],
    [
      words.id,
      <span key="id" className="mono">
        {id}
      </span>,
    ],
  ] as const;
}
