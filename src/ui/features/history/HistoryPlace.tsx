import './History.css';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { EmptyState, Skeleton } from '../../components/Feedback.tsx';
import { Place } from '../../components/frame/Place.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { engineState } from '../../data/engine.ts';
import { type HistoryFilter, history, NO_FILTER, pastStatementOf } from '../../data/history.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { navigate, useRoute } from '../../lib/router.ts';
import { useStore } from '../../lib/store.ts';
import { HistoryBar } from './HistoryBar.tsx';
import { HistoryList } from './HistoryList.tsx';
import { StatementDetail } from './StatementDetail.tsx';

/** Every statement that was run: found by what it said and how it ended, opened and run again. */
export function HistoryPlace() {
  const { history: words } = useMessages();
  const [filter, setFilter] = useState(NO_FILTER);
  const isReady = useStore(engineState).kind === 'Ready';
  const { data, error } = useQuery({ ...history(useDeferredValue(filter)), enabled: isReady });
  const [chosen] = useRoute().path;
  const listed = data?.statements.find(({ id }) => id === chosen);
  const isOld = isReady && data !== undefined && chosen !== undefined && !listed;
  const { data: old } = useQuery({ ...pastStatementOf(chosen ?? ''), enabled: isOld });
  const shown = listed ?? (isOld ? old : undefined);
  const choose = (id: string | undefined) =>
    navigate({ place: 'history', path: id === undefined ? [] : [id] }, { replace: chosen !== undefined });
  return (
    <Place
      title={words.title}
      detail={shown && <StatementDetail statement={shown} onClose={() => choose(undefined)} />}
      detailLabel={words.detail}
    >
      <HistoryBar filter={filter} onFilter={setFilter} data={data} />
      {error && <ErrorCard error={error} />}
      {!data && !error && <Skeleton lines={12} />}
      {data && (
        <HistoryList
          statements={data.statements}
          chosen={chosen}
          onChoose={choose}
          empty={<NoStatements filter={filter} onReset={() => setFilter(NO_FILTER)} />}
        />
      )}
    </Place>
  );
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
