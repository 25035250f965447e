import './History.css';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { EmptyState, Skeleton } from '../../components/Feedback.tsx';
import { Place } from '../../components/frame/Place.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { engineState } from '../../data/engine.ts';
import { type HistoryFilter, history, NO_FILTER, type PastStatement, pastStatementOf } from '../../data/history.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { navigate, useRoute } from '../../lib/router.ts';
import { useStore } from '../../lib/store.ts';
import { CompareDialog } from './CompareDialog.tsx';
import { comparedFirst } from './figures.ts';
import { HistoryBar } from './HistoryBar.tsx';
import { HistoryList } from './HistoryList.tsx';
import { StatementDetail } from './StatementDetail.tsx';

/** Every statement that was run: found by what it said and how it ended, opened and run again. */
export function HistoryPlace() {
  const { history: words } = useMessages();
  const [filter, setFilter] = useState(NO_FILTER);
  const isReady = useStore(engineState).kind === 'Ready';
  const { data, error } = useQuery({ ...history(useDeferredValue(filter)), enabled: isReady });
  const [chosen, other] = useRoute().path;
  const statements = data?.statements;
  const shown = useStatement(chosen, statements);
  const before = useStatement(other, statements);
  const show = (...path: readonly string[]) => navigate({ place: 'history', path }, { replace: chosen !== undefined });
  const compare = (id: string | undefined) => chosen !== undefined && id !== undefined && show(chosen, id);
  return (
    <Place
      title={words.title}
      detail={
        shown && (
          <StatementDetail
            statement={shown}
            onClose={() => show()}
            onCompare={() => compare(comparedFirst(shown, statements ?? [])?.id)}
          />
        )
      }
      detailLabel={words.detail}
    >
      <HistoryBar filter={filter} onFilter={setFilter} data={data} />
      {error && <ErrorCard error={error} />}
      {!data && !error && <Skeleton lines={12} />}
      {data && (
        <HistoryList
          statements={data.statements}
          chosen={chosen}
          onChoose={(id) => show(id)}
          onCompare={shown && compare}
          empty={<NoStatements filter={filter} onReset={() => setFilter(NO_FILTER)} />}
        />
      )}
      {shown && before && (
        <CompareDialog
          {...{ now: shown, before }}
          offered={statements ?? []}
          onChoose={compare}
          onClose={() => show(shown.id)}
        />
      )}
    </Place>
  );
}

/** One of the list, or an older one. */
function useStatement(id: string | undefined, listed: readonly PastStatement[] | undefined): PastStatement | undefined {
  const found = listed?.find((statement) => statement.id === id);
  const isOld = listed !== undefined && id !== undefined && !found;
  const { data: old } = useQuery({ ...pastStatementOf(id ?? ''), enabled: isOld });
  return found ?? (isOld ? (old ?? undefined) : undefined);
}

interface NoStatementsProps {
  readonly filter: HistoryFilter;
  readonly onReset: () => void;
}

function NoStatements({ filter, onReset }: NoStatementsProps) {
  const { history: words } = useMessages();
  if (filter === NO_FILTER) return <EmptyState actions={<SqlBox sql={words.noneSql} />}>{words.none}</EmptyState>;
  return (
    <EmptyState actions={<Button onClick={onReset}>{words.resetFilters}</Button>}>{words.nothingFound}</EmptyState>
  );
}
