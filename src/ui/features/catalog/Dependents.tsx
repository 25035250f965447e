import { useQuery } from '@tanstack/react-query';
import type { Table } from '../../data/catalog.ts';
import { dependents } from '../../data/table-facts.ts';
import { useMessages } from '../../lib/messages/messages.ts';

/** Views, streams and tasks that name a table; nothing when there are none. */
export function Dependents({ table }: { readonly table: Table }) {
  const { catalog: words } = useMessages();
  const { data = [] } = useQuery(dependents(table));
  if (data.length === 0) return null;
  return (
    <div className="catalog-dependents">
      <p>{words.dependents}</p>
      <ul>
        {data.map(({ kind, name }) => (
          <li key={`${kind} ${name}`}>
            <span className="faint">{words.dependentKinds[kind]}</span> <b>{name}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
