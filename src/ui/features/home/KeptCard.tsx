import { ShieldCheck } from 'lucide-react';
import { Icon } from '../../components/Icon.tsx';
import { useMessages } from '../../lib/messages/messages.ts';
import { StorageUse } from './StorageUse.tsx';

/** Where everything is, how much room it takes, and what leaves the browser: nothing. */
export function KeptCard() {
  const { kept: words } = useMessages().home;
  return (
    <section className="home-card" aria-labelledby="home-kept">
      <h2 id="home-kept">
        <Icon of={ShieldCheck} />
        {words.title}
      </h2>
      <dl className="home-kept">
        <dt>{words.tables}</dt>
        <dd>{words.tablesWhere}</dd>
        <dt>{words.worksheets}</dt>
        <dd>{words.worksheetsWhere}</dd>
        <dt>{words.network}</dt>
        <dd>{words.networkWhere}</dd>
      </dl>
      <div className="home-card-foot">
        <StorageUse />
      </div>
    </section>
  );
}
