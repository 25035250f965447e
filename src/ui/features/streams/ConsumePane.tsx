import { useQuery } from '@tanstack/react-query';
import { Play, SquareTerminal } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Select } from '../../components/Field.tsx';
import { SqlField } from '../../components/SqlField.tsx';
import { allColumns, allTables, isSystemDatabase, type TableColumn } from '../../data/catalog.ts';
import { showSql } from '../../data/open-files.ts';
import { execute } from '../../data/statements.ts';
import { readsStream, type Stream } from '../../data/streams.ts';
import { type Task, tasks } from '../../data/tasks.ts';
import { announce } from '../../lib/announce.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { showRoute } from '../../lib/router.ts';
import { consumeStatement, type Target } from './stream-statements.ts';

export interface ConsumePaneProps {
  readonly stream: Stream;
  readonly pending: number;
}

/** Writes a statement that consumes, to be changed and run: nothing is consumed without one that is seen. */
export function ConsumePane({ stream, pending }: ConsumePaneProps) {
  const { consume: words } = useMessages().streams;
  const { targets, columns } = useTargets(stream);
  const [chosen, setChosen] = useState('');
  const [typed, setTyped] = useState<string>();
  const [error, setError] = useState<unknown>();
  const [isRunning, setRunning] = useState(false);
  const target = targets.find((one) => targetId(one) === chosen);
  const sql = typed ?? consumeStatement(stream, columns, target);
  const run = async () => {
    setRunning(true);
    setError(undefined);
    try {
      await execute(sql, { signal: new AbortController().signal });
      announce(words.done(stream.name));
      setTyped(undefined);
    } catch (failure) {
      setError(failure);
    }
    setRunning(false);
  };
  return (
    <section className="consume" aria-label={words.title}>
      <header className="consume-head">
        <h3>{words.title}</h3>
        <span className="grow" />
        <UsedBy stream={stream} />
        <Select
          label={words.target}
          size="s"
          value={chosen}
          onChange={(next) => {
            setChosen(next);
            setTyped(undefined);
          }}
          options={[
            { value: '', label: words.newTable },
            ...targets.map((one) => ({ value: targetId(one), label: targetId(one) })),
          ]}
        />
      </header>
      <SqlField label={words.sql} sql={sql} onChange={setTyped} />
      {error !== undefined && <ErrorCard error={error} text={sql} />}
      <footer className="consume-foot">
        <Button look="primary" size="s" icon={Play} disabled={isRunning || pending === 0} onClick={() => void run()}>
          {words.run(format.integer(pending), pending === 1)}
        </Button>
        <Button size="s" icon={SquareTerminal} onClick={() => showSql(stream.name, sql)}>
          {words.open}
        </Button>
        <p className="consume-hint">{words.hint}</p>
      </footer>
    </section>
  );
}

/** The tasks that name the stream. */
function UsedBy({ stream }: { readonly stream: Stream }) {
  const { consume: words } = useMessages().streams;
  const { data: all = NO_TASKS } = useQuery(tasks());
  const users = all.filter((task) => readsStream(task, stream));
  if (users.length === 0) return null;
  return (
    <span className="consume-hint">
      {words.usedBy}{' '}
      {users.map(({ name }, at) => (
        <span key={name}>
          {at > 0 && ', '}
          <a href={showRoute({ place: 'tasks', path: [name] })}>{name}</a>
        </span>
      ))}
    </span>
  );
}

const NO_TASKS: readonly Task[] = [];

const targetId = ({ database, name }: Pick<Target, 'database' | 'name'>) =>
  database === 'default' ? name : `${database}.${name}`;

const NO_COLUMNS: readonly TableColumn[] = [];

/** Tables that could take the rows: all but the one that is watched. */
function useTargets(stream: Stream): { readonly targets: readonly Target[]; readonly columns: readonly string[] } {
  const { data: tables = [] } = useQuery(allTables());
  const { data: all = NO_COLUMNS } = useQuery(allColumns());
  const columnsOf = (id: string) =>
    all.filter(({ database, table }) => `${database}.${table}` === id).map(({ name }) => name);
  const targets = tables
    .filter(
      ({ kind, database, name }) =>
        kind === 'Table' && !isSystemDatabase(database) && `${database}.${name}` !== stream.table,
    )
    .map(({ database, name }) => ({ database, name, columns: columnsOf(`${database}.${name}`) }));
  return { targets, columns: columnsOf(stream.table ?? '') };
}
